"""What the site asks of a search engine; one contract test suite runs against all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from search.documents import SearchDocument
from search.queries import SearchQuery
from search.results import Explanation, SearchResults, Suggestion

Form = TypeVar("Form")


class SearchUnavailable(Exception):  # noqa: N818 - says what is the case, as the view reads it
    """The engine cannot answer or store now; the caller falls back or tries again later."""


class DocumentsRefused(Exception):  # noqa: N818 - says what is the case
    """The engine will never take these documents as they are; all others of the batch are stored."""

    def __init__(self, reasons: Mapping[str, str]) -> None:
        self.reasons = reasons
        """Why, by id."""

        super().__init__("; ".join(f"{document_id}: {reason}" for document_id, reason in reasons.items()))


class IndexWriter(Protocol):
    """Takes documents into an index that nobody searches yet."""

    refused: dict[str, str]
    """Documents that the engine will never take as they are, with why, by id; complete when the rebuild is."""

    def add(self, documents: Iterable[SearchDocument]) -> None: ...

    def finish(self) -> None:
        """Do all that takes long, so that only the swap is left for the end of the block; nothing is added after it."""


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
        """``index`` and ``delete`` in one go, for the drainer of the outbox; may raise DocumentsRefused."""

    def rebuild(self) -> AbstractContextManager[IndexWriter]:
        """Fill a fresh index beside the one in use, and swap it in when the block ends without an error.

        Searching goes on in the old index until the swap, as do ``index`` and ``delete``. What these change
        while the block runs is not in the fresh index: the caller stores it once more after the block.
        The index that was in use before stays, for ``roll_back``.
        """

    def can_roll_back(self) -> bool:
        """Whether there still is a previous index that this version of the code can read."""

    def previous_ids(self) -> set[str]:
        """The ids of all documents in the previous index; none when there is none."""

    def roll_back(self) -> None:
        """Use the previous index again, as it was when it was replaced; the present one becomes the previous.

        Raises SearchUnavailable when there is none.
        """

    def explain(self, query: SearchQuery, document_id: str) -> Explanation | None:
        """Why this query finds this document, or does not; None when there is no such document."""

    def counts(self) -> dict[str, int]:
        """How many documents there are of each kind, ended ones included."""

    def ids(self) -> set[str]:
        """The ids of all documents, to compare the index with the database."""

    def needs_rebuild(self) -> bool:
        """Whether there is no index yet, or only one made by another version of this code."""


def converted(
    documents: Iterable[SearchDocument], convert: Callable[[SearchDocument], Form], refused: dict[str, str]
) -> Iterator[tuple[str, Form]]:
    """Each document by id in the form in which an engine stores it; one that cannot be goes into ``refused``."""
    for document in documents:
        try:
            yield document.id, convert(document)
        except Exception as error:
            refused[document.id] = described(error)


def described(error: Exception) -> str:
    """In one line, for an editor's list and for the log."""
    return f"{type(error).__name__}: {error}"
