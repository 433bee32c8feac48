"""What a category page lists: entries under the filters in its address, and what each filter would give.

Values of one filter are alternatives, filters narrow each other, and a filter's own choice does not change its own
counts.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.http import Http404, QueryDict

from cms.facets import FacetGroup, facet_group, label_choices
from cms.models import Region, Sector, Subject
from pages import entry_cards
from pages.entry_cards import EntryCard
from pages.models.entries import EntryPage

PAGE_SIZE = 100
LONGEST_VALUE = 120

ENDED = "beeindigd"
STATUSES = {"": "Wat er nu is", "alle": "Ook wat beëindigd is", ENDED: "Alleen wat beëindigd is"}

_LABELS: Mapping[str, Callable[[EntryCard], Collection[str]]] = {
    "onderwerp": lambda card: card.subjects,
    "sector": lambda card: card.sectors,
    "regio": lambda card: card.regions,
    "type": lambda card: (card.kind,),
}


class EntryListing:
    """The entries of one category under the filters of a request."""

    def __init__(self, entry_model: type[EntryPage], parameters: QueryDict) -> None:
        self.entry_model = entry_model
        self.chosen = {name: self._values(parameters, name) for name in _LABELS}
        self.status = status if (status := parameters.get("status", "")) in STATUSES else ""
        self._page_number = parameters.get("pagina", "1")

    @staticmethod
    def _values(parameters: QueryDict, name: str) -> list[str]:
        values = dict.fromkeys(parameters.getlist(name))
        return [value for value in values if value and len(value) <= LONGEST_VALUE and "\x00" not in value]

    @property
    def statuses(self) -> list[tuple[str, str]]:
        return list(STATUSES.items())

    @property
    def status_label(self) -> str:
        """What it shows beside what exists now, in the middle of a sentence."""
        return STATUSES[self.status].lower() if self.status else ""

    @property
    def is_filtered(self) -> bool:
        return bool(self.status) or any(self.chosen.values())

    def _is_asked_for(self, card: EntryCard) -> bool:
        return card.has_ended == (self.status == ENDED) or self.status == "alle"

    def _entries(self, *, without: str = "") -> list[EntryCard]:
        found = [card for card in entry_cards.listed(self.entry_model) if self._is_asked_for(card)]
        for name, values in self.chosen.items():
            if values and name != without:
                found = [card for card in found if not frozenset(values).isdisjoint(_LABELS[name](card))]
        return found

    @cached_property
    def page(self) -> ResultPage[Any]:
        """The asked page; a number that does not exist is a 404."""
        paginator = Paginator(self._entries(), PAGE_SIZE)
        if not (self._page_number.isascii() and self._page_number.isdigit() and len(self._page_number) < 7):
            raise Http404("Geen geldig paginanummer")
        number = int(self._page_number)
        if not 1 <= number <= paginator.num_pages:
            raise Http404("Deze pagina van de lijst bestaat niet")
        return paginator.page(number)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def facets(self) -> list[FacetGroup]:
        """All filters with their counts; one that has nothing to offer is left out."""
        groups = [
            self._facet("onderwerp", "Onderwerp", label_choices(Subject)),
            self._facet("sector", "Sector", label_choices(Sector, "abbreviation")),
            self._facet("regio", "Regio", label_choices(Region)),
            self._facet("type", "Soort", self.entry_model._meta.get_field("kind").flatchoices),
        ]
        return [group for group in groups if any(value.count or value.is_chosen for value in group.values)]

    def _facet(self, name: str, heading: str, labels: Sequence[tuple[str, str]]) -> FacetGroup:
        counts = Counter(value for card in self._entries(without=name) for value in _LABELS[name](card))
        return facet_group(name, heading, labels, counts, self.chosen[name])
