"""Asking the search engine, with the database behind it for when the engine is away."""

import logging
from collections.abc import Sequence

from search.engines import get_engine, get_fallback
from search.engines.base import SearchUnavailable
from search.queries import SearchQuery
from search.results import SearchResults, Suggestion

logger = logging.getLogger(__name__)


def find(query: SearchQuery) -> SearchResults:
    try:
        return get_engine().search(query)
    except SearchUnavailable as error:
        logger.warning("The search engine is away, answering from the database: %s", error)
        return get_fallback().search(query)


def suggest(text: str) -> Sequence[Suggestion]:
    try:
        return get_engine().suggest(text)
    except SearchUnavailable:
        return get_fallback().suggest(text)
