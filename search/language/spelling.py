"""Which known word somebody meant who typed an unknown one."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

SHORTEST = 5
"""Shorter words have too many neighbours: "DOT" is no "dat"."""

SHORT = 7
"""In a word shorter than this another letter makes another word: "regie" is no "regio"."""

# Slips that keep the sound, or nearly.
ALIKE = ("ei", "sz", "fv", "dt", "ck", "gj", "iy", "ao", "oe", "mn", "ae", "bp", "cs", "kq", "ou")
KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
DOUBLED, SOUNDS_ALIKE, NEXT_KEY, LETTER, OTHER_LETTER = 0.5, 0.5, 0.8, 1.0, 1.2


def _replacements() -> dict[tuple[str, str], float]:
    """What it costs to type one letter for another, where that is less than for any other."""
    found = {}
    for row in KEYBOARD:
        for one, other in pairwise(row):
            found[one, other] = found[other, one] = NEXT_KEY
    for pair in ALIKE:
        one, other = tuple(pair)
        found[one, other] = found[other, one] = SOUNDS_ALIKE
    return found


REPLACEMENTS = _replacements()


def allowed_cost(length: int) -> float:
    """How much may differ in a word of this length."""
    if length < SHORTEST:
        return 0.0
    return 1.0 if length < 9 else 1.5 if length < 12 else 2.0


def cost(typed: str, known: str, limit: float) -> float:
    """The cost of the cheapest way from one word to the other, or something over ``limit``.

    A letter too many, too few or swapped costs 1, a letter doubled or not 0.5; another letter costs more, unless it
    sounds alike or is the next key of the keyboard.
    """
    replacements = REPLACEMENTS if len(typed) >= SHORT else {}
    before: list[float] = []
    above = [0.0]
    for j, letter in enumerate(known):
        above.append(above[-1] + (DOUBLED if j and letter == known[j - 1] else LETTER))
    for i, letter in enumerate(typed):
        previous = typed[i - 1] if i else ""
        extra = DOUBLED if letter == previous else LETTER
        row = [above[0] + extra]
        for j, other in enumerate(known):
            best = min(
                above[j] + (0.0 if letter == other else replacements.get((letter, other), OTHER_LETTER)),
                above[j + 1] + extra,
                row[j] + (DOUBLED if j and other == known[j - 1] else LETTER),
            )
            if i and j and letter == known[j - 1] and previous == other and letter != other:
                best = min(best, before[j - 1] + LETTER)
            row.append(best)
        if min(row) > limit and min(above) > limit:
            return limit + 1
        before, above = above, row
    return above[-1]


def letters_of(word: str) -> int:
    """The set of letters of a word as bits, to rule out most words without comparing them."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 63)
    return bits


class Spelling:
    """The words that a site knows, with how often each occurs."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        self.frequencies = frequencies
        self._by_length: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for word in frequencies:
            if len(word) >= SHORTEST - 1 and word.isalpha():
                self._by_length[len(word)].append((letters_of(word), word))

    def neighbours(self, typed: str, limit: int = 5) -> list[tuple[str, float]]:
        """Known words that ``typed`` may have been meant as, with the cost, best first."""
        allowed = allowed_cost(len(typed))
        if not allowed or not typed.isalpha():
            return []
        letters, reach = letters_of(typed), int(2 * allowed)
        found = []
        for length in range(len(typed) - reach, len(typed) + reach + 1):
            for bits, word in self._by_length.get(length, ()):
                if (bits ^ letters).bit_count() <= reach and self._may_be_meant(typed, word):
                    price = cost(typed, word, allowed)
                    if price <= allowed:
                        found.append((word, price))
        found.sort(key=lambda pair: (pair[1], -self.frequencies[pair[0]], pair[0]))
        cheapest = found[0][1] if found else 0.0
        return [(word, price) for word, price in found if price <= cheapest + 0.5][:limit]

    @staticmethod
    def _may_be_meant(typed: str, known: str) -> bool:
        """People rarely miss the first letter, and "on" turns a word into its opposite."""
        starts_alike = typed[0] == known[0] or typed[:2] == known[1::-1] or typed[1:3] == known[1:3]
        return starts_alike and not is_opposite(typed, known) and not is_opposite(known, typed)


def is_opposite(longer: str, shorter: str) -> bool:
    """Whether "on" is all the difference: leerwegonafhankelijk, leerwegafhankelijk."""
    return any(longer[:at] + longer[at + 2 :] == shorter for at in range(len(longer)) if longer.startswith("on", at))
