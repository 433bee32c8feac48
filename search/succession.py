"""Who came before whom: search finds a successor by the names of all that it continues."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from pages.models import EntryPage, Succession


def names_of_predecessors(entry_ids: Iterable[int]) -> Mapping[int, tuple[str, ...]]:
    """Per entry the names of the ended entries that it continues, directly or through others, as a visitor may know."""
    predecessors = _neighbours("successor_id", "predecessor_id")
    earlier = {entry_id: _reachable({entry_id}, predecessors) for entry_id in entry_ids}
    ended = EntryPage.objects.listed().ended().filter(pk__in=set().union(*earlier.values())).prefetch_related("names")
    names = {
        entry.pk: [entry.title, entry.abbreviation, *(other.name for other in entry.names.all())] for entry in ended
    }
    return {
        entry_id: tuple(dict.fromkeys(name for pk in sorted(pks) for name in names.get(pk, []) if name))
        for entry_id, pks in earlier.items()
    }


def successor_ids(entry_ids: Iterable[int]) -> set[int]:
    """All entries that continue one of these, directly or through others."""
    return _reachable(set(entry_ids), _neighbours("predecessor_id", "successor_id"))


def _neighbours(start: str, end: str) -> Mapping[int, set[int]]:
    neighbours = defaultdict(set)
    for from_id, to_id in Succession.objects.values_list(start, end):
        neighbours[from_id].add(to_id)
    return neighbours


def _reachable(start: set[int], neighbours: Mapping[int, set[int]]) -> set[int]:
    found: set[int] = set()
    frontier = start
    while frontier:
        frontier = set().union(*(neighbours.get(pk, set()) for pk in frontier)) - found
        found |= frontier
    return found - start
