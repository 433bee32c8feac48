"""Which accounts were erased, so that a backup that is put back brings nobody back.

A line holds a number, a moment and a way, and nothing of the person. The lines lie in the database, in the log of the
site and in the file that ``manage.py list_erasures`` writes: the database may be the very thing that is lost.
"""

import csv
import logging
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from django.db import transaction
from django.dispatch import receiver
from django.utils import timezone

from cms.accounts.erasing import Way, erase, erasing
from cms.models import Erasure, User

COLUMNS = ["account", "at", "way"]


class Writable(Protocol):
    """A file, or what a management command prints to."""

    def write(self, text: str, /) -> Any: ...


logger = logging.getLogger(__name__)


@receiver(erasing)
def write_down(user: User, way: Way, **kwargs: Any) -> None:
    erasure = Erasure.objects.create(account=user.pk, at=timezone.now(), way=way)
    transaction.on_commit(lambda: logger.info("Erased: %s,%s,%s", erasure.account, erasure.at.isoformat(), way.value))


def export(file: Writable) -> None:
    """Write all lines as CSV."""
    lines = csv.writer(file, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows((one.account, one.at.isoformat(), one.way) for one in Erasure.objects.order_by("at", "pk"))


def read(file: Iterable[str]) -> list[Erasure]:
    """The lines of such a file. Raises ValueError at the first that is none."""
    found = []
    for number, row in enumerate(csv.DictReader(file), start=2):
        try:
            at = datetime.fromisoformat(row["at"])
            if timezone.is_naive(at):
                raise ValueError
            found.append(Erasure(account=int(row["account"]), at=at, way=Way(row["way"])))
        except (KeyError, TypeError, ValueError):
            raise ValueError(f"Line {number} says no account, moment and way") from None
    return found


def erase_again(erasures: Iterable[Erasure]) -> int:
    """Erase what came back with a backup; gives how many accounts that were.

    An account made after that moment has the number by chance: a database that went back gives numbers out again.
    """
    again = 0
    for erasure in erasures:
        Erasure.objects.get_or_create(account=erasure.account, at=erasure.at, defaults={"way": erasure.way})
        if user := User.objects.filter(pk=erasure.account, date_joined__lte=erasure.at).first():
            erase(user, way=Way.AGAIN)
            again += 1
    return again
