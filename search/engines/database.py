"""The fallback for when the engine is away: documents kept in the database, found by the words they begin with.

It knows titles, names and summaries, and no forms of words nor typing errors. Since it is a ``SearchEngine`` too, the
outbox and a rebuild store in it what they store in the engine, and it shows a visitor exactly the same things.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, reduce
from operator import and_, or_
from typing import Any

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from cms.categories import Kind
from search.documents import Facet, SearchDocument, Status
from search.engines.base import IndexWriter, SearchUnavailable
from search.engines.fields import Fields, fingerprint
from search.explaining import FURTHEST, Way, explanation
from search.highlighting import Highlighter
from search.language.words import chains, name_key, separate_words, stop_words
from search.models import StoredDocument
from search.planning import QueryPlan
from search.queries import SearchQuery, Sort, StatusChoice
from search.results import Explanation, Hit, Match, SearchResults, Suggestion

BATCH = 500
MOST_WORDS = 12
COLUMNS = {
    Facet.CATEGORY: "category",
    Facet.SUBJECT: "subjects",
    Facet.SECTOR: "sectors",
    Facet.REGION: "regions",
    Facet.KIND: "kind",
}
HOLDS_SEVERAL = {Facet.SUBJECT, Facet.SECTOR, Facet.REGION}


class DatabaseEngine:
    """See ``SearchEngine``; raises no SearchUnavailable, since without the database there is no site."""

    name = "database"

    def search(self, query: SearchQuery) -> SearchResults:
        words = asked_words(query.text)
        found = self._narrowed(query, words)
        marker = Highlighter(frozenset(words))
        page = self._ordered(found, query, words)[query.offset : query.offset + query.page_size]
        return SearchResults(
            hits=[self._hit(document, marker, query) for document in map(read, page)],
            total=found.count(),
            facets=self._facets(query, words),
            engine=self.name,
        )

    def suggest(self, text: str, limit: int = 8) -> Sequence[Suggestion]:
        words = asked_words(text)
        if not words:
            return []
        rows = StoredDocument.objects.filter(holds("title_words", words), status=Status.ACTIVE)
        return [Suggestion.of(read(row)) for row in rows.order_by("title_order", "pk")[:limit]]

    def more_like(self, document_id: str, limit: int = 5) -> Sequence[Suggestion]:
        row = StoredDocument.objects.filter(pk=document_id).first()
        subjects = row.subjects.split() if row else []
        if not subjects:
            return []
        shared = sum(
            (
                Case(When(subjects__contains=f" {slug} ", then=1), default=0, output_field=IntegerField())
                for slug in subjects
            ),
            Value(0),
        )
        about_them = StoredDocument.objects.filter(any_of("subjects", subjects), status=Status.ACTIVE)
        others = about_them.exclude(pk=document_id).exclude(kind=Kind.SUBJECT)
        return [
            Suggestion.of(read(row))
            for row in others.alias(shared=shared).order_by("-shared", "title_words", "pk")[:limit]
        ]

    def explain(self, query: SearchQuery, document_id: str) -> Explanation | None:
        row = StoredDocument.objects.filter(pk=document_id).first()
        if row is None:
            return None
        words = asked_words(query.text)
        answer = self.search(replace(query, page=1, page_size=FURTHEST))
        matches = [
            Match(typed=word, found=found, how=Way.BEGINNING if found else Way.NONE, field=field, steps=1)
            for word in words
            for found, field in [begun_by(word, row)]
        ]
        plan = QueryPlan(name_key=name_key(query.text))
        is_found = self._narrowed(query, words).filter(pk=document_id).exists()
        told = explanation(read(row), plan, query, answer, is_found=is_found)
        return replace(
            told, matches=matches, needed=len(words), held=sum(match.steps for match in matches if match.how)
        )

    def counts(self) -> dict[str, int]:
        return dict(Counter(StoredDocument.objects.values_list("kind", flat=True)))

    def ids(self) -> set[str]:
        return set(StoredDocument.objects.values_list("pk", flat=True))

    def needs_rebuild(self) -> bool:
        return not StoredDocument.objects.filter(version=row_version()).exists()

    def can_roll_back(self) -> bool:
        return False

    def previous_ids(self) -> set[str]:
        return set()

    def roll_back(self) -> None:
        raise SearchUnavailable("There is one table, and nothing before it")

    def index(self, documents: Iterable[SearchDocument]) -> None:
        self.update(documents, ())

    def delete(self, ids: Iterable[str]) -> None:
        self.update((), ids)

    @transaction.atomic
    def update(self, documents: Iterable[SearchDocument], deleted_ids: Iterable[str]) -> None:
        gone = list(deleted_ids)
        for start in range(0, len(gone), BATCH):
            StoredDocument.objects.filter(pk__in=gone[start : start + BATCH]).delete()
        StoredDocument.objects.bulk_create(
            map(row_of, self._changed(documents)),
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["document_id"],
            update_fields=[f.name for f in StoredDocument._meta.concrete_fields if not f.primary_key],
        )

    @staticmethod
    def _changed(documents: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
        """Those that are not stored as they are; a rebuild asks for all, and few have changed."""
        every = list(documents)
        for start in range(0, len(every), BATCH):
            batch = every[start : start + BATCH]
            rows = StoredDocument.objects.filter(pk__in=[document.id for document in batch], version=row_version())
            stored = dict(rows.values_list("pk", "content"))
            yield from (document for document in batch if stored.get(document.id) != content_of(document))

    @contextmanager
    def rebuild(self) -> Iterator[IndexWriter]:
        """There is one table, so a document is findable as soon as it is added; what was not added goes at the end."""
        filling = _Filling(self)
        yield filling
        self.delete(self.ids() - filling.ids)

    def _narrowed(
        self, query: SearchQuery, words: Sequence[str], without: Facet | None = None
    ) -> QuerySet[StoredDocument]:
        asked = Q(pk__in=query.promoted)
        if words or not query.text.strip():
            asked |= holds("words", words)
        rows = StoredDocument.objects.filter(asked).exclude(pk__in=query.hidden)
        if query.status != StatusChoice.ALL:
            rows = rows.filter(status=str(query.status))
        for facet, column in COLUMNS.items():
            chosen = [value for value in query.chosen(facet) if "\x00" not in value]
            if facet == without or not query.chosen(facet):
                continue
            rows = rows.filter(any_of(column, chosen) if facet in HOLDS_SEVERAL else Q(**{f"{column}__in": chosen}))
        return rows

    @staticmethod
    def _ordered(rows: QuerySet[StoredDocument], query: SearchQuery, words: Sequence[str]) -> QuerySet[StoredDocument]:
        newest = F("date").desc(nulls_last=True)
        if query.sort == Sort.TITLE:
            return rows.order_by("title_order", "pk")
        if query.sort == Sort.NEWEST or not query.text.strip():
            return rows.order_by(newest, "title_order", "pk")
        in_title = holds("title_words", words)
        is_title = Q(title_words__contains=f" {' '.join(words)} ")
        promoted = [When(pk=one, then=place - len(query.promoted)) for place, one in enumerate(query.promoted)]
        rank = Case(*promoted, When(is_title, then=0), When(in_title, then=1), default=2, output_field=IntegerField())
        is_promoted = Case(*(When(pk=one, then=0) for one in query.promoted), default=1, output_field=IntegerField())
        return rows.alias(rank=rank, others=is_promoted).order_by(
            "others", "status", "rank", newest, "title_words", "pk"
        )

    def _facets(self, query: SearchQuery, words: Sequence[str]) -> Mapping[Facet, Mapping[str, int]]:
        free = [facet for facet in Facet if not query.chosen(facet)]
        counts: dict[Facet, Counter[str]] = {facet: Counter() for facet in Facet}
        for row in self._narrowed(query, words).values_list(*(COLUMNS[facet] for facet in free)) if free else ():
            for facet, values in zip(free, row, strict=True):
                counts[facet].update(values.split())
        for facet in Facet:
            if facet not in free:
                for values in self._narrowed(query, words, without=facet).values_list(COLUMNS[facet], flat=True):
                    counts[facet].update(values.split())
        return {facet: dict(sorted(counts[facet].items(), key=lambda pair: (-pair[1], pair[0]))) for facet in Facet}

    @staticmethod
    def _hit(document: SearchDocument, marker: Highlighter, query: SearchQuery) -> Hit:
        key = name_key(query.text)
        formerly = next((name for name in document.predecessor_names if name_key(name) == key), "")
        return Hit.of(
            document,
            fragment=marker.fragment(document.summary, ""),
            formerly=formerly,
            is_promoted=document.id in query.promoted,
        )


class _Filling:
    """Remembers what a rebuild has added."""

    def __init__(self, engine: DatabaseEngine) -> None:
        self.engine = engine
        self.ids: set[str] = set()
        self.refused: dict[str, str] = {}

    def add(self, documents: Iterable[SearchDocument]) -> None:
        batch = list(documents)
        self.engine.index(batch)
        self.ids |= {document.id for document in batch}

    def finish(self) -> None:
        """There is nothing to prepare."""


def asked_words(text: str) -> list[str]:
    """The telling words of what a visitor typed, as they stand in the columns."""
    words = [word.exact for match in chains(text[:400]) for word in separate_words(match.group())]
    return [word for word in dict.fromkeys(words) if word not in stop_words()][:MOST_WORDS]


def begun_by(word: str, row: StoredDocument) -> tuple[str, str]:
    """The first word of a row that begins like this one, and the field it stands in."""
    for field, column in (("title", row.title_words), ("summary", row.words)):
        if found := next((other for other in column.split() if other.startswith(word)), ""):
            return found, field
    return "", ""


def spaced(words: Iterable[str]) -> str:
    """A column that holds several: a space before, between and after."""
    return f" {' '.join(words)} " if (words := list(words)) else ""


def holds(column: str, words: Iterable[str]) -> Q:
    """Rows in which each of these words begins a word."""
    return reduce(and_, (Q(**{f"{column}__contains": f" {word}"}) for word in words), ~Q(pk__in=[]))


def any_of(column: str, values: Iterable[str]) -> Q:
    """Rows of which the column holds one of these values, whole."""
    return reduce(or_, (Q(**{f"{column}__contains": f" {value} "}) for value in values), Q(pk__in=[]))


def row_of(document: SearchDocument) -> StoredDocument:
    fields = Fields.of(document)
    return StoredDocument(
        document_id=document.id,
        kind=document.kind,
        category=document.category or "",
        subjects=spaced(document.subjects),
        sectors=spaced(document.sectors),
        regions=spaced(document.regions),
        status=str(document.status),
        date=document.date,
        version=row_version(),
        title_order=fields.title_order,
        title_words=spaced(fields.words("title")),
        words=spaced(fields.words("title", "names", "predecessors", "summary")),
        content=content_of(document),
    )


def content_of(document: SearchDocument) -> dict[str, Any]:
    return document.as_dict() | {"body": ""}


@cache
def row_version() -> str:
    """Another one as soon as the same document would be stored otherwise."""
    return fingerprint(__file__)


def read(row: StoredDocument) -> SearchDocument:
    return SearchDocument.from_dict(row.content)
