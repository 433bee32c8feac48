"""What the attempts together say of an address, as dated cases."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.link_radar.verdict import Attempt, judge
from cms.models import CheckedLink, Outcome

State = CheckedLink.State
DAY_ONE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OUTCOMES = {"+": Outcome.WORKS, "-": Outcome.FAILED, "?": Outcome.UNCLEAR, ">": Outcome.WORKS}


def at(moment):
    """ "3 14:30": the third day, at that time."""
    day, _, clock = str(moment).partition(" ")
    hour, minute = (clock or "9:00").split(":")
    return DAY_ONE.replace(hour=int(hour), minute=int(minute)) + timedelta(days=int(day) - 1)


def attempts(*told):
    """ "- 3 14:30": failed on the third day at that time; > is one that moved."""
    return [Attempt(at(one[2:]), OUTCOMES[one[0]], "https://nieuw.example/" if one[0] == ">" else "") for one in told]


@pytest.mark.parametrize(
    ("history", "state", "since", "next_check"),
    [
        (["+ 1"], State.WORKS, "1", "8"),
        (["+ 1", "+ 8"], State.WORKS, "1", "15"),
        (["- 1"], State.WAVERING, "1", "2"),
        (["- 1", "- 2"], State.WAVERING, "1", "3"),
        (["- 1", "- 2", "- 3"], State.BROKEN, "3", "4"),
        (["- 1 8:00", "- 1 12:00", "- 1 18:00", "- 1 20:00"], State.WAVERING, "1 8:00", "2 20:00"),
        (["- 1", "- 1 20:00", "- 2"], State.WAVERING, "1", "3"),
        (["- 1", "- 2", "- 3 8:00", "- 3 20:00", "- 4"], State.BROKEN, "3 8:00", "5"),
        (["- 1", "- 2", "+ 3", "- 4", "- 5"], State.WAVERING, "4", "6"),
        (["- 1", "- 2", "- 3", "+ 4"], State.WORKS, "4", "11"),
        (["- 1", "- 2", "+ 3", "- 4", "- 5", "- 6"], State.BROKEN, "6", "7"),
        (["- 1", "- 15", "- 40"], State.BROKEN, "40", "41"),
        (["? 1"], State.UNCLEAR, "1", "8"),
        (["? 1", "? 2", "? 3", "? 4"], State.UNCLEAR, "1", "11"),
        (["- 1", "- 2", "? 3"], State.UNCLEAR, "3", "10"),
        (["- 1", "? 2", "- 3"], State.WAVERING, "1", "4"),
        (["- 1", "? 2", "- 3", "- 4"], State.BROKEN, "4", "5"),
        (["- 1", "- 2", "- 3", "? 4"], State.UNCLEAR, "4", "11"),
        (["> 1"], State.MOVED, "1", "8"),
        (["+ 1", "> 8", "> 15"], State.MOVED, "8", "22"),
        (["> 1", "+ 8"], State.WORKS, "8", "15"),
        (["- 1", "- 2", "- 3", "> 4"], State.MOVED, "4", "11"),
    ],
)
def test_the_verdict_on_an_address(history, state, since, next_check):
    verdict = judge(attempts(*history), at("99"))

    assert (verdict.state, verdict.since, verdict.next_check_at) == (state, at(since), at(next_check))
    assert bool(verdict.moved_to) == (state == State.MOVED)


def test_an_address_that_was_never_asked_after_is_new_and_due():
    verdict = judge([], DAY_ONE)

    assert (verdict.state, verdict.next_check_at) == (State.NEW, DAY_ONE)


def test_days_are_those_of_the_readers():
    """Half past eleven in the evening and half past twelve at night by Amsterdam's clock are two days."""
    late, later = datetime(2026, 3, 2, 22, 30, tzinfo=UTC), datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    history = [Attempt(DAY_ONE - timedelta(days=1), Outcome.FAILED)]

    assert judge([*history, Attempt(late, Outcome.FAILED)], later).state == State.WAVERING
    assert judge([*history, *(Attempt(one, Outcome.FAILED) for one in (late, later))], later).state == State.BROKEN


def test_what_happens_later_does_not_count_yet():
    assert judge(attempts("- 1", "- 2", "- 3"), at("2 12:00")).state == State.WAVERING
