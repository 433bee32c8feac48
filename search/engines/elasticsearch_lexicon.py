"""What this process knows of the words in Elasticsearch's index, so that a query can be read without asking first.

Read whole now and then. In between it may be behind: therefore each search also asks for what the lexicon did not know
while the query was read, and for changes of the subjects. When the answer has news, the query is read once more.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from string import ascii_lowercase
from typing import Any

from elasticsearch import Elasticsearch

from cms.categories import Kind
from search.documents import SearchDocument
from search.engines.clauses import AnyOf, Clause, SomeOf
from search.engines.elasticsearch_queries import query_for
from search.language.spelling import Spelling
from search.language.words import PAIR
from search.planning import rarity, weigh_stem
from search.vocabulary import Vocabulary

PAGE = 10_000
MOST_SUBJECTS = 10_000
BEYOND_PAIRS = PAIR + "\uffff"
SUBJECTS = AnyOf("kind", (Kind.SUBJECT.value,))

Stamp = tuple[int, int]
"""How many documents there are of some sort, and the sum of their random revisions: another after each change."""


@dataclass(frozen=True)
class Lexicon:
    """The words of an index and its subjects. Never changes, so threads can share it.

    It holds no pairs of words: in a large index there are more than a process can keep.
    """

    stamp: Stamp
    frequencies: Mapping[str, int]
    subjects_stamp: Stamp
    subjects: Sequence[SearchDocument]
    _weights: dict[str, float] = field(default_factory=dict, compare=False)

    def rarity(self, frequency: int) -> float:
        return rarity(frequency, self.stamp[0])

    def frequency(self, token: str) -> int:
        """A pair is thought to be there once, as long as nothing else is known."""
        return self.frequencies.get(token, 1 if token[0] == PAIR else 0)

    def weigh(self, stem: str) -> float:
        if stem not in self._weights:
            self._weights[stem] = weigh_stem(stem, self)
        return self._weights[stem]

    def neighbours(self, word: str) -> Sequence[tuple[str, float]]:
        return self.spelling.neighbours(word)

    @cached_property
    def spelling(self) -> Spelling:
        words = ((word, count) for word, count in self.frequencies.items() if count and word[0] in ascii_lowercase)
        return Spelling(dict(words))

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.subjects, self.weigh)

    def with_counts(self, counts: Mapping[str, int]) -> "Lexicon":
        return replace(self, frequencies={**self.frequencies, **counts}, _weights={})


class Reading:
    """A lexicon during one reading of a query, which remembers what it was asked and was not sure of."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.unsure: dict[str, None] = {}

    def frequency(self, token: str) -> int:
        found = self.lexicon.frequency(token)
        if not found or token[0] == PAIR:
            self.unsure[token] = None
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lexicon, name)


REVISIONS = {"revisions": {"sum": {"field": "revision"}}}


def news_of(unsure: Sequence[str]) -> dict[str, Any]:
    """Asks for the stamp of the subjects, and whether what the lexicon was not sure of is there."""
    words, pairs = words_and_pairs(unsure)
    asked: dict[str, Clause] = {"subjects": SUBJECTS, "words": AnyOf("all", tuple(words))}
    asked |= {pair: AnyOf("all", (pair,)) for pair in pairs}
    filters = {name: query_for(clause) for name, clause in asked.items()}
    return {
        "query": query_for(SomeOf(tuple(asked.values()))),
        "size": 0,
        "track_total_hits": False,
        "aggs": {"found": {"filters": {"filters": filters}, "aggs": REVISIONS}},
    }


@dataclass(frozen=True)
class News:
    """What an answer says of what the lexicon was not sure of."""

    subjects_stamp: Stamp
    is_as_thought: bool
    """No word is there that was thought to be missing, and no pair is missing that was thought to be there."""


def read_news(answer: Mapping[str, Any], unsure: Sequence[str]) -> News:
    found = answer["aggregations"]["found"]["buckets"]
    _, pairs = words_and_pairs(unsure)
    return News(
        (found["subjects"]["doc_count"], int(found["subjects"]["revisions"]["value"])),
        not found["words"]["doc_count"] and all(found[pair]["doc_count"] for pair in pairs),
    )


def words_and_pairs(tokens: Sequence[str]) -> tuple[list[str], list[str]]:
    return [token for token in tokens if token[0] != PAIR], [token for token in tokens if token[0] == PAIR]


def read_counts(client: Elasticsearch, index: str, tokens: Sequence[str]) -> dict[str, int]:
    """How many documents hold each of these tokens."""
    counted = {"terms": {"field": "all", "include": tokens, "size": len(tokens)}}
    holding = query_for(AnyOf("all", tuple(tokens)))
    answer = client.search(index=index, query=holding, size=0, track_total_hits=False, aggs={"tokens": counted})
    buckets = answer["aggregations"]["tokens"]["buckets"]
    return dict.fromkeys(tokens, 0) | {bucket["key"]: bucket["doc_count"] for bucket in buckets}


def read_stamp(client: Elasticsearch, index: str) -> Stamp:
    answer = client.search(index=index, size=0, track_total_hits=True, aggs=REVISIONS)
    return answer["hits"]["total"]["value"], int(answer["aggregations"]["revisions"]["value"])


def read_subjects(client: Elasticsearch, index: str) -> tuple[Stamp, list[SearchDocument]]:
    answer = client.search(index=index, query=query_for(SUBJECTS), size=MOST_SUBJECTS, aggs=REVISIONS)
    documents = [SearchDocument.from_dict(hit["_source"]["source"]) for hit in answer["hits"]["hits"]]
    return (len(documents), int(answer["aggregations"]["revisions"]["value"])), documents


def read_lexicon(client: Elasticsearch, index: str) -> Lexicon:
    stamp = read_stamp(client, index)
    subjects_stamp, subjects = read_subjects(client, index)
    return Lexicon(stamp, dict(_frequencies(client, index)), subjects_stamp, subjects)


def _frequencies(client: Elasticsearch, index: str) -> Iterator[tuple[str, int]]:
    """All tokens but the pairs, which come before the others in the order of their signs."""
    after: dict[str, str] | None = {"token": BEYOND_PAIRS}
    while after:
        tokens = {"size": PAGE, "sources": [{"token": {"terms": {"field": "all"}}}], "after": after}
        answer = client.search(index=index, size=0, track_total_hits=False, aggs={"tokens": {"composite": tokens}})
        found = answer["aggregations"]["tokens"]
        yield from ((bucket["key"]["token"], bucket["doc_count"]) for bucket in found["buckets"])
        after = found.get("after_key")
