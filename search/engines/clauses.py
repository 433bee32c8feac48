"""What is asked of an index, in the few forms that every engine can say: which documents, and what each is worth.

Made from terms only: a visitor's text is never parsed as a query. Each engine translates these into its own queries.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cms.categories import Kind
from search.documents import Facet, SearchDocument, Status
from search.engines.fields import FACET_FIELDS, LONGEST_PREFIX
from search.language.words import PART, STEM, chains, is_everyday, name_key, separate_words
from search.planning import EVERYDAY, SAME_STEM, PlannedWord, QueryPlan
from search.queries import SearchQuery, StatusChoice
from search.ranking import (
    ACTIVE_BEFORE_ENDED,
    LABEL,
    NAME_SO_FAR,
    PAIR,
    PAIR_PRESENT,
    PRESENT,
    PROMOTED,
    SHARED_SUBJECT,
    SUBJECT,
    WHOLE_NAME,
)

LONGEST_BEGINNING = 100


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents that hold one of these values in a field; without values none."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Documents that every part finds and ``none_of`` does not; without parts all documents."""

    parts: tuple["Clause", ...]
    none_of: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class SomeOf:
    """Documents that so many of the parts find; a part that stands here twice counts twice. Without parts none."""

    parts: tuple["Clause", ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Worth:
    """The same documents, each worth this much."""

    clause: "Clause"
    score: float


@dataclass(frozen=True, slots=True)
class BestPlace:
    """Documents that hold one of these tokens (with how well each stands for what is meant) somewhere.

    Worth the best place, by ``FIELD_WEIGHTS`` and how telling the token is, and a little for the other places.
    """

    tokens: tuple[tuple[str, float], ...]
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """The documents of ``matching``, each worth the sum of the scores that find it."""

    matching: "Clause"
    scores: tuple["Clause", ...]


Clause: TypeAlias = AnyOf | AllOf | SomeOf | Worth | BestPlace | Ranked

ACTIVE = AnyOf("status", (str(Status.ACTIVE),))


def filters(query: SearchQuery, without: Facet | None = None) -> list[Clause]:
    """One clause per facet that narrows."""
    return [
        AnyOf(FACET_FIELDS[facet], tuple(query.chosen(facet)))
        for facet in Facet
        if facet != without and query.chosen(facet)
    ]


def of_status(status: StatusChoice) -> list[Clause]:
    return [] if status == StatusChoice.ALL else [AnyOf("status", (str(status),))]


def asked(query: SearchQuery, plan: QueryPlan) -> AllOf:
    """What belongs to the answer whatever the facets say, without order."""
    parts = of_status(query.status)
    if query.text.strip():
        found = gate(plan)
        parts.append(SomeOf((AnyOf("id", query.promoted), found)) if query.promoted else found)
    return AllOf(tuple(parts), none_of=(AnyOf("id", query.hidden),) if query.hidden else ())


def scores(query: SearchQuery, plan: QueryPlan) -> tuple[Clause, ...]:
    """What the documents of an answer are worth."""
    found = [*word_scores(plan), *label_scores(plan), *pair_scores(plan), *subject_scores(plan)]
    if plan.name_key:
        found.append(Worth(AnyOf("key", (plan.name_key,)), WHOLE_NAME))
    if query.status == StatusChoice.ALL:
        found.append(Worth(ACTIVE, ACTIVE_BEFORE_ENDED))
    for place, document_id in enumerate(reversed(query.promoted), start=1):
        found.append(Worth(AnyOf("id", (document_id,)), PROMOTED * place))
    return tuple(found)


def gate(plan: QueryPlan) -> Clause:
    """Documents that hold enough of the query: a telling word counts as often as it has steps."""
    held: list[Clause] = []
    for position, steps in enumerate(plan.steps):
        if found := holds(plan.words[position], plan.subjects_of(position)):
            held += [found] * steps
    if not held:
        return SomeOf(())
    enough: Clause = SomeOf(tuple(held), at_least=plan.needed_steps)
    if plan.sufficient_subjects:
        enough = SomeOf((enough, AnyOf("subjects", tuple(plan.sufficient_subjects))))
    return AllOf((enough,), none_of=tuple(subject_itself(slug) for slug in plan.ruled_out))


def subject_itself(slug: str) -> Clause:
    """The document of a subject, not the things about it."""
    return AllOf((AnyOf("kind", (Kind.SUBJECT.value,)), AnyOf("subjects", (slug,))))


def holds(word: PlannedWord, subjects: Sequence[str]) -> Clause | None:
    """Documents that hold this word in some form, or are about the subject it means."""
    ways: list[Clause] = []
    if word.tokens:
        ways.append(AnyOf("all", tuple(token for token, _ in word.tokens)))
    if subjects:
        ways.append(AnyOf("subjects", tuple(subjects)))
    if word.all_of:
        ways.append(AllOf(tuple(AnyOf("all", (STEM + part, PART + part)) for part in word.all_of)))
    return SomeOf(tuple(ways)) if ways else None


def word_scores(plan: QueryPlan) -> Iterator[Clause]:
    for position, word in enumerate(plan.words):
        factor = EVERYDAY if len(plan.words) > 1 and is_everyday(word.word.exact) else 1.0
        if word.tokens:
            yield BestPlace(word.tokens, factor)
        if found := holds(word, plan.subjects_of(position)):
            yield Worth(found, PRESENT * word.weight)


def label_scores(plan: QueryPlan) -> Iterator[Clause]:
    """Of what holds other words of the query: what one word says it is, as in "lectoraat toetsing"."""
    if plan.is_sentence:
        return
    held = [holds(word, plan.subjects_of(position)) for position, word in enumerate(plan.words)]
    for position, word in enumerate(plan.words):
        labels = tuple(token for token, strength in word.tokens if strength >= SAME_STEM)
        others = tuple(found for at, found in enumerate(held) if found and at != position)
        if labels and others:
            yield Worth(AllOf((AnyOf("labels", labels), SomeOf(others))), LABEL * word.weight)


def pair_scores(plan: QueryPlan) -> Iterator[Clause]:
    for pair in plan.pairs:
        yield BestPlace(((pair.token, pair.strength),), PAIR)
        yield Worth(AnyOf("all", (pair.token,)), PAIR_PRESENT * pair.strength * pair.weight)
    if plan.other_names:
        yield BestPlace(tuple((name.token, name.strength) for name in plan.other_names))


def subject_scores(plan: QueryPlan) -> Iterator[Clause]:
    for match in plan.subjects:
        weight = sum(plan.words[position].weight for position in match.positions)
        yield Worth(AnyOf("subjects", (match.slug,)), SUBJECT * match.strength * weight)


def beginning_like(text: str) -> Ranked | None:
    """Active things of which a name begins like what was typed so far; None when nothing was."""
    found = chains(text[:LONGEST_BEGINNING])
    words = [word.exact[:LONGEST_PREFIX] for match in found for word in separate_words(match.group())]
    if not words:
        return None
    key = name_key(text)
    whole = AnyOf("starts", ("=" + key[:LONGEST_PREFIX],))
    each_word = AllOf(tuple(AnyOf("starts", (word,)) for word in words))
    return Ranked(
        AllOf((ACTIVE, SomeOf((each_word, whole)))),
        (Worth(whole, NAME_SO_FAR), Worth(AnyOf("key", (key,)), NAME_SO_FAR)),
    )


def related_to(document: SearchDocument, plan: QueryPlan) -> Ranked:
    """Active things that share subjects and words with this one; ``plan`` is that of its title and summary.

    A subject itself is no news to who reads about it.
    """
    subjects = (Worth(AnyOf("subjects", (slug,)), SHARED_SUBJECT) for slug in document.subjects)
    shared: Iterable[Clause] = (*word_scores(plan), *pair_scores(plan), *subjects)
    left_out = (AnyOf("id", (document.id,)), AnyOf("kind", (Kind.SUBJECT.value,)))
    return Ranked(AllOf((ACTIVE, SomeOf(tuple(shared))), none_of=left_out), tuple(shared))
