"""What every engine answers: plain values that a template or the JSON view draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from search.documents import Facet, SearchDocument, Status


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """One found thing, with what is needed to draw it without asking the database."""

    id: str
    kind: str
    category: str | None
    title: str
    url: str
    fragment: str
    """Escaped HTML in which the words found are marked with ``<mark>``; safe to draw as it is."""

    subjects: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    date: Date | None = None
    status: str = Status.ACTIVE
    formerly: str = ""
    """The name of a predecessor that the query asked for, to say "voorheen ..."."""

    is_promoted: bool = False
    """Brought up by an editor for this query."""

    @classmethod
    def of(cls, document: SearchDocument, *, fragment: str, formerly: str = "", is_promoted: bool = False) -> "Hit":
        """The hit on this document."""
        return cls(
            id=document.id,
            kind=document.kind,
            category=document.category,
            title=document.title,
            url=document.url,
            fragment=fragment,
            subjects=document.subjects,
            sectors=document.sectors,
            regions=document.regions,
            organisations=document.organisations,
            people=document.people,
            date=document.date,
            status=document.status,
            formerly=formerly,
            is_promoted=is_promoted,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """One line under the search box while typing."""

    title: str
    url: str
    kind: str

    @classmethod
    def of(cls, document: SearchDocument) -> "Suggestion":
        return cls(title=document.title, url=document.url, kind=document.kind)


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchResults:
    """One page of hits, and what is true of all pages together."""

    hits: Sequence[Hit] = ()
    total: int = 0
    facets: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)
    """Per facet every value that would give something under the *other* facets' filters, with its count.
    Most frequent first and never cut; a value that is absent counts zero."""

    did_you_mean: str | None = None
    """A better spelling of the query, when it holds a word that the site does not know."""

    engine: str = ""
    """Who answered: "ingebouwd", "elasticsearch" or "database"."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """How one word of a query was found in one document."""

    typed: str
    found: str
    """The word it was found by; "" when the document does not hold it."""

    how: str
    """In what way that stands for what was typed; see ``search.explaining.Way``."""

    field: str
    """Where: a field of ``search.ranking.FIELD_WEIGHTS``, or "subjects"."""

    steps: int
    """How much the word counts for: see ``QueryPlan.steps``."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """Why a query finds one document, or does not."""

    document: SearchDocument
    is_found: bool
    place: int | None
    """Its place among all hits, from 1; None when it is not found, or beyond ``search.explaining.FURTHEST``."""

    total: int
    matches: Sequence[Match]
    needed: int
    held: int
    """How much of the query it holds and must hold, in steps: see ``QueryPlan.steps``."""

    subjects: Sequence[str] = ()
    """Slugs of its subjects that the query means."""

    is_whole_name: bool = False
    is_promoted: bool = False
    is_other_status: bool = False
    """Left out since the query asks for another lifecycle state."""

    did_you_mean: str | None = None
