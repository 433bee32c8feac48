"""Turns to do work that only one process at a time may do, on however many machines."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db.models.functions import Now

from search.models import Lease

LEASE_SECONDS = 60
LONG_STEP_SECONDS = 600
"""For one step that cannot renew in between."""

DRAIN, REBUILD, SWAP = "drain", "rebuild", "swap"


class LeaseLost(Exception):  # noqa: N818 - says what is the case
    """The holder was silent for so long that another may have taken the turn."""


@dataclass(slots=True)
class Turn:
    """A lease that this process holds; ``is_resting`` while its last holder said that there is nothing to be done."""

    name: str
    holder: str
    is_resting: bool
    was_resting: bool
    """Whether the last attempt failed, long ago or not."""

    def renew(self, seconds: int = LEASE_SECONDS) -> None:
        """To be called again within so many seconds; raises LeaseLost when that was forgotten."""
        mine = Lease.objects.filter(name=self.name, holder=self.holder)
        if not mine.update(held_until=Now() + timedelta(seconds=seconds)):
            raise LeaseLost(self.name)

    def rest(self, pause: timedelta) -> None:
        """Let this and the next turns be resting ones for a while."""
        Lease.objects.filter(name=self.name, holder=self.holder).update(rests_until=Now() + pause)
        self.is_resting = self.was_resting = True

    def succeed(self) -> None:
        """Say that the work can be done again, after a failure."""
        if self.was_resting:
            Lease.objects.filter(name=self.name, holder=self.holder).update(rests_until=None)
            self.was_resting = False


@contextmanager
def turn(name: str, *, wait_seconds: float = 0) -> Iterator[Turn | None]:
    """Hold the lease ``name`` for a block, or get None when another holds it for longer than ``wait_seconds``."""
    taken = _take(name)
    deadline = time.monotonic() + wait_seconds
    while taken is None and time.monotonic() < deadline:
        time.sleep(0.05)
        taken = _take(name)
    try:
        yield taken
    finally:
        if taken:
            Lease.objects.filter(name=name, holder=taken.holder).update(holder="", held_until=Now())


def is_held(name: str) -> bool:
    return Lease.objects.filter(name=name, held_until__gt=Now()).exists()


def is_failing(name: str) -> bool:
    """Whether the work could not be done when it was last tried."""
    return Lease.objects.filter(name=name, rests_until__isnull=False).exists()


def _take(name: str) -> Turn | None:
    if not Lease.objects.filter(name=name).exists():
        Lease.objects.bulk_create([Lease(name=name, held_until=Now())], ignore_conflicts=True)
    holder, until = uuid.uuid4().hex, Now() + timedelta(seconds=LEASE_SECONDS)
    if not Lease.objects.filter(name=name, held_until__lte=Now()).update(holder=holder, held_until=until):
        return None
    failing = Lease.objects.filter(name=name, rests_until__isnull=False)
    was_resting = failing.exists()
    return Turn(name, holder, was_resting and failing.filter(rests_until__gt=Now()).exists(), was_resting)
