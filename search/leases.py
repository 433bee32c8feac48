"""Turns to do work that only one process at a time may do, on however many machines."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.db.models.functions import Now

from search.models import Lease

LEASE_SECONDS = 60
DRAIN, REBUILD, DAILY = "drain", "rebuild", "daily"


class LeaseLost(Exception):  # noqa: N818 - says what is the case
    """The holder was silent for so long that another may have taken the turn."""


@dataclass
class Turn:
    """A lease that this process holds."""

    name: str
    holder: str
    pause: timedelta = timedelta()

    def renew(self) -> None:
        """To be called at least once in ``LEASE_SECONDS``; raises LeaseLost when that was forgotten."""
        mine = Lease.objects.filter(name=self.name, holder=self.holder)
        if not mine.update(held_until=Now() + timedelta(seconds=LEASE_SECONDS)):
            raise LeaseLost(self.name)

    def rest(self, pause: timedelta) -> None:
        """Let nobody take the next turn for a while."""
        self.pause = pause


@contextmanager
def turn(name: str, even_if_resting: bool = False, wait_seconds: float = 0) -> Iterator[Turn | None]:
    """Hold the lease ``name`` for a block, or get None when another holds it or it rests."""
    taken = _take(name, even_if_resting)
    deadline = time.monotonic() + wait_seconds
    while taken is None and time.monotonic() < deadline:
        time.sleep(0.05)
        taken = _take(name, even_if_resting)
    try:
        yield taken
    finally:
        if taken:
            Lease.objects.filter(name=name, holder=taken.holder).update(holder="", held_until=Now() + taken.pause)


def is_held(name: str) -> bool:
    return Lease.objects.filter(name=name, held_until__gt=Now()).exclude(holder="").exists()


def _take(name: str, even_if_resting: bool) -> Turn | None:
    free = Q(held_until__lte=Now()) | Q(holder="") if even_if_resting else Q(held_until__lte=Now())
    turn = Turn(name, uuid.uuid4().hex)
    until = Now() + timedelta(seconds=LEASE_SECONDS)
    if not Lease.objects.filter(name=name).exists():
        Lease.objects.bulk_create([Lease(name=name, held_until=Now())], ignore_conflicts=True)
    return turn if Lease.objects.filter(free, name=name).update(holder=turn.holder, held_until=until) else None
