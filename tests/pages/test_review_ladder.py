"""When who is asked whether an entry still holds: dated cases, and five hundred days in which runs are missed."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages.currency.ladder import Kept, Reminder, Step, is_unconfirmed, owed, receivers

FIRST, SECOND, EDITOR, OTHER_EDITOR = 1, 2, 8, 9
ENTRY = 100
REVIEW = date(2026, 6, 15)
BOTH = Kept(ENTRY, REVIEW, FIRST, (SECOND,))


def asked(day, *, kept=BOTH, told=(), mailed=None):
    """Whom of what, on a day."""
    reminders = owed([kept], editors=[EDITOR], made=told, last_mailed=mailed or {}, today=day)
    return {person: [one.step for one in some] for person, some in reminders.items()}


def told_to(person, *steps):
    return [Reminder(ENTRY, person, step, REVIEW) for step in steps]


EVERYTHING = {FIRST: [Step.AHEAD, Step.ON_THE_DAY], SECOND: [Step.SECOND], EDITOR: [Step.EDITORS]}


@pytest.mark.parametrize(
    ("day", "told", "expected"),
    [
        (date(2026, 5, 15), [], {}),
        (date(2026, 5, 16), [], {FIRST: [Step.AHEAD]}),
        (date(2026, 6, 14), [], {FIRST: [Step.AHEAD]}),
        (date(2026, 6, 14), told_to(FIRST, Step.AHEAD), {}),
        (date(2026, 6, 15), told_to(FIRST, Step.AHEAD), {FIRST: [Step.ON_THE_DAY]}),
        (date(2026, 6, 28), told_to(FIRST, Step.AHEAD, Step.ON_THE_DAY), {}),
        (date(2026, 6, 29), told_to(FIRST, Step.AHEAD, Step.ON_THE_DAY), {SECOND: [Step.SECOND]}),
        (date(2026, 7, 14), told_to(FIRST, *Step) + told_to(SECOND, *Step), {}),
        (date(2026, 7, 15), told_to(FIRST, *Step) + told_to(SECOND, *Step), {EDITOR: [Step.EDITORS]}),
        (date(2027, 7, 15), [], EVERYTHING),  # nothing ran for a year
        (date(2027, 7, 15), [Reminder(ENTRY, FIRST, Step.AHEAD, date(2025, 6, 15))], EVERYTHING),  # an earlier review
    ],
)
def test_each_step_is_told_on_its_day_to_whose_turn_it_is(day, told, expected):
    assert asked(day, told=told) == expected


@pytest.mark.parametrize(
    ("kept", "day", "expected"),
    [
        (Kept(ENTRY, REVIEW, FIRST), date(2026, 6, 29), {FIRST: [Step.AHEAD, Step.ON_THE_DAY, Step.SECOND]}),
        (Kept(ENTRY, REVIEW), date(2026, 6, 29), {}),
        (Kept(ENTRY, REVIEW), date(2026, 7, 15), {EDITOR: [Step.EDITORS]}),
    ],
)
def test_without_a_second_the_first_is_asked_again_and_without_anybody_the_editors(kept, day, expected):
    assert asked(day, kept=kept) == expected


@pytest.mark.parametrize(("days_ago", "is_asked"), [(0, False), (6, False), (7, True), (30, True)])
def test_nobody_gets_two_mails_in_a_week(days_ago, is_asked):
    day = date(2026, 6, 15)

    assert bool(asked(day, mailed={FIRST: day - timedelta(days=days_ago)})) == is_asked


@pytest.mark.parametrize(
    ("review_on", "today", "expected"),
    [
        (None, date(2026, 6, 15), False),
        (REVIEW, date(2026, 8, 13), False),
        (REVIEW, date(2026, 8, 14), True),
    ],
)
def test_readers_are_told_after_sixty_days(review_on, today, expected):
    assert is_unconfirmed(review_on, today) == expected


DAYS = 500
START = date(2026, 1, 1)


@st.composite
def sites(draw):
    people = st.integers(1, 6)
    entries = []
    for number in range(draw(st.integers(1, 6))):
        keepers = draw(st.lists(people, max_size=3, unique=True))
        review_on = START + timedelta(days=draw(st.integers(0, DAYS - 60)))
        entries.append(Kept(ENTRY + number, review_on, keepers[0] if keepers else None, tuple(keepers[1:])))
    runs = draw(st.lists(st.sampled_from([0, 1, 1, 1, 2]), min_size=DAYS, max_size=DAYS))
    breaks = draw(st.lists(st.tuples(st.integers(0, DAYS - 60), people), max_size=8))
    return entries, runs, breaks


@settings(max_examples=30, deadline=None)
@given(sites())
def test_over_five_hundred_days_with_runs_missed_and_doubled_nothing_is_missed_or_told_twice(site):
    entries, runs, breaks = site
    editors = [EDITOR, OTHER_EDITOR]
    made, mails, heard = Counter(), [], {}
    for number, times in enumerate(runs):
        today = START + timedelta(days=number)
        for _ in range(times):
            last = {person: day for day, person in mails}
            news = {person for day, person in breaks if heard.get(person, -1) < day <= number}
            known = {"editors": editors, "made": made, "last_mailed": last, "with_news": news}
            for person, some in owed(entries, today=today, **known).items():
                assert some or person in news
                made.update(some)
                mails.append((today, person))
                heard[person] = number

    assert all(times == 1 for times in made.values())
    for person in {person for _, person in mails}:
        days = [day for day, whom in mails if whom == person]
        assert all((later - earlier).days >= 7 for earlier, later in pairwise(days))
    for day, person in breaks:  # told once the week of any other mail is over and a run came after it
        if any(runs[day + 7 :]):
            assert heard.get(person, -1) >= day
    last_run = START + timedelta(days=max((number for number, times in enumerate(runs) if times), default=-1))
    for kept in entries:
        for step in Step:
            # By then the week of any other mail is over, and a run came after it.
            settled = kept.review_on + timedelta(days=step + 7)
            had_run = any(runs[max(0, (settled - START).days) :])
            for person in receivers(step, kept, editors):
                if had_run and settled <= last_run:
                    assert Reminder(kept.entry, person, step, kept.review_on) in made
