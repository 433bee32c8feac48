import logging
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

SECONDS_BETWEEN_JOBS = 60

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Run background tasks as they come and the periodic work (run_jobs) every minute, until stopped."

    def handle(self, **options: Any) -> None:
        stopped = threading.Event()
        jobs = threading.Thread(target=self.run_jobs_until, args=[stopped])
        jobs.start()
        try:
            self.run_tasks()
        finally:
            stopped.set()
            jobs.join()

    def run_tasks(self) -> None:
        worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=1,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        worker.run()

    def run_jobs_until(self, stopped: threading.Event) -> None:
        """A job that fails is logged and tried again a minute later; the others and the tasks go on."""
        while not stopped.is_set():
            try:
                call_command("run_jobs", verbosity=0)
            except Exception:
                logger.exception("The periodic work failed")
            finally:
                connections.close_all()
            stopped.wait(SECONDS_BETWEEN_JOBS)
