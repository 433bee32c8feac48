import threading

from cms.management.commands import run_worker


def test_periodic_work_that_fails_is_tried_again(monkeypatch, caplog):
    stopped, attempts = threading.Event(), []

    def fail(*command, **options):
        attempts.append(command)
        if len(attempts) == 2:
            stopped.set()
        raise OSError("disk full")

    monkeypatch.setattr(run_worker, "call_command", fail)
    monkeypatch.setattr(run_worker, "SECONDS_BETWEEN_JOBS", 0)
    run_worker.Command().run_jobs_until(stopped)

    assert attempts == [("run_jobs",), ("run_jobs",)]
    assert "disk full" in caplog.text


def test_the_worker_ends_its_periodic_work_when_it_is_stopped(monkeypatch):
    monkeypatch.setattr(run_worker, "call_command", lambda *command, **options: None)
    monkeypatch.setattr(run_worker.Command, "run_tasks", lambda self: None)

    run_worker.Command().handle()

    assert not [thread for thread in threading.enumerate() if "run_jobs_until" in thread.name]
