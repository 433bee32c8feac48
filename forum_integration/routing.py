"""When a question is put to whom: rules over what is known at a moment, which ask the database nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import holidays
from django.utils import timezone

MOST_ASKED = 5
WORKING_DAYS = 5
"""How long a circle has to answer before the next is asked."""

_dutch_holidays = holidays.country_holidays("NL")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may know the answer, for an entry or as an expert."""

    member_id: int
    entry_id: int | None = None
    last_asked: datetime | None = None
    asked_this_month: int = 0
    most_a_month: int = MOST_ASKED
    paused_until: date | None = None

    def may_be_asked(self, today: date) -> bool:
        is_paused = self.paused_until is not None and today <= self.paused_until
        return not is_paused and self.asked_this_month < self.most_a_month


def in_turn(candidates: Iterable[Candidate], today: date) -> list[Candidate]:
    """Those who may be asked today, who was asked longest ago first and who never was before them."""
    askable = [candidate for candidate in candidates if candidate.may_be_asked(today)]
    never = datetime.min.replace(tzinfo=timezone.get_default_timezone())
    return sorted(askable, key=lambda candidate: (candidate.last_asked or never, candidate.member_id))


def is_working_day(day: date) -> bool:
    return bool(_dutch_holidays.is_working_day(day))


def latest_asked(now: datetime) -> datetime:
    """Who was asked before this moment had ``WORKING_DAYS`` whole working days since."""
    counted, day = 0, timezone.localdate(now)
    while counted < WORKING_DAYS:
        day -= timedelta(days=1)
        counted += is_working_day(day)
    return _begin_of(day)


def begin_of_month(now: datetime) -> datetime:
    return _begin_of(timezone.localdate(now).replace(day=1))


def _begin_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
