"""Whether entries ended and what continues them, as the database has it: read whole, and put back whole."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet

from cms.memory import remembered
from pages.lifecycle.lineage import Lineage
from pages.models import EntryPage, Succession

State = Mapping[str, dict[str, Any]]
"""Per entry, by its key: the day, the kind and the successors, as JSON has them."""


def read_lineage() -> Lineage:
    ended = EntryPage.objects.exclude(ended_on=None).order_by().values_list("pk", "ended_on")
    successors = _successors(Succession.objects.all())
    return Lineage(
        MappingProxyType({pk: day for pk, day in ended if day}),
        MappingProxyType({pk: tuple(found) for pk, found in successors.items()}),
    )


lineage = remembered(read_lineage)


def read(pks: Collection[int]) -> State:
    successors = _successors(Succession.objects.filter(predecessor__in=pks))
    entries = EntryPage.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "ended_on", "ended_as")
    return {
        str(pk): {"ended_on": day and day.isoformat(), "ended_as": how, "successors": successors[pk]}
        for pk, day, how in entries
    }


def _successors(successions: QuerySet[Succession]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for predecessor, successor in successions.values_list("predecessor", "successor"):
        found[predecessor].append(successor)
    return found


def put(state: State) -> None:
    """Each entry is saved as the page that it is: search and what is remembered hear of it."""
    for entry in EntryPage.objects.filter(pk__in=[int(pk) for pk in state]).specific():
        wanted = state[str(entry.pk)]
        day = wanted["ended_on"]
        entry.ended_on, entry.ended_as = date.fromisoformat(day) if day else None, wanted["ended_as"]
        # One by one, with their signals: search looks again at the successors of before and of now.
        entry.successions.all().delete()
        for successor in wanted["successors"]:
            entry.successions.create(successor_id=successor)
        entry.save(clean=False, update_fields=["ended_on", "ended_as"])
