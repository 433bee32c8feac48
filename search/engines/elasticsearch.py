"""The search engine over the network: Elasticsearch, one machine or many."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from elasticsearch import helpers

from search.documents import Facet, SearchDocument
from search.engines import clauses
from search.engines.base import IndexWriter, SearchUnavailable
from search.engines.clauses import AllOf, AnyOf, Clause, Ranked
from search.engines.elasticsearch_client import JSON, Failing, Guard, connect, fault_of, faults_told
from search.engines.elasticsearch_index import DEEPEST, IndexVersions, documents_of
from search.engines.elasticsearch_lexicon import (
    Keeper,
    Lexicon,
    Reading,
    news_of,
    read_counts,
    read_news,
    read_subjects,
)
from search.engines.elasticsearch_queries import query_for
from search.engines.fields import FACET_FIELDS
from search.engines.hits import hit_on, marker_of, order_of
from search.explaining import FURTHEST, explanation
from search.planning import Planner, QueryPlan
from search.queries import SearchQuery, Sort
from search.results import Explanation, SearchResults, Suggestion

MOST_VALUES = 10_000
"""More values than a facet will ever have; should one have more, that is said and nothing is cut in silence."""

SERVER_MILLISECONDS = 1_800
"""After which Elasticsearch itself gives up on a search that nobody waits for any more."""

LOST_A_NODE = {502, 503}
"""A shard was read on a node that went meanwhile; the others have copies, and know so by the next request."""

ORDERS = {Sort.TITLE: ("title_order", "id"), Sort.NEWEST: ({"date": "desc"}, "id"), Sort.RELEVANCE: ("_score", "id")}

Body = dict[str, Any]


class ElasticsearchEngine:
    """See ``SearchEngine``. A search is one request; a second follows when the first one's answer has news of words or
    subjects by which the query must be read differently.
    """

    name = "elasticsearch"

    def __init__(self, index_name: str) -> None:
        self.client = connect()
        self.versions = IndexVersions(self.client, index_name)
        self.words = Keeper(self.versions.client, self.versions.alias)
        self.guarded = Guard()

    # Reading

    def search(self, query: SearchQuery) -> SearchResults:
        with self.guarded():
            return self._search(query)

    def suggest(self, text: str, limit: int = 8) -> Sequence[Suggestion]:
        asked = clauses.beginning_like(text)
        if asked is None:
            return []
        with self.guarded():
            return [Suggestion.of(document) for document in self._best(asked, limit)]

    def more_like(self, document_id: str, limit: int = 5) -> Sequence[Suggestion]:
        with self.guarded():
            for document in self._best(AnyOf("id", (document_id,)), 1):
                plan = Planner(self.words.get()).plan(f"{document.title} {document.summary}")
                return [Suggestion.of(other) for other in self._best(clauses.related_to(document, plan), limit)]
            return []

    def explain(self, query: SearchQuery, document_id: str) -> Explanation | None:
        itself = AnyOf("id", (document_id,))
        with self.guarded():
            for document in self._best(itself, 1):
                plan = Planner(self.words.get()).plan(query.text)
                answer = self._search(replace(query, page=1, page_size=FURTHEST))
                found = self._best(AllOf((clauses.asked(query, plan), *clauses.filters(query), itself)), 1)
                return explanation(document, plan, query, answer, is_found=bool(found))
            return None

    def counts(self) -> dict[str, int]:
        with self.guarded():
            [answer] = self._ask({"size": 0, "aggs": {"kinds": {"terms": {"field": "kind", "size": MOST_VALUES}}}})
            return counts_of(answer["aggregations"]["kinds"])

    def ids(self) -> set[str]:
        return self._ids_in(self.versions.alias)

    # Writing

    def index(self, documents: Iterable[SearchDocument]) -> None:
        self.update(documents, ())

    def delete(self, ids: Iterable[str]) -> None:
        self.update((), ids)

    def update(self, documents: Iterable[SearchDocument], deleted_ids: Iterable[str]) -> None:
        if self.guarded.circuit.opened:  # nobody who saves waits for a server that does not answer
            raise SearchUnavailable("Elasticsearch is left alone for a while")
        self.versions.update(documents, deleted_ids)

    @contextmanager
    def rebuild(self) -> Iterator[IndexWriter]:
        with self.versions.fresh() as filling:
            yield filling

    def needs_rebuild(self) -> bool:
        return self.versions.current() is None

    def can_roll_back(self) -> bool:
        return self.versions.previous() is not None

    def previous_ids(self) -> set[str]:
        previous = self.versions.previous()
        return self._ids_in(previous) if previous else set()

    def _ids_in(self, index: str) -> set[str]:
        with faults_told("listing the index"):
            found = helpers.scan(self.versions.client, index=index, query={"_source": False}, size=5_000)
            return {hit["_id"] for hit in found}

    def roll_back(self) -> None:
        previous = self.versions.previous()
        if previous is None:
            raise SearchUnavailable("There is no previous index that this version of the code can read")
        self.versions.use(previous)

    # How a search is answered

    def _search(self, query: SearchQuery) -> SearchResults:
        if not query.text.strip():
            [answer] = self._ask(self._asked(query, QueryPlan()))
            return self._results(query, QueryPlan(), answer)
        lexicon = self.words.get()
        for _ in range(3):  # news comes once; more often only while others are storing
            reading = Reading(lexicon)
            plan = Planner(reading).plan(query.text)
            answer, news = self._ask(self._asked(query, plan), news_of(reading.thought))
            newer = self._with_news(lexicon, news, reading.thought)
            if newer is lexicon or Planner(newer).plan(query.text) == plan:
                break
            lexicon = newer
        return self._results(query, plan, answer)

    @staticmethod
    def _asked(query: SearchQuery, plan: QueryPlan) -> Body:
        """One request for hits, their total and every facet, each counted without its own filter."""
        asked = clauses.asked(query, plan)
        order = order_of(query)
        matching: Clause = Ranked(asked, clauses.scores(query, plan)) if order == Sort.RELEVANCE else asked
        is_reachable = query.offset + query.page_size <= DEEPEST
        return {
            "query": query_for(matching),
            "post_filter": query_for(AllOf(tuple(clauses.filters(query)))),
            "aggs": {
                facet.value: {
                    "filter": query_for(AllOf(tuple(clauses.filters(query, without=facet)))),
                    "aggs": {"values": {"terms": {"field": FACET_FIELDS[facet], "size": MOST_VALUES}}},
                }
                for facet in Facet
            },
            "sort": ORDERS[order],
            "from": query.offset if is_reachable else 0,
            "size": query.page_size if is_reachable else 0,
            "track_total_hits": True,
        }

    def _results(self, query: SearchQuery, plan: QueryPlan, answer: Mapping[str, Any]) -> SearchResults:
        marker = marker_of(plan)
        return SearchResults(
            hits=[hit_on(document, plan, marker, query) for document in documents_of(answer)],
            total=answer["hits"]["total"]["value"],
            facets={facet: counts_of(answer["aggregations"][facet.value]["values"]) for facet in Facet},
            did_you_mean=plan.did_you_mean,
            engine=self.name,
        )

    def _best(self, clause: Clause, limit: int) -> list[SearchDocument]:
        [answer] = self._ask({"query": query_for(clause), "sort": ORDERS[Sort.RELEVANCE], "size": limit})
        return documents_of(answer)

    def _ask(self, *bodies: Body) -> list[Mapping[str, Any]]:
        """All of these in one request; raises for an answer that is missing, or was cut short."""
        header = {"index": self.versions.alias, "allow_partial_search_results": False}
        limits = {"timeout": f"{SERVER_MILLISECONDS}ms"}
        lines: Any = [JSON.dumps(line) for body in bodies for line in (header, body | limits)]
        answers = self.client.msearch(searches=lines)["responses"]
        if any(answer["status"] in LOST_A_NODE for answer in answers if "error" in answer):
            answers = self.client.msearch(searches=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise fault_of(answer["status"], f"searching: {answer['status']} {answer['error']}")
            if answer["timed_out"]:
                raise Failing("searching: Elasticsearch was too slow")
        return answers

    def _with_news(self, lexicon: Lexicon, answer: Mapping[str, Any], thought: Mapping[str, bool]) -> Lexicon:
        news, newer = read_news(answer, thought), lexicon
        if not news.is_as_thought:
            counts = read_counts(self.client, self.versions.alias, list(thought))
            newer = newer.with_counts({token: n for token, n in counts.items() if bool(n) != thought[token]})
        if news.subjects_stamp != lexicon.subjects_stamp:
            stamp, subjects = read_subjects(self.client, self.versions.alias)
            newer = replace(newer, subjects_stamp=stamp, subjects=subjects)
        if newer is not lexicon:
            self.words.learn(newer)
        return newer


def counts_of(terms: Mapping[str, Any]) -> dict[str, int]:
    if terms["sum_other_doc_count"]:
        raise SearchUnavailable("A facet has more values than Elasticsearch gives at once")
    return {bucket["key"]: bucket["doc_count"] for bucket in terms["buckets"]}
