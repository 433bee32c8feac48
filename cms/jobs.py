"""The periodic work of the site: each room registers its jobs, and ``manage.py run_jobs`` does what is due.

The command may run twice and on several machines at once: whoever claims the job's row does it, the others pass it by.
A process that dies in the middle loses its claim after a while, so a job may be done again and must not mind.
"""

import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from cms.models import JobState

EVERY_RUN = timedelta()

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    run: Callable[[], object]
    every: timedelta
    at_most: timedelta
    """How long it may take; after that another process takes it for dead."""


_jobs: dict[str, Job] = {}


def register(
    name: str, run: Callable[[], object], *, every: timedelta, at_most: timedelta = timedelta(minutes=10)
) -> None:
    """Let ``run_jobs`` call ``run`` once per ``every`` (EVERY_RUN: each time). Called in ``AppConfig.ready()``."""
    _jobs[name] = Job(name, run, every, at_most)


def run_due() -> list[str]:
    """Do all jobs that are due and that nobody is busy with; a failed one stays due. Names of those that failed."""
    failed = []
    for job in _jobs.values():
        if holder := _claim(job):
            try:
                job.run()
            except Exception:
                logger.exception("Job %s failed", job.name)
                failed.append(job.name)
                _release(job, holder)
            else:
                _release(job, holder, done=True)
    return failed


def _claim(job: Job) -> str:
    """Take the job when it is due and free: an update that only one process can win."""
    if not JobState.objects.filter(name=job.name).exists():
        JobState.objects.bulk_create([JobState(name=job.name, due_at=Now())], ignore_conflicts=True)
    is_free = Q(held_until=None) | Q(held_until__lte=Now())
    holder = uuid.uuid4().hex
    won = JobState.objects.filter(is_free, name=job.name, due_at__lte=Now()).update(
        holder=holder, held_until=Now() + job.at_most
    )
    return holder if won else ""


def _release(job: Job, holder: str, *, done: bool = False) -> None:
    next_time = {"due_at": Now() + job.every} if done else {}
    JobState.objects.filter(name=job.name, holder=holder).update(holder="", held_until=None, **next_time)
