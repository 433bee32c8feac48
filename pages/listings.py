"""What a category page lists: entries under the filters in its address, and what each filter would give.

Exact, hence from the database. Values of one filter are alternatives, filters narrow each other, and a
filter's own choice does not change its own counts.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from django.core.paginator import Page as ResultPage
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, QueryDict

from cms.facets import FacetGroup, facet_group
from cms.models import Label, Region, Sector, Subject
from pages.models.entries import EntryPage
from pages.querysets import EntryQuerySet

PAGE_SIZE = 100
LONGEST_VALUE = 120

ENDED = "beeindigd"

_NARROW: Mapping[str, Callable[[EntryQuerySet, list[str]], EntryQuerySet]] = {
    "onderwerp": lambda entries, values: entries.about(values),
    "sector": lambda entries, values: entries.for_sectors(values),
    "regio": lambda entries, values: entries.in_regions(values),
    "type": lambda entries, values: entries.of_kind(values),
}


class EntryListing:
    """The entries of one category under the filters of a request; reads the database when asked."""

    def __init__(self, entry_model: type[EntryPage], parameters: QueryDict) -> None:
        self.entry_model = entry_model
        self.chosen = {name: self._values(parameters, name) for name in _NARROW}
        self.status = parameters.get("status", "")
        self._page_number = parameters.get("pagina", "1")

    @staticmethod
    def _values(parameters: QueryDict, name: str) -> list[str]:
        values = dict.fromkeys(parameters.getlist(name))
        return [value for value in values if value and len(value) <= LONGEST_VALUE and "\x00" not in value]

    @property
    def shows_ended(self) -> bool:
        return self.status == ENDED

    @property
    def is_filtered(self) -> bool:
        return self.shows_ended or any(self.chosen.values())

    def _entries(self, *, without: str = "") -> EntryQuerySet:
        entries: EntryQuerySet = self.entry_model.objects.listed()
        entries = entries.ended() if self.shows_ended else entries.active()
        for name, values in self.chosen.items():
            if values and name != without:
                entries = _NARROW[name](entries, values)
        return entries

    @cached_property
    def page(self) -> ResultPage[Any]:
        """The asked page; a number that does not exist is a 404."""
        paginator = Paginator(self._entries().in_list_order().for_cards(), PAGE_SIZE)
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
            self._label_facet("onderwerp", "Onderwerp", Subject, "name"),
            self._label_facet("sector", "Sector", Sector, "abbreviation"),
            self._label_facet("regio", "Regio", Region, "name"),
            self._kind_facet("type", "Soort"),
        ]
        return [group for group in groups if any(value.count or value.is_chosen for value in group.values)]

    def _label_facet(self, name: str, heading: str, model: type[Label], text: str) -> FacetGroup:
        listed = Q(entries__in=self._entries(without=name).values("pk"))
        counted = model.objects.annotate(number=Count("entries", filter=listed)).order_by("sort_order", "name")
        rows = list(counted.values_list("slug", text, "number"))
        labels = [(slug, label) for slug, label, _count in rows]
        return facet_group(name, heading, labels, {slug: count for slug, _label, count in rows}, self.chosen[name])

    def _kind_facet(self, name: str, heading: str) -> FacetGroup:
        labels = self.entry_model._meta.get_field("kind").flatchoices
        counts = self._entries(without=name).order_by().values_list("kind").annotate(Count("pk"))
        return facet_group(name, heading, labels, dict(counts), self.chosen[name])
