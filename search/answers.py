"""What a page of results shows beside its hits: the filters with their counts, and how to undo each one."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from cms.categories import Category, Kind
from cms.facets import FacetGroup, facet_group, label_choices
from cms.models import Region, Sector, Subject
from search.documents import Facet
from search.forms import STATUS_LABELS
from search.promotions import Promoted, promoted_for
from search.queries import SearchQuery, Sort, StatusChoice
from search.results import SearchResults

FACET_LABELS = {
    Facet.CATEGORY: "Categorie",
    Facet.SUBJECT: "Onderwerp",
    Facet.SECTOR: "Sector",
    Facet.REGION: "Regio",
    Facet.KIND: "Soort",
}


@dataclass(frozen=True, slots=True)
class ChosenFilter:
    """A filter that is on, and the address of the same search without it."""

    label: str
    address_without: str


class Answer:
    """A query and what was found, ready to be drawn as HTML or JSON."""

    def __init__(self, query: SearchQuery, results: SearchResults) -> None:
        self.query = query
        self.results = results

    @property
    def is_from_database(self) -> bool:
        return self.results.engine == "database"

    @cached_property
    def promoted(self) -> Promoted:
        """What editors recommend to who asks this."""
        return promoted_for(self.query.text)

    @cached_property
    def page(self) -> Page[int] | None:
        """The asked page of all hits, for the links to the others; None when there is no such page."""
        paginator = Paginator(range(self.results.total), self.query.page_size)
        return paginator.page(self.query.page) if self.query.page <= paginator.num_pages else None

    @cached_property
    def all_facets(self) -> list[FacetGroup]:
        """Every filter, with all its values and their counts."""
        return [self._group(facet, labels) for facet, labels in facet_values().items()]

    @property
    def facets(self) -> list[FacetGroup]:
        """The filters that have something to offer."""
        return [group for group in self.all_facets if any(value.count or value.is_chosen for value in group.values)]

    def _group(self, facet: Facet, labels: Sequence[tuple[str, str]]) -> FacetGroup:
        chosen = self.query.chosen(facet)
        known = {value for value, _label in labels}
        unknown = [(value, value) for value in chosen if value not in known]
        counts = self.results.facets.get(facet, {})
        return facet_group(facet.value, FACET_LABELS[facet], [*labels, *unknown], counts, chosen)

    @cached_property
    def chosen(self) -> list[ChosenFilter]:
        """The filters that are on, each to be let go by itself."""
        found = [
            ChosenFilter(value.label, self.address(without=(group.name, value.value)))
            for group in self.all_facets
            for value in group.chosen
        ]
        if self.query.status != StatusChoice.ACTIVE:
            found.append(
                ChosenFilter(
                    STATUS_LABELS[self.query.status].lower(), self.address(without=("status", self.query.status.value))
                )
            )
        return found

    @property
    def address_without_filters(self) -> str:
        return f"?{urlencode({'q': self.query.text})}" if self.query.text else "?"

    @property
    def address_of_better_spelling(self) -> str:
        return self.address(text=self.results.did_you_mean)

    @property
    def filter_pairs(self) -> list[tuple[str, str]]:
        """The filters as they stand in an address; a new question keeps them."""
        pairs = [(facet.value, value) for facet, values in self.query.filters.items() for value in values]
        if self.query.status != StatusChoice.ACTIVE:
            pairs.append(("status", self.query.status.value))
        if self.query.sort != Sort.RELEVANCE:
            pairs.append(("sorteer", self.query.sort.value))
        return pairs

    def as_json(self) -> dict[str, Any]:
        """The answer as docs/addresses.md promises it to other programs."""
        return {
            "aantal": self.results.total,
            "resultaten": [
                {
                    "titel": hit.title,
                    "url": hit.url,
                    "soort": hit.kind,
                    "categorie": hit.category,
                    "onderwerpen": list(hit.subjects),
                    "fragment": hit.fragment,
                }
                for hit in self.results.hits
            ],
            "facetten": {
                group.name: [
                    {"waarde": value.value, "label": value.label, "aantal": value.count} for value in group.values
                ]
                for group in self.all_facets
            },
            "bedoel_je": self.results.did_you_mean,
            "motor": self.results.engine,
        }

    def address(self, *, without: tuple[str, str] = ("", ""), text: str | None = None) -> str:
        """The first page of this search, without one value of a filter or with another text."""
        pairs = [("q", self.query.text if text is None else text), *self.filter_pairs]
        return f"?{urlencode([pair for pair in pairs if pair[1] and pair != without])}"


def facet_values() -> dict[Facet, Sequence[tuple[str, str]]]:
    """Every value that a filter can have, with its label, in the order in which it is offered."""
    return {
        Facet.CATEGORY: Category.choices,
        Facet.SUBJECT: label_choices(Subject),
        Facet.SECTOR: label_choices(Sector, "abbreviation"),
        Facet.REGION: label_choices(Region),
        Facet.KIND: Kind.choices,
    }
