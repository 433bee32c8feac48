"""What waits for somebody in /beheer/: each room registers its sources, the home of the admin lists them all."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse

from cms.models import User

MOST = 50
"""How many of one sort are shown; the oldest, and the lists behind them hold the others."""


@dataclass(frozen=True, slots=True)
class Todo:
    what: str
    """What happened, such as ``Nieuwe tekst van Vera``."""

    about: str
    """Of which entry, link or conversation."""

    since: Date
    url: str
    """Where one deals with it."""

    act: str
    """What one does there: ``Kijk na``."""


class Source(ABC):
    """One sort of things to do. It costs two queries, and what ``rows`` fetches along."""

    key: ClassVar[str]
    """As the address of the list spells it."""

    label: ClassVar[str]
    permission: ClassVar[str] = ""
    """Without it ``rows`` decides for whom there is something."""

    list_name: ClassVar[str] = ""
    """The name of the address where all of them stand, when there is such a place."""

    taken_by: ClassVar[str] = ""
    """The field with who said to deal with a row; sources without it have nothing that is anybody's own."""

    def may_see(self, user: User) -> bool:
        return not self.permission or user.has_perm(self.permission)

    @property
    def list_url(self) -> str:
        return reverse(self.list_name) if self.list_name else ""

    @abstractmethod
    def rows(self, user: User) -> QuerySet[Any]:
        """What waits for this person, oldest first."""

    @abstractmethod
    def todo(self, row: Any) -> Todo: ...


@dataclass(frozen=True, slots=True)
class Sort:
    """How many of one source wait, and the oldest of them."""

    source: Source
    number: int
    todos: tuple[Todo, ...]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let things of a source stand in the list. Called in ``AppConfig.ready()``."""
    _sources[source.key] = source


def waiting_for(user: User, *, own: bool = False) -> Mapping[str, Sort]:
    """Per source what this person may see; with ``own`` only what this person said to deal with."""
    return {
        key: _sort(source, user, own)
        for key, source in _sources.items()
        if source.may_see(user) and (source.taken_by or not own)
    }


def _sort(source: Source, user: User, own: bool) -> Sort:
    rows = source.rows(user)
    if own:
        rows = rows.filter(**{source.taken_by: user})
    return Sort(source, rows.count(), tuple(source.todo(row) for row in rows[:MOST]))
