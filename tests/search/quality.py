"""How good a search engine is, by queries of which somebody judged what should come back.

Used by the tests and by ``make bench``; works on anything that answers a ``SearchQuery``.

nDCG@10    is the best on top? A hit of grade g at rank r adds (2^g - 1) / log2(r + 1); divided by the same sum for the
           best possible order. 1 is perfect.
MRR        1 / rank of the first hit of grade 2 or 3 among the first ten.
zero       share of the queries with an answer for which nothing came back.
silence    for queries without an answer: the share that gives nothing.
unwanted   share of the queries naming unwanted records that show one among the first ten.
exact      for filters without text: the share of the sets that is exactly right.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml

from cms.categories import Kind
from search.documents import Facet
from search.queries import SearchQuery
from search.results import Hit, SearchResults

DATA = Path(__file__).parents[1] / "data"
FIXTURES = Path(__file__).parents[2] / "fixtures"
JUDGEMENTS = DATA / "search-judgements.yaml"
OWN_JUDGEMENTS = DATA / "search-own-judgements.yaml"
DEPTH = 10
GOOD = 2
NO_ANSWER = "no_answer"

KNOWLEDGE = {Kind.RESOURCE, Kind.ARTICLE, Kind.CARD, Kind.ACTIVITY}
KINDS = {
    "network": {Kind.NETWORK},
    "partnership": {Kind.PARTNERSHIP},
    "research_group": {Kind.RESEARCH_GROUP},
    "forum_topic": {Kind.TOPIC},
    "subject": {Kind.SUBJECT},
    "resource": KNOWLEDGE,
    "article": KNOWLEDGE,
    "card": KNOWLEDGE,
    "activity": KNOWLEDGE,
}
UNJUDGED = {Kind.PERSON, Kind.ORGANISATION, Kind.PAGE}

Search = Callable[[SearchQuery], SearchResults]


@dataclass(frozen=True)
class Record:
    """A judged thing of the demo content."""

    kind: str
    slug: str
    title: str

    def is_found_in(self, hit: Hit) -> bool:
        same_name = normalise(hit.title) == normalise(self.title) or hit.url.rstrip("/").endswith("/" + self.slug)
        return same_name and hit.kind in KINDS[self.kind]


@dataclass(frozen=True)
class JudgedQuery:
    id: str
    family: str
    text: str
    params: Mapping[str, Sequence[str]]
    exact: bool
    grades: Mapping[Record, int]
    optional: frozenset[Record]
    """Records that a site need not show: left out when a search for their title does not bring them back."""

    unwanted: tuple[Record, ...]


@dataclass
class Score:
    """What one query was worth; a measure that does not apply is None."""

    query: JudgedQuery
    results: int
    ndcg: float | None = None
    reciprocal_rank: float | None = None
    is_exact: bool | None = None
    unwanted: list[str] | None = None
    came_back: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FamilyScore:
    queries: int
    ndcg: float
    mrr: float
    zero: float


def normalise(title: str) -> str:
    """A title reduced to its letters and digits."""
    letters = unicodedata.normalize("NFKD", title.replace("&", " en ").casefold())
    return re.sub(r"[\W_]+", "", "".join(letter for letter in letters if not unicodedata.combining(letter)))


def load_judgements(path: Path = JUDGEMENTS) -> list[JudgedQuery]:
    """The queries with the judgements that stand beside them."""
    found = []
    for item in yaml.safe_load(path.read_text(encoding="utf-8")):
        grades = {Record(j["kind"], j["slug"], str(j["title"])): j["grade"] for j in item["judgements"]}
        optional = {Record(j["kind"], j["slug"], str(j["title"])) for j in item["judgements"] if j.get("optional")}
        unwanted = tuple(Record(u["kind"], u["slug"], str(u["title"])) for u in item.get("unwanted", ()))
        found.append(make_query(item, grades, frozenset(optional), unwanted))
    return found


def load_own_judgements(path: Path = OWN_JUDGEMENTS) -> list[JudgedQuery]:
    """Our own queries; grades name records by "kind/slug", or are those of a given query that asks the same."""
    records = demo_records()
    given = {query.id: query for query in load_judgements()}
    found = []
    for item in yaml.safe_load(path.read_text(encoding="utf-8")):
        unwanted = tuple(records[name] for name in item.get("unwanted", ()))
        if like := given.get(item.get("like", "")):
            query = make_query({"params": like.params} | item, like.grades, like.optional, unwanted or like.unwanted)
        else:
            grades = {records[name]: grade for grade, names in item["grades"].items() for name in names}
            query = make_query(item, grades, frozenset(grades), unwanted)
        found.append(query)
    return found


def demo_records() -> dict[str, Record]:
    """The things of the demo content that can be judged, by "kind/slug"."""
    files = {
        "network": "networks",
        "partnership": "partnerships",
        "research_group": "research_groups",
        "resource": "resources",
        "article": "articles",
        "card": "cards",
        "activity": "activities",
        "forum_topic": "forum_topics",
        "subject": "subjects",
    }
    found = {}
    for kind, name in files.items():
        for item in yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8")):
            title = item.get("title") or item.get("name") or item["misconception"]
            found[f"{kind}/{item['slug']}"] = Record(kind, item["slug"], title)
    return found


def make_query(
    item: Mapping[str, Any], grades: Mapping[Record, int], optional: frozenset[Record], unwanted: tuple[Record, ...]
) -> JudgedQuery:
    return JudgedQuery(
        id=item["id"],
        family=item["family"],
        text=str(item["query"]),
        params=item.get("params", {}),
        exact=item.get("exact", False),
        grades=grades,
        optional=optional,
        unwanted=unwanted,
    )


class Judge:
    """Scores one engine."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self._shown: dict[Record, bool] = {}

    def score(self, query: JudgedQuery) -> Score:
        answer = self._ask(query.text, query.params, page_size=1000 if query.exact else 3 * DEPTH)
        hits = [hit for hit in answer.hits if hit.kind not in UNJUDGED]
        grades = {r: g for r, g in query.grades.items() if r not in query.optional or self._shows(r)}
        by_grade = sorted(grades, key=lambda record: -grades[record])
        found = match(hits, by_grade)
        top = [grades[record] if record else 0 for record in found][:DEPTH]
        score = Score(query, answer.total)
        if grades and not query.exact:
            score.ndcg = gain(top) / gain(sorted(grades.values(), reverse=True)[:DEPTH])
            score.missed = [f"{r.title} ({grades[r]})" for r in by_grade[:DEPTH] if r not in found[:DEPTH]]
            if max(grades.values()) >= GOOD:
                score.reciprocal_rank = next((1 / rank for rank, g in enumerate(top, 1) if g >= GOOD), 0.0)
        if query.exact:
            score.is_exact = None not in found and len(found) == len(grades)
            score.ndcg = gain(top) / gain(sorted(grades.values(), reverse=True)[:DEPTH])
        if query.unwanted:
            score.unwanted = [record.title for record in match(hits[:DEPTH], query.unwanted) if record]
        score.came_back = [f"{hit.title} ({grade})" for hit, grade in zip(hits, top, strict=False)]
        return score

    def score_all(self, queries: Iterable[JudgedQuery]) -> list[Score]:
        return [self.score(query) for query in queries]

    def _ask(self, text: str, params: Mapping[str, Sequence[str]], page_size: int) -> SearchResults:
        filters = {Facet(name): list(values) for name, values in params.items()}
        return self.search(SearchQuery(text=text, filters=filters, page_size=page_size))

    def _shows(self, record: Record) -> bool:
        if record not in self._shown:
            answer = self._ask(record.title, {}, page_size=3 * DEPTH)
            self._shown[record] = any(record.is_found_in(hit) for hit in answer.hits)
        return self._shown[record]


def match(hits: Iterable[Hit], records: Iterable[Record]) -> list[Record | None]:
    """The record of each hit, or None; a record is used once, and an equal slug goes before an equal title."""
    free, matched = list(records), []
    for hit in hits:
        candidates = [record for record in free if record.is_found_in(hit)]
        best = max(candidates, key=lambda record: record.slug in hit.url, default=None)
        if best:
            free.remove(best)
        matched.append(best)
    return matched


def gain(grades: Iterable[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades, start=1))


def by_family(scores: Iterable[Score]) -> dict[str, FamilyScore]:
    """The measures per family, and over all of them under "all"."""
    families: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        if score.ndcg is not None:
            families[score.query.family].append(score)
            families["all"].append(score)
    families["all"] = families.pop("all", [])
    return {
        name: FamilyScore(
            queries=len(group),
            ndcg=fmean(score.ndcg or 0.0 for score in group),
            mrr=fmean(s.reciprocal_rank for s in group if s.reciprocal_rank is not None),
            zero=fmean(float(score.results == 0) for score in group),
        )
        for name, group in families.items()
        if group
    }


def silence(scores: Iterable[Score]) -> float:
    """The share of the queries without an answer that gives nothing."""
    return fmean(float(score.results == 0) for score in scores if score.query.family == NO_ANSWER)


def table(scores: Sequence[Score], worst: int = 0) -> str:
    """The measures as text, with the worst queries below."""
    lines = [f"{'family':<14}{'queries':>8}{'nDCG@10':>10}{'MRR':>8}{'zero':>8}"]
    for name, family in by_family(scores).items():
        lines.append(f"{name:<14}{family.queries:>8}{family.ndcg:>10.3f}{family.mrr:>8.3f}{family.zero:>8.3f}")
    lines.append(f"no answer where there is none: {silence(scores):.3f}")
    lines += [
        f"  talks: {s.query.text!r}: {s.came_back[:3]}" for s in scores if s.query.family == NO_ANSWER and s.results
    ]
    lines += [f"  unwanted: {s.query.text!r}: {s.unwanted}" for s in scores if s.unwanted]
    lines += [f"  not exact: {dict(s.query.params)}" for s in scores if s.is_exact is False]
    for score in sorted((s for s in scores if s.ndcg is not None), key=lambda s: s.ndcg or 0.0)[:worst]:
        lines.append(f"{score.ndcg:.3f} {score.query.family}: {score.query.text!r} {dict(score.query.params) or ''}")
        lines.append(f"      came back: {'; '.join(score.came_back[:6]) or 'nothing'}")
        lines.append(f"      missed:    {'; '.join(score.missed[:6]) or 'nothing, only the order is off'}")
    return "\n".join(lines)
