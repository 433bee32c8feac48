"""The four doors of the home page, and how much each room of the site has behind its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cms.categories import Category

NOUNS = {
    Category.FORUM: ("gesprek", "gesprekken"),
    Category.NETWORKS: ("netwerk", "netwerken"),
    Category.PARTNERSHIPS: ("verband", "verbanden"),
    Category.RESEARCH_GROUPS: ("groep", "groepen"),
    Category.KNOWLEDGE: ("bron of voorbeeld", "bronnen en voorbeelden"),
}

Counts = Mapping[Category, int]
_counters: list[Callable[[], Counts]] = []


@dataclass(frozen=True, slots=True)
class Door:
    category: Category
    title: str
    url: str
    text: str
    count: int

    @property
    def count_label(self) -> str:
        return counted(self.count, self.category)


def counted(number: int, category: Category) -> str:
    """``12 netwerken``: a number with what it counts in this category."""
    singular, plural = NOUNS[category]
    return f"{number} {singular if number == 1 else plural}"


def register_counts(counter: Callable[[], Counts]) -> None:
    """Let a room say how many things a visitor finds behind its doors; called from ``AppConfig.ready()``."""
    _counters.append(counter)


def counts() -> dict[Category, int]:
    return {category: number for counter in _counters for category, number in counter().items()}
