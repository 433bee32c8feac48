"""Which entry continues which, as rules without a database."""

from datetime import date

import pytest

from pages.lifecycle.lineage import Lineage, Reason, Refused, settle

DAY, LATER = date(2026, 1, 1), date(2027, 1, 1)
A, B, C, D, E = range(1, 6)


def ask(lineage, ending, chosen, *, on=DAY, at_least=1, at_most=None):
    return settle(lineage, ending, chosen, on, at_least=at_least, at_most=at_most)


def test_what_lives_is_found_at_the_end_of_every_line():
    lineage = Lineage({A: DAY, B: DAY, C: DAY}, {A: [B, C], B: [D], C: [D, E]})

    assert lineage.living_ends(A, DAY) == [D, E]


def test_what_ends_later_still_continues_it_until_then():
    lineage = Lineage({A: DAY, B: LATER}, {A: [B], B: [C]})

    assert lineage.living_ends(A, DAY) == [B]
    assert lineage.living_ends(A, LATER) == [C]


def test_a_line_of_ten_thousand_is_walked_to_its_end():
    length = 10_000
    lineage = Lineage(dict.fromkeys(range(length), DAY), {n: [n + 1] for n in range(length)})

    assert lineage.living_ends(0, DAY) == [length]


def test_a_successor_that_ended_is_followed_to_what_lives():
    lineage = Lineage({B: DAY, C: DAY}, {B: [C], C: [D, E]})

    settled = ask(lineage, [A], [B, E])

    assert settled.successors == (D, E)
    assert settled.detours == {B: (D, E)}


@pytest.mark.parametrize(
    ("lineage", "ending", "chosen", "reason", "about"),
    [
        pytest.param(Lineage({}, {}), [A], [A], Reason.ITSELF, A, id="itself"),
        pytest.param(Lineage({}, {}), [A, B], [B], Reason.ITSELF, B, id="one of those that end"),
        pytest.param(Lineage({A: DAY}, {A: [B]}), [B], [A], Reason.CIRCLE, A, id="what it continues"),
        pytest.param(Lineage({A: DAY, B: DAY}, {A: [B], B: [C]}), [C], [A], Reason.CIRCLE, A, id="a line that returns"),
        pytest.param(Lineage({B: LATER}, {B: [A]}), [A], [B], Reason.CIRCLE, B, id="what will be continued by it"),
        pytest.param(Lineage({B: DAY}, {}), [A], [B], Reason.DEAD_END, B, id="what was dissolved"),
        pytest.param(Lineage({B: DAY, C: DAY}, {B: [C]}), [A], [B], Reason.DEAD_END, B, id="a line that was dissolved"),
        pytest.param(Lineage({A: DAY}, {A: [B]}), [A], [C], Reason.ALREADY, A, id="what was continued already"),
    ],
)
def test_what_leads_nowhere_or_in_a_circle_is_refused(lineage, ending, chosen, reason, about):
    with pytest.raises(Refused) as refused:
        ask(lineage, ending, chosen)

    assert (refused.value.reason, refused.value.entry) == (reason, about)


def test_two_successors_that_became_one_do_not_count_as_two():
    lineage = Lineage({B: DAY}, {B: [C]})

    with pytest.raises(Refused) as refused:
        ask(lineage, [A], [B, C], at_least=2)

    assert refused.value.reason == Reason.TOO_FEW


def test_more_successors_than_the_kind_of_end_allows_are_refused():
    with pytest.raises(Refused) as refused:
        ask(Lineage({}, {}), [A], [B, C], at_most=1)

    assert refused.value.reason == Reason.TOO_MANY
