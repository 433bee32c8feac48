"""The search engine inside the process: tantivy, with its index in ``DATA_DIR``. Nothing to install or to start."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import orjson
import tantivy
from tantivy import Order, Query

from cms.categories import Kind
from search.documents import Facet, SearchDocument
from search.engines import clauses
from search.engines import embedded_index as storage
from search.engines.base import DocumentsRefused, IndexWriter, converted
from search.engines.clauses import AllOf, AnyOf, Clause, Ranked
from search.engines.embedded_queries import QueryBuilder
from search.engines.fields import FACET_FIELDS
from search.engines.hits import hit_on, marker_of, order_of
from search.explaining import FURTHEST, explanation
from search.language.spelling import Spelling
from search.planning import Planner, QueryPlan, rarity, weigh_stem
from search.queries import SearchQuery, Sort
from search.results import Explanation, SearchResults, Suggestion
from search.vocabulary import Vocabulary

MOST_VALUES = 65_000
"""More values than a facet will ever have: tantivy's own limit, so that no list is cut."""


class Snapshot:
    """The index as it was after one commit, and what is known about it. Never changes, so threads can share it."""

    def __init__(self, index: tantivy.Index) -> None:
        self.searcher = index.searcher()
        self.schema = index.schema
        self.size = self.searcher.num_docs
        self.builder = QueryBuilder(self.schema, self.frequency_in, self.rarity)
        self._frequencies: dict[tuple[str, str], int] = {}
        self._weights: dict[str, float] = {}

    def frequency_in(self, field: str, token: str) -> int:
        key = (field, token)
        found = self._frequencies.get(key)
        if found is None:
            if len(self._frequencies) > 100_000:
                self._frequencies.clear()
            found = self._frequencies[key] = self.searcher.doc_freq(field, token)
        return found

    def frequency(self, token: str) -> int:
        return self.frequency_in("all", token)

    def rarity(self, frequency: int) -> float:
        return rarity(frequency, self.size)

    def weigh(self, stem: str) -> float:
        if stem not in self._weights:
            self._weights[stem] = weigh_stem(stem, self)
        return self._weights[stem]

    def neighbours(self, word: str) -> Sequence[tuple[str, float]]:
        """Known words near it. The dictionary of the index keeps words of what was taken out: those are not known."""
        return [near for near in self.spelling.neighbours(word) if any(True for _ in self.best(_holding(near[0]), 1))]

    @cached_property
    def spelling(self) -> Spelling:
        return Spelling(
            {
                word: count
                for letter in ascii_lowercase
                for word, count in self.searcher.terms_with_prefix("all", letter)
            }
        )

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.best(AnyOf("kind", (Kind.SUBJECT.value,)), 10_000), self.weigh)

    def best(self, clause: Clause, limit: int) -> Iterator[SearchDocument]:
        found = self.searcher.search(self.builder.query(clause), limit=limit, count=False)
        return (self.document(address) for _, address in found.hits)

    def document(self, address: tantivy.DocAddress) -> SearchDocument:
        source: Any = self.searcher.doc(address).get_first("source")
        return SearchDocument.from_dict(orjson.loads(bytes(source)))


def _holding(word: str) -> Clause:
    return AnyOf("all", (word,))


class EmbeddedEngine:
    """See ``SearchEngine``. Any number of threads and processes may read; writers wait for each other."""

    name = "ingebouwd"

    def __init__(self, folder: Path) -> None:
        self.index_folder = storage.IndexFolder(folder)
        self._lock = threading.Lock()
        self._opened: tuple[Path, tantivy.Index] | None = None
        self._state: tuple[Path, tuple[int, int]] | None = None
        self._snapshot: Snapshot | None = None

    # Reading

    def search(self, query: SearchQuery) -> SearchResults:
        snapshot = self._read()
        plan = Planner(snapshot).plan(query.text)
        asked = clauses.asked(query, plan)
        found: Any = self._ordered(snapshot, plan, query, AllOf((asked, *clauses.filters(query))))
        marker = marker_of(plan)
        return SearchResults(
            hits=[hit_on(snapshot.document(address), plan, marker, query) for _, address in found.hits],
            total=found.count,
            facets=self._facets(snapshot, query, asked),
            did_you_mean=plan.did_you_mean,
            engine=self.name,
        )

    def suggest(self, text: str, limit: int = 8) -> Sequence[Suggestion]:
        asked = clauses.beginning_like(text)
        return [Suggestion.of(document) for document in self._read().best(asked, limit)] if asked else []

    def more_like(self, document_id: str, limit: int = 5) -> Sequence[Suggestion]:
        snapshot = self._read()
        for document in snapshot.best(AnyOf("id", (document_id,)), 1):
            plan = Planner(snapshot).plan(f"{document.title} {document.summary}")
            return [Suggestion.of(other) for other in snapshot.best(clauses.related_to(document, plan), limit)]
        return []

    def explain(self, query: SearchQuery, document_id: str) -> Explanation | None:
        snapshot = self._read()
        plan = Planner(snapshot).plan(query.text)
        for document in snapshot.best(AnyOf("id", (document_id,)), 1):
            answer = self.search(replace(query, page=1, page_size=FURTHEST))
            found = AllOf((clauses.asked(query, plan), *clauses.filters(query), AnyOf("id", (document_id,))))
            return explanation(document, plan, query, answer, is_found=any(True for _ in snapshot.best(found, 1)))
        return None

    def counts(self) -> dict[str, int]:
        snapshot = self._read()
        return self._count_values(snapshot, AllOf(()), [Facet.KIND])[Facet.KIND]

    def ids(self) -> set[str]:
        return ids_in(self._read().searcher)

    # Writing

    def index(self, documents: Iterable[SearchDocument]) -> None:
        self.update(documents, ())

    def delete(self, ids: Iterable[str]) -> None:
        self.update((), ids)

    def update(self, documents: Iterable[SearchDocument], deleted_ids: Iterable[str]) -> None:
        refused: dict[str, str] = {}
        stored = dict(converted(documents, storage.as_tantivy, refused))
        gone = [*stored, *deleted_ids]

        def change(writer: tantivy.IndexWriter) -> None:
            for document_id in gone:
                writer.delete_documents_by_term("id", document_id)
            for document in stored.values():
                writer.add_document(document)

        self.index_folder.write(change)
        if refused:
            raise DocumentsRefused(refused)

    @contextmanager
    def rebuild(self) -> Iterator[IndexWriter]:
        with self.index_folder.fresh_version() as (writer, close):
            yield _Filling(writer, close)

    def needs_rebuild(self) -> bool:
        return self.index_folder.current() is None

    def can_roll_back(self) -> bool:
        return self.index_folder.previous() is not None

    def previous_ids(self) -> set[str]:
        path = self.index_folder.previous()
        return ids_in(tantivy.Index.open(str(path)).searcher()) if path else set()

    def roll_back(self) -> None:
        self.index_folder.use_previous()

    # How a search is answered

    def _read(self) -> Snapshot:
        """The newest snapshot; a swap or a commit by any process is noticed by looking at two small files."""
        path = self.index_folder.current()
        state = (path, storage.last_commit(path)) if path else None
        if self._snapshot and state and state == self._state:
            return self._snapshot
        with self._lock:
            if self._opened is None or self._opened[0] != path:
                self._opened = self.index_folder.open()
            opened_path, index = self._opened
            self._state = (opened_path, storage.last_commit(opened_path))
            index.reload()
            self._snapshot = Snapshot(index)
            return self._snapshot

    @staticmethod
    def _ordered(snapshot: Snapshot, plan: QueryPlan, query: SearchQuery, matching: Clause) -> tantivy.SearchResult:
        search, build = snapshot.searcher.search, snapshot.builder.query
        page: dict[str, Any] = {"limit": query.page_size, "offset": query.offset}
        match order_of(query):
            case Sort.TITLE:
                return search(build(matching), order_by_field="title_order", order=Order.Asc, **page)
            case Sort.NEWEST:
                return search(build(matching), order_by_field="date", order=Order.Desc, **page)
            case Sort.RELEVANCE:
                return search(build(Ranked(matching, clauses.scores(query, plan))), **page)

    def _facets(self, snapshot: Snapshot, query: SearchQuery, asked: Clause) -> Mapping[Facet, Mapping[str, int]]:
        """Facets that narrow nothing are counted together; each other one without its own filter."""
        free = [facet for facet in Facet if not query.chosen(facet)]
        counted = self._count_values(snapshot, AllOf((asked, *clauses.filters(query))), free)
        for facet in Facet:
            if facet not in free:
                others = AllOf((asked, *clauses.filters(query, without=facet)))
                counted |= self._count_values(snapshot, others, [facet])
        return {facet: counted[facet] for facet in Facet}

    @staticmethod
    def _count_values(snapshot: Snapshot, clause: Clause, facets: Sequence[Facet]) -> dict[Facet, dict[str, int]]:
        if not facets:
            return {}
        wanted = {facet: {"terms": {"field": FACET_FIELDS[facet], "size": MOST_VALUES}} for facet in facets}
        found: dict[str, Any] = snapshot.searcher.aggregate(snapshot.builder.query(clause), wanted)
        return {facet: {b["key"]: b["doc_count"] for b in found[facet]["buckets"]} for facet in facets}


def ids_in(searcher: tantivy.Searcher) -> set[str]:
    found = searcher.search(Query.all_query(), limit=max(1, searcher.num_docs), count=False, order_by_field="id")
    return {value for value, _ in found.hits}


class _Filling:
    """The writer of a fresh version, as the rest of the site sees it."""

    def __init__(self, writer: tantivy.IndexWriter, finish: Callable[[], None]) -> None:
        self.writer = writer
        self.finish = finish
        self.refused: dict[str, str] = {}

    def add(self, documents: Iterable[SearchDocument]) -> None:
        for _, document in converted(documents, storage.as_tantivy, self.refused):
            self.writer.add_document(document)
