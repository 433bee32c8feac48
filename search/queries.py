"""What a visitor asks, as every engine receives it."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from search.documents import Facet

PAGE_SIZE = 20


def normalised(text: str) -> str:
    """One spelling for all ways to type the same words: editors and the counts take them for one question."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class StatusChoice(StrEnum):
    """Which lifecycle states take part, as ``?status=`` spells it."""

    ACTIVE = "actief"
    ENDED = "beeindigd"
    ALL = "alle"


class Sort(StrEnum):
    """The order of the hits, as ``?sorteer=`` spells it."""

    RELEVANCE = "relevantie"
    NEWEST = "nieuwste"
    TITLE = "titel"


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchQuery:
    """Text and filters; values of one facet are alternatives, facets narrow each other.

    Without text everything under the filters is found, newest first unless ``sort`` asks for titles.
    ``page`` counts from 1; a page beyond the last one has no hits but the right total.
    """

    text: str = ""
    filters: Mapping[Facet, Sequence[str]] = field(default_factory=dict)
    status: StatusChoice = StatusChoice.ACTIVE
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE
    promoted: tuple[str, ...] = ()
    """Ids of documents that editors want on top, in this order: found for any text, under the same filters."""

    hidden: tuple[str, ...] = ()
    """Ids of documents that were withdrawn and may still be in the index: neither found nor counted."""

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.page_size

    def chosen(self, facet: Facet) -> Sequence[str]:
        """The values picked in this facet; empty when it does not narrow."""
        return self.filters.get(facet, ())
