"""What there is already for somebody who is writing a question: answered questions, entries and knowledge."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from cms.categories import Kind
from forum_integration.questions import answered_among
from search.documents import Facet
from search.finding import find
from search.forms import LONGEST_QUERY
from search.queries import SearchQuery
from search.results import Hit

MOST_HITS = 5
SHORTEST = 3
READ = 40
"""How many hits are looked through: not every question among them was answered."""

GROUPS: dict[str, tuple[Kind, ...]] = {
    "Vragen met een antwoord": (Kind.TOPIC,),
    "Netwerken, samenwerking en onderzoek": (Kind.NETWORK, Kind.PARTNERSHIP, Kind.RESEARCH_GROUP),
    "Kennis": (Kind.RESOURCE, Kind.ARTICLE, Kind.CARD, Kind.ACTIVITY),
}
KINDS = [kind.value for kinds in GROUPS.values() for kind in kinds]


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    hits: Sequence[Hit]


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """At most ``MOST_HITS`` hits; ``was_asked`` tells nothing found from nothing typed."""

    groups: Sequence[Group] = ()
    was_asked: bool = False

    @property
    def count(self) -> int:
        return sum(len(group.hits) for group in self.groups)


def asked_before(title: str) -> AskedBefore:
    """The best of each group in turn, so that no group crowds out another."""
    text = title.strip()[:LONGEST_QUERY]
    if len(text) < SHORTEST:
        return AskedBefore()
    hits = find(SearchQuery(text=text, filters={Facet.KIND: KINDS}, page_size=READ)).hits
    answered = answered_among([_key(hit) for hit in hits if hit.kind == Kind.TOPIC])
    helpful = [hit for hit in hits if hit.kind != Kind.TOPIC or _key(hit) in answered]
    by_group = [[hit for hit in helpful if hit.kind in kinds] for kinds in GROUPS.values()]
    in_turn = [hit for row in zip_longest(*by_group) for hit in row if hit]
    best = in_turn[:MOST_HITS]
    groups = [Group(name, [hit for hit in found if hit in best]) for name, found in zip(GROUPS, by_group, strict=True)]
    return AskedBefore([group for group in groups if group.hits], was_asked=True)


def _key(hit: Hit) -> int:
    return int(hit.id.rpartition("-")[2])
