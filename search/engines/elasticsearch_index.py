"""The index in Elasticsearch: its mapping, its versions behind one alias, and what is written into it."""

import logging
import re
import secrets
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch, helpers
from elasticsearch.dsl import Integer, Keyword, Long, Object, Text
from elasticsearch.dsl import Mapping as IndexMapping

from search.documents import SearchDocument
from search.engines.base import DocumentsRefused, SearchUnavailable, converted
from search.engines.elasticsearch_client import MAINTENANCE_SECONDS, STORE_SECONDS, faults_told
from search.engines.fields import FILTER_FIELDS, TEXT_FIELDS, Fields, fingerprint
from search.ranking import EVEN_FIELDS

DEEPEST = 100_000
"""No page of results reaches further; each node must sort as many hits to give the last of them."""

EMPTY = "."
"""Stands in a text field that is empty, so that every field counts as many documents: see ``BestPlace``."""

BULK_BYTES = 5_000_000
BULK_RETRIES, FIRST_PAUSE_SECONDS = 3, 0.5
BULKS_AT_ONCE = 2

logger = logging.getLogger(__name__)


def mapping() -> IndexMapping:
    """Every field named: what is not here is refused. Texts hold the tokens of search/language, apart by spaces."""
    found = IndexMapping()
    found.meta("dynamic", "strict")
    found.meta("_source", includes=["source"])
    found.field("source", Object(enabled=False))
    found.field("revision", Long())
    found.field("date", Integer())
    for name in ("id", "title_order", "all", *FILTER_FIELDS):
        found.field(name, Keyword())
    for name in ("key", "starts"):
        found.field(name, Keyword(doc_values=False))
    for name in TEXT_FIELDS:
        even: dict[str, Any] = {"similarity": "even", "norms": False} if name in EVEN_FIELDS else {}
        found.field(name, Text(analyzer="whitespace", index_options="freqs", **even))
    return found


def index_settings() -> dict[str, Any]:
    return {
        "number_of_shards": settings.ELASTICSEARCH_SHARDS,
        "number_of_replicas": settings.ELASTICSEARCH_REPLICAS,
        "max_result_window": DEEPEST,
        "similarity": {"even": {"type": "BM25", "k1": 0, "b": 0}},
    }


def body_of(document: SearchDocument) -> dict[str, Any]:
    fields = Fields.of(document)
    return {
        "id": document.id,
        "source": fields.source,
        "revision": secrets.randbits(32),
        "date": document.date.toordinal() if document.date else 0,
        "title_order": fields.title_order,
        "all": list(fields.all),
        "key": fields.keys,
        "starts": fields.starts,
        **fields.filters,
        **{name: " ".join(fields.texts.get(name, ())) or EMPTY for name in TEXT_FIELDS},
    }


def documents_of(answer: Mapping[str, Any]) -> list[SearchDocument]:
    """What ``body_of`` stored of the documents that were found."""
    return [SearchDocument.from_dict(hit["_source"]["source"]) for hit in answer["hits"]["hits"]]


class IndexVersions:
    """``<name>-<version>`` is the alias that code of this version reads and writes; the index behind it has that name
    with the time of its making. Code of another version has an alias of its own, and never reads what it cannot.
    """

    def __init__(self, client: Elasticsearch, name: str) -> None:
        self.asking = client
        self.client = client.options(request_timeout=MAINTENANCE_SECONDS)
        self.storing = client.options(request_timeout=STORE_SECONDS, max_retries=1)
        self.name = name
        self._made = re.compile(rf"{re.escape(name)}-[0-9a-f]{{10}}-(\d{{14}}-[0-9a-f]{{4}})")

    @cached_property
    def alias(self) -> str:
        return f"{self.name}-{fingerprint(__file__, str(mapping().to_dict()))}"

    def current(self) -> str | None:
        """The index in use; None when there is none that this code can read."""
        with faults_told("looking for the index"):
            answer = self.asking.options(ignore_status=404).indices.get_alias(name=self.alias)
            return None if answer.meta.status == 404 else next(iter(answer.body))

    def others(self) -> dict[str, bool]:
        """Every index of this name but the one in use, newest first, and whether its filling was finished."""
        current = self.current()
        with faults_told("looking for earlier indexes"):
            found = self.asking.indices.get(index=f"{self.name}-*", features=["settings"])
            made = {name: match[1] for name in found if (match := self._made.fullmatch(name)) and name != current}
            newest_first = sorted(made, key=lambda name: made[name], reverse=True)
            return {name: "refresh_interval" not in found[name]["settings"]["index"] for name in newest_first}

    def previous(self) -> str | None:
        """The newest whole one that this code can read, beside that in use."""
        others = self.others().items()
        return next((name for name, is_whole in others if is_whole and name.startswith(self.alias)), None)

    def use(self, index: str) -> None:
        """Let the alias point to this index, in one step for all readers."""
        current = self.current()
        away = [{"remove": {"index": current, "alias": self.alias}}] if current else []
        with faults_told("swapping the index"):
            self.client.indices.update_aliases(actions=[*away, {"add": {"index": index, "alias": self.alias}}])

    @contextmanager
    def fresh(self) -> Iterator["Filling"]:
        """Fill a new index, and use it when the block ends without an error and it holds all that was added."""
        index = f"{self.alias}-{datetime.now(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(2)}"
        unread = {"refresh_interval": "-1", "number_of_replicas": 0}
        with faults_told("making an index"):
            self.client.indices.create(index=index, mappings=mapping().to_dict(), settings=index_settings() | unread)
        try:
            with Filling(self, index) as filling:
                yield filling
        except BaseException:
            with faults_told("removing an unfinished index"):
                self.client.indices.delete(index=index, ignore_unavailable=True)
            raise
        before = self.current()
        self.use(index)
        try:
            self._keep(before)
        except SearchUnavailable as error:
            logger.warning("Old indexes stay until the next rebuild: %s", error)

    def complete(self, index: str, count: int) -> None:
        """Let an index that was filled be like any other. Raises SearchUnavailable when it does not hold as many."""
        with faults_told("finishing the index"):
            self.client.indices.refresh(index=index)
            found = self.client.count(index=index)["count"]
            if found != count:
                raise SearchUnavailable(f"The new index holds {found} documents instead of {count}; the old one stays")
            finished = {"refresh_interval": None, "number_of_replicas": settings.ELASTICSEARCH_REPLICAS}
            self.client.indices.put_settings(index=index, settings=finished)

    def _keep(self, before: str | None) -> None:
        """Remove all but the index in use and one before it."""
        others = self.others()
        previous = before or next(iter(others), None)
        for index in others:
            if index != previous:
                with faults_told("removing an old index"):
                    self.client.indices.delete(index=index, ignore_unavailable=True)

    def fill(self, index: str, actions: Iterable[dict[str, Any]]) -> dict[str, str]:
        """As ``update`` in an index that nobody reads yet; what the server is too busy for is sent again."""
        return self._write(self.client, index, actions, max_retries=BULK_RETRIES, initial_backoff=FIRST_PAUSE_SECONDS)

    def _write(
        self, client: Elasticsearch, index: str, actions: Iterable[dict[str, Any]], **options: Any
    ) -> dict[str, str]:
        """Send these in order, and tell what can never be stored and why, by id."""
        refused: dict[str, str] = {}
        with faults_told("storing"):
            for succeeded, result in helpers.streaming_bulk(
                client, actions, index=index, max_chunk_bytes=BULK_BYTES, raise_on_error=False, **options
            ):
                [(action, said)] = result.items()
                if succeeded or (action == "delete" and said.get("result") == "not_found"):
                    continue
                if said["status"] == 400:
                    refused[said["_id"]] = str(said["error"])
                else:
                    raise SearchUnavailable(f"storing {said['_id']}: {said['status']} {said['error']}")
        return refused

    def update(self, documents: Iterable[SearchDocument], deleted_ids: Iterable[str]) -> None:
        """Store and remove in the index in use, findable at once."""
        refused: dict[str, str] = {}
        actions = [*storing(documents, refused), *({"_op_type": "delete", "_id": one} for one in deleted_ids)]
        # No retries: somebody waits, and the outbox tries again.
        refused |= self._write(self.storing, self.alias, actions, refresh=True, require_alias=True)
        if refused:
            raise DocumentsRefused(refused)


def storing(documents: Iterable[SearchDocument], refused: dict[str, str]) -> Iterator[dict[str, Any]]:
    for document_id, body in converted(documents, body_of, refused):
        yield {"_op_type": "index", "_id": document_id, "_source": body}


class Filling:
    """Fills an index that nobody reads yet: while the server stores, the next documents are made."""

    def __init__(self, versions: IndexVersions, index: str) -> None:
        self.versions = versions
        self.index = index
        self.refused: dict[str, str] = {}
        self.stored = 0
        self._is_complete = False
        self._pool = ThreadPoolExecutor(BULKS_AT_ONCE, thread_name_prefix="filling-index")
        self._sent: deque[tuple[int, Future[dict[str, str]]]] = deque()

    def __enter__(self) -> "Filling":
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        try:
            if kind is None:
                self.finish()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def finish(self) -> None:
        while self._sent:
            self._await_oldest()
        if not self._is_complete:
            self.versions.complete(self.index, self.stored)
            self._is_complete = True

    def add(self, documents: Iterable[SearchDocument]) -> None:
        actions = list(storing(documents, self.refused))
        while len(self._sent) >= BULKS_AT_ONCE:
            self._await_oldest()
        self._sent.append((len(actions), self._pool.submit(self.versions.fill, self.index, actions)))

    def _await_oldest(self) -> None:
        count, sent = self._sent.popleft()
        refused = sent.result()
        self.refused |= refused
        self.stored += count - len(refused)
