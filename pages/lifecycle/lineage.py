"""Which entry continues which: rules of a graph, that know no clock and no database."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto


class Reason(Enum):
    """Why entries cannot end in the way that was asked."""

    ALREADY = auto()
    """The entry was continued by another before."""

    ITSELF = auto()
    """It would succeed itself."""

    CIRCLE = auto()
    """The successor is continued, at the end of the line, by the very entry that would end."""

    DEAD_END = auto()
    """The successor was dissolved, and nothing continues it."""

    TOO_FEW = auto()
    TOO_MANY = auto()


class Refused(Exception):  # noqa: N818 - an answer, worded by acts.py
    def __init__(self, reason: Reason, entry: int | None = None) -> None:
        super().__init__(reason, entry)
        self.reason, self.entry = reason, entry


@dataclass(frozen=True, slots=True)
class Lineage:
    """When entries ended, or will, and what continues them; all by their keys."""

    ended: Mapping[int, date]
    successors: Mapping[int, Sequence[int]]

    def has_ended(self, entry: int, on: date) -> bool:
        return entry in self.ended and self.ended[entry] <= on

    def living_ends(self, entry: int, on: date) -> list[int]:
        """What continues an entry on that day, through whatever came between: each once."""
        return [each for each in self._after(entry, on) if not self.has_ended(each, on)]

    def leads_to(self, entry: int, goals: Collection[int]) -> bool:
        """Whether one of ``goals`` continues an entry, now or on a day that was already written down."""
        return any(each in goals for each in self._after(entry, date.max))

    def _after(self, entry: int, on: date) -> Iterator[int]:
        """All that comes after an entry, each once, nearest first; behind what lives on that day nobody looks."""
        seen, waiting = {entry}, list(self.successors.get(entry, ()))
        while waiting:
            each = waiting.pop(0)
            if each in seen:
                continue
            seen.add(each)
            yield each
            if self.has_ended(each, on):
                waiting += self.successors.get(each, ())


@dataclass(frozen=True, slots=True)
class Settled:
    successors: tuple[int, ...]
    """That live on the day, each once."""

    detours: Mapping[int, tuple[int, ...]]
    """Successors that were asked for and no longer exist then, with what took their place."""


def settle(
    lineage: Lineage, ending: Collection[int], chosen: Sequence[int], on: date, *, at_least: int, at_most: int | None
) -> Settled:
    """What really continues entries that end on a day. Raises Refused."""
    for entry in ending:
        if lineage.successors.get(entry):
            raise Refused(Reason.ALREADY, entry)
    found: dict[int, None] = {}
    detours: dict[int, tuple[int, ...]] = {}
    for each in chosen:
        if each in ending:
            raise Refused(Reason.ITSELF, each)
        living = [each]
        if lineage.has_ended(each, on):
            living = lineage.living_ends(each, on)
            if not living:
                raise Refused(Reason.DEAD_END, each)
            detours[each] = tuple(living)
        if any(end in ending or lineage.leads_to(end, ending) for end in living):
            raise Refused(Reason.CIRCLE, each)
        found |= dict.fromkeys(living)
    if len(found) < at_least:
        raise Refused(Reason.TOO_FEW)
    if at_most is not None and len(found) > at_most:
        raise Refused(Reason.TOO_MANY)
    return Settled(tuple(found), detours)
