"""The site's own periodic jobs."""

from datetime import timedelta

from django.core.management import call_command

from cms import jobs


def clear_sessions() -> None:
    call_command("clearsessions")


def publish_scheduled() -> None:
    """Publish and withdraw pages on the moment that an editor set."""
    call_command("publish_scheduled")


def forget_finished_tasks() -> None:
    call_command("prune_db_task_results", min_age_days=14, verbosity=0)


def register() -> None:
    jobs.register("publish-scheduled", publish_scheduled, every=jobs.EVERY_RUN)
    jobs.register("clear-sessions", clear_sessions, every=timedelta(days=1))
    jobs.register("forget-finished-tasks", forget_finished_tasks, every=timedelta(days=1))
