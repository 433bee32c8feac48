"""When who is asked whether an entry still holds: rules of days, that know no clock and no database.

An entry has a day on which it is to be looked at again. From thirty days before it the first representative is asked,
then the second, then the editors; sixty days after it readers are told that nobody confirmed it. Nobody gets more than
one mail a week, with all entries that this person is to look at.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum

WEEK = timedelta(days=7)


class Step(IntEnum):
    """By how many days after the day on which it is to be looked at."""

    AHEAD = -30
    ON_THE_DAY = 0
    SECOND = 14
    EDITORS = 30


UNCONFIRMED_AFTER = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry with who keeps it, by the keys of their accounts."""

    entry: int
    review_on: date
    first: int | None = None
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reminder:
    """That somebody is asked about an entry, for the review of one day."""

    entry: int
    person: int
    step: Step
    review_on: date


def is_unconfirmed(review_on: date | None, today: date) -> bool:
    """Whether readers are told so."""
    return review_on is not None and today >= review_on + UNCONFIRMED_AFTER


def reached(review_on: date, today: date) -> list[Step]:
    return [step for step in Step if today >= review_on + timedelta(days=step)]


def receivers(step: Step, kept: Kept, editors: Collection[int]) -> set[int]:
    """Who is asked at this step; the first again where there is no second, and nobody where nobody keeps it."""
    if step == Step.EDITORS:
        return set(editors)
    if step == Step.SECOND and kept.others:
        return set(kept.others)
    return {kept.first} if kept.first else set()


def owed(
    entries: Iterable[Kept],
    *,
    editors: Collection[int],
    made: Collection[Reminder],
    last_mailed: Mapping[int, date],
    today: date,
    with_news: Collection[int] = (),
) -> dict[int, list[Reminder]]:
    """What to remind whom of today: all that was reached and not yet told, for who had no mail this week.

    A step that fell on a day without a run, or in a week with a mail, is told at the next occasion. So is what there
    is to tell beside the ladder to those ``with_news``, who may have nothing to be reminded of.
    """
    told = set(made)
    found: dict[int, list[Reminder]] = defaultdict(list)
    found |= {person: [] for person in with_news if not _had_mail(person, last_mailed, today)}
    for kept in entries:
        for step in reached(kept.review_on, today):
            for person in receivers(step, kept, editors):
                reminder = Reminder(kept.entry, person, step, kept.review_on)
                if reminder not in told and not _had_mail(person, last_mailed, today):
                    found[person].append(reminder)
    return dict(found)


def _had_mail(person: int, last_mailed: Mapping[int, date], today: date) -> bool:
    last = last_mailed.get(person)
    return last is not None and today < last + WEEK
