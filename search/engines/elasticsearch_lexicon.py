"""What this process knows of the words in Elasticsearch's index, so that a query can be read without asking first.

Read whole now and then. In between it may be behind: therefore each search also asks for what the lexicon did not know
while the query was read, and for changes of the subjects. When the answer has news, the query is read once more.
"""

import logging
import math
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from string import ascii_lowercase
from typing import Any

from elasticsearch import Elasticsearch

from cms.categories import Kind
from search.documents import SearchDocument
from search.engines.base import SearchUnavailable
from search.engines.clauses import AnyOf, Clause, SomeOf
from search.engines.elasticsearch_client import SEARCH_SECONDS, Failing, faults_told
from search.engines.elasticsearch_index import documents_of
from search.engines.elasticsearch_queries import query_for
from search.language.spelling import Spelling
from search.language.words import PAIR, PART, ROOT, STEM
from search.planning import rarity, weigh_stem
from search.vocabulary import Vocabulary

MOST_TOKENS = 65_000
MOST_SUBJECTS = 10_000
MOST_PAIRS = 10_000
SUBJECTS = AnyOf("kind", (Kind.SUBJECT.value,))

LEXICON_SECONDS = 60
"""How far the frequencies may be behind; what they would hide is asked for in each search."""

PATIENCE_SECONDS = 1.0
"""What the first search of a process waits for, to know better spellings too."""

REST_BETWEEN = 20
"""How many times longer the lexicon is left alone than reading it takes."""

logger = logging.getLogger(__name__)

Stamp = tuple[int, int]
"""How many documents there are of some sort, and the sum of their random revisions: another after each change."""


@dataclass(frozen=True)
class Lexicon:
    """The words of an index and its subjects. Never changes, so threads can share it.

    Of pairs of words it knows only some: in a large index there are more than a process can keep.
    """

    stamp: Stamp
    frequencies: Mapping[str, int]
    subjects_stamp: Stamp
    subjects: Sequence[SearchDocument]
    pairs: Mapping[str, int] = field(default_factory=dict)
    _weights: dict[str, float] = field(default_factory=dict, compare=False)

    def rarity(self, frequency: int) -> float:
        return rarity(frequency, self.stamp[0])

    def frequency(self, token: str) -> int:
        """A pair is thought to be there once, as long as nothing else is known."""
        return self.pairs.get(token, 1) if token[0] == PAIR else self.frequencies.get(token, 0)

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
        """What is new; of pairs the newest, since visitors may type any."""
        pairs = {**self.pairs, **{token: n for token, n in counts.items() if token[0] == PAIR}}
        words = {token: n for token, n in counts.items() if token[0] != PAIR}
        kept = dict(list(pairs.items())[-MOST_PAIRS:])
        if not words:
            newer = replace(self, pairs=kept)
            if "spelling" in self.__dict__:
                newer.__dict__["spelling"] = self.spelling
            return newer
        return replace(self, pairs=kept, frequencies={**self.frequencies, **words}, _weights={})


class Keeper:
    """Holds the lexicon of this process, and reads it anew beside the searches. Safe to share between threads."""

    def __init__(self, client: Elasticsearch, index: str) -> None:
        self.client = client
        self.index = index
        self._held: Lexicon | None = None
        self._first: Lexicon | None = None
        self._failure: SearchUnavailable | None = None
        self._next_reading = 0.0
        self._lock = threading.Lock()
        self._is_done = threading.Event()

    def get(self) -> Lexicon:
        """The lexicon as it is known now; at first one without words, when reading them takes long."""
        if time.monotonic() >= self._next_reading:
            self._read_beside()
        if self._held is None:
            self._is_done.wait(PATIENCE_SECONDS)
            if self._failure and not self._held:
                raise Failing(str(self._failure))
        return self._held or self._without_words()

    def _without_words(self) -> Lexicon:
        """Enough to search with: each search then has news of all its words, and knows no better spelling."""
        if self._first is None:
            hurried = self.client.options(request_timeout=SEARCH_SECONDS)
            self._first = Lexicon(read_stamp(hurried, self.index), {}, *read_subjects(hurried, self.index))
        return self._first

    def learn(self, newer: Lexicon) -> None:
        if self._held:
            self._held = newer

    def _read_beside(self) -> None:
        with self._lock:
            if time.monotonic() < self._next_reading:
                return
            self._next_reading = math.inf
        self._is_done.clear()
        threading.Thread(target=self._read, name="lexicon", daemon=True).start()

    def _read(self) -> None:
        """Read all words, unless nothing was stored since; a large index is read less often."""
        start = time.monotonic()
        try:
            with faults_told("reading the words of the index"):
                if self._held is None or read_stamp(self.client, self.index) != self._held.stamp:
                    self._held = read_lexicon(self.client, self.index)
            self._failure = None
        except SearchUnavailable as error:
            logger.warning("The words of the index stay as they were: %s", error)
            self._failure = error
        finally:
            took = time.monotonic() - start
            pause = max(LEXICON_SECONDS, REST_BETWEEN * took) if self._held else 0.0
            self._next_reading = time.monotonic() + pause
            self._is_done.set()


class Reading:
    """A lexicon during one reading of a query, which remembers what it said without being sure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.thought: dict[str, bool] = {}
        """By token: whether it was thought to be there."""

    def frequency(self, token: str) -> int:
        found = self.lexicon.frequency(token)
        if not found or token[0] == PAIR:
            self.thought[token] = bool(found)
        return found

    def neighbours(self, word: str) -> Sequence[tuple[str, float]]:
        """What a visitor may be asked whether it was meant: by now it may stand only in what was withdrawn."""
        found = self.lexicon.neighbours(word)
        self.thought |= {known: True for known, _ in found}
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lexicon, name)


REVISIONS = {"revisions": {"sum": {"field": "revision"}}}


def news_of(thought: Mapping[str, bool]) -> dict[str, Any]:
    """Asks for the stamp of the subjects, and whether what the lexicon was not sure of is there."""
    missing = tuple(token for token, is_there in thought.items() if not is_there)
    asked: dict[str, Clause] = {"?subjects": SUBJECTS, "?missing": AnyOf("all", missing)}
    asked |= {token: AnyOf("all", (token,)) for token in expected(thought)}
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


def read_news(answer: Mapping[str, Any], thought: Mapping[str, bool]) -> News:
    found = answer["aggregations"]["found"]["buckets"]
    return News(
        (found["?subjects"]["doc_count"], int(found["?subjects"]["revisions"]["value"])),
        not found["?missing"]["doc_count"] and all(found[token]["doc_count"] for token in expected(thought)),
    )


def expected(thought: Mapping[str, bool]) -> list[str]:
    """Tokens thought to be there; none begins with a question mark, like the names of the other filters."""
    return [token for token, is_there in thought.items() if is_there]


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
    documents = documents_of(answer.body)
    return (len(documents), int(answer["aggregations"]["revisions"]["value"])), documents


def read_lexicon(client: Elasticsearch, index: str) -> Lexicon:
    stamp = read_stamp(client, index)
    subjects_stamp, subjects = read_subjects(client, index)
    return Lexicon(stamp, dict(_frequencies(client, index)), subjects_stamp, subjects)


def _frequencies(client: Elasticsearch, index: str) -> Iterator[tuple[str, int]]:
    """All tokens but the pairs; of each sort, told by its first sign, the most frequent that one answer holds.

    What is left out is asked for by the searches that need it. Composite aggregations have no such limit, and take
    many times as long over a field of hundreds of values.
    """
    signs = [f"\\{sign}" for sign in (PAIR, STEM, PART, ROOT)]
    for sort in (f"[^{''.join(signs)}].*", *(f"{sign}.*" for sign in signs[1:])):
        tokens = {"terms": {"field": "all", "include": sort, "size": MOST_TOKENS}}
        answer = client.search(index=index, size=0, track_total_hits=False, aggs={"tokens": tokens})
        yield from ((bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"]["tokens"]["buckets"])
