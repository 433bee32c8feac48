"""Splitting Dutch compounds: "lerarentekort" is a "tekort" of "leraren"."""

from functools import cache, lru_cache

from search.language.data import read_words
from search.language.stemmer import stem

SHORTEST_PART = 3
LONGEST_WORD = 60


def surfaces(word: str) -> set[str]:
    """The forms this word takes inside a compound: as it is, plural, or with a linking s."""
    last = word[-1]
    closed = word[:-2] + last if len(word) > 3 and word[-2] == word[-3] and word[-2] in "aeou" else word
    softened = closed[:-1] + {"f": "v", "s": "z"}.get(last, last)
    plurals = {word + "en", word + "n", word + last + "en", closed + "en", softened + "en", word + "e", softened + "e"}
    forms = {word + "s"} | {form for form in plurals if stem(form) == stem(word)}
    if word.endswith("en"):  # the verb as it begins a compound: ontwerp(en)
        forms |= {form for form in {word[:-2], stem(word)} if stem(form) == stem(word)}
    return {word} | {form for form in forms if len(form) >= SHORTEST_PART}


@cache
def parts_by_surface() -> dict[str, str]:
    """Every form of every listed word, with the stem it stands for."""
    words = read_words("compound_parts.txt")
    return {form: stem(word) for word in words for form in surfaces(word)} | {word: stem(word) for word in words}


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[str, ...]:
    """The stems of the parts of a compound, in order; empty when the word is no compound of listed words.

    Takes the fewest parts that cover the whole word, and among those the one with the longest first part.
    """
    known = parts_by_surface()
    if word in known or not 2 * SHORTEST_PART <= len(word) <= LONGEST_WORD:
        return ()
    best: list[tuple[str, ...] | None] = [None] * len(word) + [()]
    for start in range(len(word) - SHORTEST_PART, -1, -1):
        for end in range(len(word), start + SHORTEST_PART - 1, -1):
            rest = best[end]
            part = known.get(word[start:end]) if rest is not None else None
            if part is None or rest is None:
                continue
            found = best[start]
            if found is None or len(rest) + 1 < len(found):
                best[start] = (part, *rest)
    parts = best[0]
    return parts if parts and len(parts) > 1 else ()
