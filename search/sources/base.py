"""What every source has, and what they share in making documents."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.html import escape
from django.utils.text import Truncator

from cms.categories import Category, Kind
from cms.models import Organisation
from search.documents import SearchDocument, document_id
from search.results import Hit

WORDS_IN_A_LIST = 40


class Source:
    """The things of one model, as they are found; ``summary`` and ``date`` are what a list shows of them."""

    model: type[Model]
    kind: Kind
    category: Category | None = None
    related: Mapping[str, tuple[str, ...]] = {}
    """By relation the columns that ``details`` reads of what belongs to a thing, from its ``related_rows``."""

    def visible(self) -> QuerySet[Any]:
        """What an anonymous visitor may open."""
        raise NotImplementedError

    def load(self, pks: Iterable[int]) -> Sequence[Any]:
        """The visible ones among these, with all that ``document`` reads, in a fixed number of queries."""
        things = list(self.with_parents(self.visible().filter(pk__in=list(pks))))
        loaded = [thing.pk for thing in things]
        rows = {relation: rows_of(self.model, loaded, relation, names) for relation, names in self.related.items()}
        for thing in things:
            thing.related_rows = {relation: found[thing.pk] for relation, found in rows.items()}
        return things

    def with_parents(self, things: QuerySet[Any]) -> QuerySet[Any]:
        """These things, with what they point to that ``document`` reads."""
        return things

    def title(self, thing: Any) -> str:
        return str(thing)

    def url(self, thing: Any) -> str:
        return str(thing.get_absolute_url())

    def summary(self, thing: Any) -> str:
        raise NotImplementedError

    def excerpt(self, thing: Any) -> str:
        """What a list that the database made says under the title."""
        return Truncator(self.summary(thing)).words(WORDS_IN_A_LIST)

    def date(self, thing: Any) -> Date | None:
        return None

    def details(self, thing: Any) -> dict[str, Any]:
        """The other fields of the document."""
        return {}

    def document(self, thing: Any) -> SearchDocument:
        return SearchDocument(
            id=document_id(self.kind, thing.pk),
            kind=self.kind.value,
            category=self.category.value if self.category else None,
            title=self.title(thing),
            url=self.url(thing),
            summary=self.summary(thing),
            date=self.date(thing),
            **self.details(thing),
        )

    def hit(self, thing: Any) -> Hit:
        """The thing as a line of a list that the database made."""
        return Hit(
            id=document_id(self.kind, thing.pk),
            kind=self.kind.value,
            category=self.category.value if self.category else None,
            title=self.title(thing),
            url=self.url(thing),
            fragment=escape(self.excerpt(thing)),
            date=self.date(thing),
        )


def some(*values: str | bool | None) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value)


def lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def rows_of(
    model: type[Model], pks: Sequence[int], relation: str, columns: Sequence[str]
) -> Mapping[int, list[tuple[Any, ...]]]:
    """Per primary key what belongs to the thing, in its own order; one query, and no objects made for it."""
    rows = model._base_manager.filter(**{"pk__in": pks, f"{relation}__isnull": False}).order_by(relation)
    found = defaultdict(list)
    for pk, *values in rows.values_list("pk", *(f"{relation}__{name}" for name in columns)):
        found[pk].append(tuple(values))
    return found


def column(thing: Any, relation: str, place: int = 0) -> tuple[str, ...]:
    """One column of what belongs to a thing that was loaded."""
    return tuple(row[place] for row in thing.related_rows[relation])


def names_of(organisation: Organisation | None) -> tuple[str, ...]:
    """What people call an institution: name, abbreviation, and the name of what it belongs to."""
    if organisation is None:
        return ()
    parent = organisation.part_of
    return some(organisation.name, organisation.abbreviation, parent and parent.name)
