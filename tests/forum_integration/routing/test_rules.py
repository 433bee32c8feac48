"""When whose turn it is to be asked: tables of dated cases, without a database."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from forum_integration.routing import Candidate, in_turn, latest_asked

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TODAY = date(2026, 11, 23)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM)


@pytest.mark.parametrize(
    ("asked", "due_on"),
    [
        ("2026-11-23T00:00", "2026-12-01"),  # a Monday: Tuesday to Friday and the next Monday
        ("2026-11-23T23:59", "2026-12-01"),
        ("2026-11-27T17:00", "2026-12-05"),  # a Friday: all of the next week; the Saturday after it comes first
        ("2026-11-28T12:00", "2026-12-05"),  # a Saturday counts as the Friday before
        ("2026-12-21T09:00", "2026-12-30"),  # Christmas is a Friday
        ("2026-12-28T09:00", "2027-01-06"),  # New Year's Day
        ("2026-04-01T09:00", "2026-04-11"),  # Good Friday and Easter Monday
        ("2026-04-24T09:00", "2026-05-05"),  # King's Day
        ("2026-05-13T09:00", "2026-05-22"),  # Ascension Day
        ("2026-05-22T09:00", "2026-06-02"),  # Whit Monday
        ("2026-10-23T09:00", "2026-10-31"),  # the clock goes back
    ],
)
def test_a_circle_has_five_whole_working_days(asked, due_on):
    day = at(f"{due_on}T00:00")

    assert at(asked) < latest_asked(day)
    assert not at(asked) < latest_asked(day - timedelta(minutes=1))


def asked_in_order(*candidates):
    return [candidate.member_id for candidate in in_turn(candidates, TODAY)]


def test_who_was_never_asked_comes_first_and_then_who_was_asked_longest_ago():
    assert asked_in_order(
        Candidate(1, last_asked=at("2026-11-20T09:00")),
        Candidate(2, last_asked=at("2026-10-01T09:00")),
        Candidate(4),
        Candidate(3),
    ) == [3, 4, 2, 1]


@pytest.mark.parametrize(
    ("wish", "may_be_asked"),
    [
        ({}, True),
        ({"paused_until": date(2026, 11, 22)}, True),
        ({"paused_until": date(2026, 11, 23)}, False),
        ({"paused_until": date(2027, 11, 23)}, False),
        ({"asked_this_month": 1, "most_a_month": 2}, True),
        ({"asked_this_month": 2, "most_a_month": 2}, False),
        ({"most_a_month": 0}, False),
    ],
)
def test_a_pause_and_a_maximum_are_respected(wish, may_be_asked):
    assert bool(asked_in_order(Candidate(1, **wish))) is may_be_asked
