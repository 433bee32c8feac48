"""What stands about one subject, a shelf per category; from the database, so every list is as long as its count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Paginator
from django.core.paginator import Page as ResultPage
from django.db.models import QuerySet, Value
from django.http import Http404

from cms.categories import Category
from cms.memory import remembered
from pages import entry_cards
from pages.entry_cards import EntryCard
from search.results import Hit
from search.sources import BY_MODEL, PageSource, TopicSource
from search.wegwijzer import ENTRY_MODELS, KNOWLEDGE_MODELS, Cell, Row, open_pages, open_topics

FIRST_FEW = 12
PAGE_SIZE = 100

KNOWLEDGE_SOURCES = [source for model in KNOWLEDGE_MODELS if isinstance(source := BY_MODEL[model], PageSource)]
TOPICS = TopicSource()


@dataclass(frozen=True, slots=True)
class Shelf:
    """All or the first things of one category about a subject: entries as cards, other things as lines."""

    cell: Cell
    entries: tuple[EntryCard, ...] = ()
    hits: tuple[Hit, ...] = ()
    page: ResultPage[Any] | None = None

    @property
    def is_whole(self) -> bool:
        return self.page is not None or len(self.entries) + len(self.hits) == self.cell.count


@remembered
def first_of_each(row: Row) -> tuple[Shelf, ...]:
    """A shelf with the first few things for every cell that holds something."""
    return tuple(_shelf(cell, _things(cell)[:FIRST_FEW]) for cell in row.filled)


def whole(cell: Cell, page_number: int) -> Shelf:
    """A page of all things of a cell. Raises Http404 when there is no such page."""
    try:
        page = Paginator(_things(cell), PAGE_SIZE).page(page_number)
    except EmptyPage as error:
        raise Http404("Deze pagina van de lijst bestaat niet") from error
    return _shelf(cell, page.object_list, page)


def _things(cell: Cell) -> Sequence[EntryCard] | QuerySet[Any]:
    if cell.category in ENTRY_MODELS:
        return [card for card in entry_cards.active(ENTRY_MODELS[cell.category]) if cell.subject.slug in card.subjects]
    if cell.category == Category.FORUM:
        return open_topics().filter(details__subjects=cell.subject.pk)
    first, *others = (_knowledge(shelf_order, cell) for shelf_order in range(len(KNOWLEDGE_SOURCES)))
    return first.union(*others, all=True).order_by("shelf_order", "title")


def _knowledge(shelf_order: int, cell: Cell) -> QuerySet[Any]:
    """Of one type of knowledge page the columns that all of them share."""
    source = KNOWLEDGE_SOURCES[shelf_order]
    pages: QuerySet[Any] = source.model.objects.filter(pk__in=open_pages(), subjects=cell.subject.pk).order_by()
    columns = ("shelf_order", "pk", "title", "url_path", source.summary_field)
    return pages.annotate(shelf_order=Value(shelf_order)).values_list(*columns)


def _shelf(cell: Cell, things: Iterable[Any], page: ResultPage[Any] | None = None) -> Shelf:
    if cell.category in ENTRY_MODELS:
        return Shelf(cell, entries=tuple(things), page=page)
    if cell.category == Category.FORUM:
        return Shelf(cell, hits=tuple(TOPICS.hit(topic) for topic in things), page=page)
    return Shelf(cell, hits=tuple(_knowledge_hit(*row) for row in things), page=page)


def _knowledge_hit(shelf_order: int, pk: int, title: str, url_path: str, summary: str) -> Hit:
    source = KNOWLEDGE_SOURCES[shelf_order]
    return source.hit(source.model(pk=pk, title=title, url_path=url_path, **{source.summary_field: summary}))
