"""What all attempts together say of an address, and when to look again: nothing but reckoning."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from cms.models.radar import CheckedLink, Outcome

State = CheckedLink.State
DAYS_TO_BE_BROKEN = 3
WHEN_WELL, WHEN_FAILING = timedelta(days=7), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Attempt:
    at: datetime
    outcome: Outcome
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    state: CheckedLink.State
    since: datetime
    next_check_at: datetime
    moved_to: str = ""


def judge(attempts: Sequence[Attempt], now: datetime) -> Verdict:
    """The verdict on an address by its attempts, oldest first.

    It is broken once it failed on three days without having worked in between. An attempt that says nothing counts for
    neither, and while the last one is such the verdict is open: whoever turns us away is there.
    """
    attempts = [attempt for attempt in attempts if attempt.at <= now]
    if not attempts:
        return Verdict(State.NEW, now, now)
    last = attempts[-1]
    if last.outcome == Outcome.WORKS:
        state = State.MOVED if last.moved_to else State.WORKS
        return Verdict(state, _begin_of(attempts), last.at + WHEN_WELL, last.moved_to)
    if last.outcome == Outcome.UNCLEAR:
        return Verdict(State.UNCLEAR, _begin_of(attempts), last.at + WHEN_WELL)
    failures = _failures(attempts)
    next_check_at = last.at + WHEN_FAILING
    first_of_day = {localdate(at): at for at in reversed(failures)}
    days = sorted(first_of_day)
    if len(days) < DAYS_TO_BE_BROKEN:
        return Verdict(State.WAVERING, failures[0], next_check_at)
    return Verdict(State.BROKEN, first_of_day[days[DAYS_TO_BE_BROKEN - 1]], next_check_at)


def _begin_of(attempts: Sequence[Attempt]) -> datetime:
    """Since when it is as the last attempt found it."""
    last = begin = attempts[-1]
    for attempt in reversed(attempts):
        if (attempt.outcome, attempt.moved_to) != (last.outcome, last.moved_to):
            break
        begin = attempt
    return begin.at


def _failures(attempts: Sequence[Attempt]) -> list[datetime]:
    """Since it last worked, oldest first."""
    found = []
    for attempt in reversed(attempts):
        if attempt.outcome == Outcome.WORKS:
            break
        if attempt.outcome == Outcome.FAILED:
            found.append(attempt.at)
    return found[::-1]
