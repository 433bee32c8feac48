"""Words of the field that mean the same, from search/data/synonyms.txt."""

from collections import defaultdict
from functools import cache

from search.language.data import read_lines
from search.language.stemmer import stem
from search.language.words import fold


@cache
def synonyms_by_stem() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for line in read_lines("synonyms.txt"):
        stems = [stem(fold(word)) for word in line.split()]
        for one in stems:
            groups[one] += [other for other in stems if other != one]
    return {one: tuple(dict.fromkeys(others)) for one, others in groups.items()}


def synonyms(word_stem: str) -> tuple[str, ...]:
    """Stems of words that mean the same as the word with this stem."""
    return synonyms_by_stem().get(word_stem, ())
