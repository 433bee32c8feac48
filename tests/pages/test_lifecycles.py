"""Whatever editors do, in whatever order: readers are led to what lives, and undoing gives back what was there."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.lifecycle import acts, state
from pages.lifecycle.acts import RefusedError
from pages.listings import EntryListing
from pages.models import EntryPage, LifecycleAct, PartnershipPage
from tests.factories import PartnershipPageFactory

TODAY = localdate()
DAYS = [TODAY + timedelta(days=days) for days in (-30, 0, 1, 400)]
ENTRIES = 6
ACTS = 10

some = st.lists(st.integers(0, ENTRIES - 1), max_size=3, unique=True)
ending = st.fixed_dictionaries(
    {"entries": some.filter(bool), "successors": some, "how": st.sampled_from(EntryPage.Ending.values)}
    | {"on": st.sampled_from(DAYS)}
)
undoing = st.fixed_dictionaries({"undo": st.integers(0, ACTS)})
passing = st.fixed_dictionaries({"reaches": st.sampled_from(DAYS)})
"""The daily job, which brings into force what ends by that day."""


class LivesOfEntries:
    """Some entries, and what is done to them; each step is checked."""

    def __init__(self, entries):
        self.entries = entries
        self.pks = [entry.pk for entry in entries]
        self.first = self.state

    @property
    def state(self):
        return state.read(self.pks)

    def do(self, step):
        before = self.state
        if "reaches" in step:
            acts.bring_into_force(step["reaches"])
            return
        try:
            done = self.undo(step["undo"]) if "undo" in step else self.end(**step)
        except RefusedError:
            done = False
        if not done:
            assert self.state == before
        self.check()

    def end(self, *, entries, successors, how, on):
        before = self.state
        asked = ([EntryPage.objects.get(pk=self.pks[n]) for n in some] for some in (entries, successors))
        act = acts.end(entries=next(asked), successors=next(asked), how=how, on=on, by=None).act
        assert act.before == {pk: one for pk, one in before.items() if int(pk) in {self.pks[n] for n in entries}}
        return True

    def undo(self, number):
        if number >= LifecycleAct.objects.count():
            return False
        act, before = LifecycleAct.objects.order_by("pk")[number], self.state
        acts.undo(act=act, by=None)
        assert self.state == before | act.before
        return True

    def check(self):
        lineage = state.read_lineage()
        for pk in self.pks:
            assert not lineage.leads_to(pk, {pk}), "an entry would follow itself"
            for on in DAYS:
                if lineage.has_ended(pk, on):
                    assert lineage.living_ends(pk, on) or self.was_dissolved(pk, lineage), "a reader is led nowhere"
        self.check_lists(lineage)

    def was_dissolved(self, pk, lineage):
        """Whether all that came after it was plainly dissolved in the end."""
        after = lineage.successors.get(pk, ())
        return all(self.was_dissolved(one, lineage) for one in after) and (
            bool(after) or EntryPage.objects.get(pk=pk).ended_as == "opgeheven"
        )

    def check_lists(self, lineage):
        gone = {pk for pk in self.pks if lineage.has_ended(pk, TODAY)}
        for query, expected in (("", set(self.pks) - gone), ("status=beeindigd", gone), ("status=alle", set(self.pks))):
            listed = [card.slug for card in EntryListing(PartnershipPage, QueryDict(query)).page]
            assert sorted(listed) == sorted(one.slug for one in self.entries if one.pk in expected)

    def take_everything_back(self):
        while done := LifecycleAct.objects.filter(undone_at=None):
            last = next(act for act in done if not acts.why_it_stays(act))
            acts.undo(act=last, by=None)
        assert self.state == self.first


@pytest.fixture
def entries(home):
    return [PartnershipPageFactory() for _ in range(ENTRIES)]


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(ending, ending, ending, undoing, passing), max_size=ACTS))
def test_readers_reach_what_lives_and_undoing_gives_back_what_was(entries, steps):
    with transaction.atomic():
        lives = LivesOfEntries(entries)
        for step in steps:
            lives.do(step)
        lives.take_everything_back()
        transaction.set_rollback(True)


def test_the_lives_that_are_tried_hold_endings_and_refusals_and_undoings(entries):
    """The same sorts of steps one by one, so that the property above is known to be about something."""
    lives = LivesOfEntries(entries)
    merge = {"entries": [0, 1], "successors": [2], "how": "opgegaan", "on": TODAY}

    lives.do(merge)
    lives.do({"entries": [2], "successors": [0], "how": "opgegaan", "on": TODAY})
    assert LifecycleAct.objects.count() == 1
    lives.do({"entries": [2], "successors": [3, 4], "how": "gesplitst", "on": DAYS[2]})
    lives.do({"undo": 0})
    assert LifecycleAct.objects.filter(undone_at=None).count() == 2
    lives.do({"undo": 1})
    lives.do({"undo": 0})

    assert lives.state == lives.first
