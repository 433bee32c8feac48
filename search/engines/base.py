"""What the site asks of a search engine; one contract test suite runs against all of them."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from search.documents import SearchDocument
from search.queries import SearchQuery
from search.results import SearchResults, Suggestion


class SearchUnavailable(Exception):  # noqa: N818 - says what is the case, as the view reads it
    """The engine cannot answer or store now; the caller falls back or tries again later."""


class IndexWriter(Protocol):
    """Takes documents into an index that nobody searches yet."""

    def add(self, documents: Iterable[SearchDocument]) -> None: ...


class SearchEngine(Protocol):
    """Stores documents and finds them. Safe to share between threads; every method may raise SearchUnavailable.

    No method raises on what a visitor typed, whatever it is.
    """

    name: str
    """How the engine calls itself in ``SearchResults.engine``."""

    def search(self, query: SearchQuery) -> SearchResults:
        """Answer a query; see ``SearchQuery`` for its rules."""

    def suggest(self, text: str, limit: int = 8) -> Sequence[Suggestion]:
        """Active things whose title or other name begins like ``text``, best first; nothing for an empty text."""

    def more_like(self, document_id: str, limit: int = 5) -> Sequence[Suggestion]:
        """Active things that share most subjects and words with this one, itself left out."""

    def index(self, documents: Iterable[SearchDocument]) -> None:
        """Store or replace documents, by id, and make them findable: one commit for the whole batch."""

    def delete(self, ids: Iterable[str]) -> None:
        """Make these ids unfindable; an unknown id is fine."""

    def update(self, documents: Iterable[SearchDocument], deleted_ids: Iterable[str]) -> None:
        """``index`` and ``delete`` in one commit, for the drainer of the outbox."""

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """Fill a fresh index beside the one in use, and swap it in when the block ends without an error.

        Searching goes on in the old index until the swap, as do ``index`` and ``delete``. What these change
        while the block runs is not in the fresh index: the caller stores it once more after the block.
        """

    def counts(self) -> dict[str, int]:
        """How many documents there are of each kind, ended ones included."""

    def ids(self) -> set[str]:
        """The ids of all documents, to compare the index with the database."""

    def needs_rebuild(self) -> bool:
        """Whether there is no index yet, or only one made by another version of this code."""
