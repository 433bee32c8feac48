"""Elasticsearch without this platform in between: the reference for the engine that uses it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest.mock import patch

import urllib3

from search.documents import Facet, SearchDocument
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.fields import FACET_FIELDS
from search.queries import SearchQuery

JSON_LINES = {"Content-Type": "application/x-ndjson"}
PLAIN_MAPPING = {
    "properties": {
        **{name: {"type": "text"} for name in ("title", "summary", "body")},
        **{name: {"type": "keyword"} for name in ("kind", "category", "subjects", "sectors")},
        "date": {"type": "date"},
    }
}
PLAIN_FACETS = (Facet.CATEGORY, Facet.SUBJECT, Facet.KIND)

Line = dict[str, Any]


class Server:
    """Elasticsearch over kept connections. What it answers is read, and not even parsed."""

    def __init__(self, address: str, connections: int = 1) -> None:
        self.pool = urllib3.PoolManager(maxsize=connections, retries=False)
        self.address = address
        self.connections = connections

    def ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        answer = self.pool.request(method, f"{self.address}/{path}", body=body, headers=JSON_LINES)
        if answer.status != 200:
            raise SystemExit(f"Elasticsearch answered {answer.status} to {path}: {answer.data[:500]!r}")
        return answer.data

    def create(self, index: str, mappings: Line, settings: Line) -> None:
        settings = {**settings, "number_of_replicas": 0, "refresh_interval": "-1"}
        self.ask("PUT", index, json.dumps({"mappings": mappings, "settings": settings}).encode())

    def delete(self, index: str) -> None:
        self.ask("DELETE", index)

    def fill(self, index: str, chunks: Iterable[bytes]) -> None:
        """Post each chunk, as many at once as there are connections, and make all findable."""
        with ThreadPoolExecutor(self.connections) as pool:
            for answer in pool.map(lambda chunk: self.ask("POST", f"{index}/_bulk", chunk), chunks):
                if b'"errors":true' in answer[:200]:
                    raise SystemExit(f"Elasticsearch refused documents: {answer[:500]!r}")
        self.ask("POST", f"{index}/_refresh")

    def size_of(self, index: str) -> int:
        """In bytes on disk."""
        return int(json.loads(self.ask("GET", f"{index}/_stats/store"))["_all"]["total"]["store"]["size_in_bytes"])


def lines(parts: Iterable[Line]) -> bytes:
    return b"".join(json.dumps(part, separators=(",", ":"), ensure_ascii=False).encode() + b"\n" for part in parts)


def bulk(bodies: Iterable[tuple[str, Line]]) -> bytes:
    """A chunk for ``Server.fill`` out of ids and what is stored under them."""
    return lines(line for document_id, body in bodies for line in ({"index": {"_id": document_id}}, body))


def plain_body(document: SearchDocument) -> Line:
    names = ("kind", "category", "title", "summary", "body", "subjects", "sectors")
    return {**{name: getattr(document, name) for name in names}, "date": document.date and document.date.isoformat()}


def plain_chunks(batches: Iterable[Sequence[SearchDocument]]) -> Iterator[bytes]:
    for batch in batches:
        yield bulk((document.id, plain_body(document)) for document in batch)


def plain_query(query: SearchQuery) -> bytes:
    """What somebody would write by hand for the same question, with three facets and fragments."""
    found: Line = {"match_all": {}}
    if query.text:
        found = {"multi_match": {"query": query.text, "fields": ["title^4", "summary", "body"]}}
    chosen = [{"terms": {FACET_FIELDS[facet]: list(values)}} for facet, values in query.filters.items()]
    facets = {facet.value: {"terms": {"field": FACET_FIELDS[facet], "size": 100}} for facet in PLAIN_FACETS}
    body = {
        "query": {"bool": {"must": [found], "filter": chosen}},
        "aggs": facets,
        "size": query.page_size,
        "track_total_hits": True,
        "highlight": {"fields": {"summary": {}, "body": {}}},
    }
    return json.dumps(body if query.text else body | {"sort": [{"date": "desc"}]}).encode()


def as_sent(engine: ElasticsearchEngine, query: SearchQuery) -> bytes:
    """The body with which the engine asks this of Elasticsearch, when it knows the words of the query."""
    engine.search(query)
    send = urllib3.HTTPConnectionPool.urlopen
    with patch.object(urllib3.HTTPConnectionPool, "urlopen", autospec=True, side_effect=send) as sending:
        engine.search(query)
    body: bytes = sending.call_args.kwargs["body"]
    return body
