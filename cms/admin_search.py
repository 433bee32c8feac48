"""Searching in /beheer/: Wagtail's search in the database, given words and nothing else.

As it comes, a quotation mark is taken for search syntax that SQLite cannot read, and a text of hundreds of words for a
query nested just as deep: both end in an error. Visitors do not search here but in search/.
"""

import re
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from wagtail.search.backends import database
from wagtail.search.query import PlainText, SearchQuery

MOST_WORDS = 50


def SearchBackend(params: Mapping[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    backend = database.SearchBackend(params)
    backend.search = _given_words(backend.search)
    backend.autocomplete = _given_words(backend.autocomplete)
    return backend


def _given_words(search: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(search)
    def search_words(query: str | SearchQuery, *args: Any, **kwargs: Any) -> Any:
        if isinstance(query, PlainText):
            words = words_of(query.query_string)
            query = PlainText(words, operator=query.operator, boost=query.boost) if words else ""
        elif isinstance(query, str):
            query = words_of(query)
        return search(query, *args, **kwargs)

    return search_words


def words_of(text: str) -> str:
    return " ".join(re.findall(r"\w+", text)[:MOST_WORDS])
