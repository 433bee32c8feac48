"""Asking the search engine, with the database behind it for when the engine is away."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from cms.memory import remembered
from search.engines import get_engine, get_fallback
from search.engines.base import SearchEngine, SearchUnavailable
from search.models import OutboxRow, StoredDocument
from search.queries import SearchQuery
from search.results import SearchResults, Suggestion

MOST_RELATED = 4

Answer = TypeVar("Answer")

logger = logging.getLogger(__name__)


def find(query: SearchQuery) -> SearchResults:
    query = replace(query, hidden=withdrawn())
    return _ask(lambda engine: engine.search(query))


def suggest(text: str) -> Sequence[Suggestion]:
    return _ask(lambda engine: engine.suggest(text), is_behind=bool(withdrawn()))


@remembered
def related_to(document_id: str) -> tuple[Suggestion, ...]:
    """What else may interest who reads this, best first."""
    found = _ask(lambda engine: engine.more_like(document_id, MOST_RELATED), is_behind=bool(withdrawn()))
    return tuple(found)


def withdrawn() -> tuple[str, ...]:
    """Ids of what visitors may no longer see and the engine may still hold, since it cannot be written to now."""
    behind = OutboxRow.objects.only_in_fallback().exclude(document_id__in=StoredDocument.objects.values("pk"))
    return tuple(sorted(set(behind.values_list("document_id", flat=True))))


def _ask(question: Callable[[SearchEngine], Answer], *, is_behind: bool = False) -> Answer:
    """Put a question to the engine, or to the fallback when it is away or behind."""
    if not is_behind:
        try:
            return question(get_engine())
        except SearchUnavailable as error:
            logger.warning("The search engine is away, answering from the database: %s", error)
    return question(get_fallback())
