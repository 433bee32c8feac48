"""Why a query finds one thing, or does not: the plan of the query laid beside the text of the thing."""

from collections.abc import Iterator
from enum import StrEnum

from search.documents import SearchDocument, Status
from search.engines.fields import texts_of
from search.language.synonyms import synonyms
from search.language.words import PAIR, PART, ROOT, STEM, chains, index_tokens, name_key, tokens_of_chain
from search.planning import PlannedWord, QueryPlan
from search.queries import SearchQuery, StatusChoice
from search.ranking import FIELD_WEIGHTS
from search.results import Explanation, Match, SearchResults

FURTHEST = 200
"""Further down nobody asks for the exact place."""


class Way(StrEnum):
    """How what was found stands for what was typed."""

    EXACT = "exact"
    FORM = "form"
    """Another form of the same word."""

    PART = "part"
    """A part of a compound, or a compound written apart."""

    FAMILY = "family"
    SYNONYM = "synonym"
    CORRECTED = "corrected"
    SUBJECT = "subject"
    """The thing is about a subject that the word means."""

    BEGINNING = "beginning"
    """A word that begins like it; only while the database answers."""

    NONE = ""


def explanation(
    document: SearchDocument, plan: QueryPlan, query: SearchQuery, answer: SearchResults, *, is_found: bool
) -> Explanation:
    """``answer`` holds the first ``FURTHEST`` hits of the query."""
    matches = [
        match_of(word, steps, plan.subjects_of(position), document)
        for position, (word, steps) in enumerate(zip(plan.words, plan.steps, strict=True))
    ]
    ids = [hit.id for hit in answer.hits]
    names = (document.title, *document.names, *document.predecessor_names)
    return Explanation(
        document=document,
        is_found=is_found,
        place=ids.index(document.id) + 1 if document.id in ids else None,
        total=answer.total,
        matches=matches,
        needed=plan.needed_steps,
        held=sum(match.steps for match in matches if match.how),
        subjects=tuple(match.slug for match in plan.subjects if match.slug in document.subjects),
        is_whole_name=bool(plan.name_key) and plan.name_key in map(name_key, names),
        is_promoted=document.id in query.promoted,
        is_other_status=query.status != StatusChoice.ALL and Status(document.status) != Status(query.status.value),
        did_you_mean=plan.did_you_mean,
    )


def match_of(word: PlannedWord, steps: int, subjects: list[str], document: SearchDocument) -> Match:
    """The best way in which a document holds a word, in its weightiest place."""
    typed, texts = word.word.exact, texts_of(document)
    for token, way in ways_of(word):
        for field in sorted(FIELD_WEIGHTS, key=FIELD_WEIGHTS.__getitem__, reverse=True):
            for text in texts[field]:
                if token in index_tokens(text, with_pairs=field != "body"):
                    return Match(typed=typed, found=written(token, text), how=way, field=field, steps=steps)
    if meant := next((slug for slug in subjects if slug in document.subjects), ""):
        return Match(typed=typed, found=meant, how=Way.SUBJECT, field="subjects", steps=steps)
    return Match(typed=typed, found="", how=Way.NONE, field="", steps=steps)


def ways_of(word: PlannedWord) -> Iterator[tuple[str, Way]]:
    """The tokens that a word is found by, best first."""
    for token, _strength in sorted(word.tokens, key=lambda pair: -pair[1]):
        yield token, way_of(token, word)
    for part in word.all_of:
        yield from ((kind + part, Way.PART) for kind in (STEM, PART))


def way_of(token: str, word: PlannedWord) -> Way:
    if word.correction:
        return Way.CORRECTED
    if token == word.word.exact:
        return Way.EXACT
    if token == STEM + word.word.stem:
        return Way.FORM
    if token[0] in (PAIR, PART) and token[1:] not in synonyms(word.word.stem):
        return Way.PART
    return Way.FAMILY if token[0] == ROOT or token == STEM + word.word.root else Way.SYNONYM


def written(token: str, text: str) -> str:
    """How the word behind a token stands in a text; the whole text for words side by side."""
    found = (match.group() for match in chains(text) if token in tokens_of_chain(match.group()))
    return next(found, text)
