"""How a visitor's text is read: which words, what each may be found by, and how many must be found.

The plan knows no engine: an engine translates it into its own queries. That keeps the rules for Dutch, and for what
counts as an answer, the same in all of them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from search.language.synonyms import synonyms
from search.language.words import LINK as CHAIN_LINK
from search.language.words import PART, ROOT, STEM, Word, analyse, chains, name_key, pair_token, words_of_chain
from search.vocabulary import SubjectMatch, Vocabulary

LONGEST_TEXT = 400
MOST_WORDS = 16

# How well a token stands for the word that was typed.
EXACT, SAME_STEM, WRITTEN_APART, COMPOUND_PART, SAME_ROOT, SYNONYM, ALL_PARTS = 1.0, 0.9, 0.9, 0.6, 0.5, 0.45, 0.5
CORRECTED = 0.8
LIGHT = 0.3
UNKNOWN_IN_SENTENCE = 0.5
SENTENCE = 4
"""From so many telling words a query is a sentence, in which some words may well be missing."""


class Knowledge(Protocol):
    """What an engine tells about the index, so that a query can be read well."""

    vocabulary: Vocabulary
    size: int

    def frequency(self, token: str) -> int:
        """How many documents hold this token."""

    def neighbours(self, word: str) -> Sequence[tuple[str, float]]:
        """Known words that look like this unknown one, best first, with the cost of the difference."""


@dataclass(frozen=True, slots=True)
class PlannedWord:
    """One word of the query. Found by any of ``tokens`` (token, strength), or by all of ``all_of`` together."""

    word: Word
    weight: float
    """How telling it is, for how many words must be found."""

    tokens: tuple[tuple[str, float], ...]
    all_of: tuple[str, ...] = ()
    correction: str | None = None
    softness: float = 1.0
    """Below 1 for an everyday word beside telling ones: it then counts for less in the order too."""


@dataclass(frozen=True, slots=True)
class PlannedPair:
    """Two words of the query that may be one word, or belong together: a bonus when found so."""

    token: str
    strength: float
    weight: float


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A query, understood."""

    words: tuple[PlannedWord, ...] = ()
    pairs: tuple[PlannedPair, ...] = ()
    subjects: tuple[SubjectMatch, ...] = ()
    name_key: str = ""
    did_you_mean: str | None = None
    needed: float = 0.0
    """The share of the words' weight that a document must hold."""

    @property
    def is_empty(self) -> bool:
        return not self.words

    def marked_tokens(self) -> frozenset[str]:
        """Tokens whose words are marked in a fragment."""
        found = {token for word in self.words for token, _ in word.tokens}
        return frozenset(found | {part for word in self.words for part in word.all_of})


@dataclass
class Planner:
    """Reads one query against what the index knows."""

    knowledge: Knowledge
    weights: dict[str, float] = field(default_factory=dict)

    def plan(self, text: str) -> QueryPlan:
        text = text[:LONGEST_TEXT]
        words = self._words(text)
        if not words:
            return QueryPlan(name_key=name_key(text))
        planned = [self._plan_word(word) for word in words]
        telling = sum(not word.word.is_light for word in planned)
        if telling:
            planned = [self._soften(word, in_sentence=telling >= SENTENCE) for word in planned]
        corrected = [analyse(word.correction) if word.correction else word.word for word in planned]
        return QueryPlan(
            words=tuple(planned),
            pairs=tuple(self._pairs(corrected)),
            subjects=tuple(self.knowledge.vocabulary.matches(corrected, self.weigh)),
            name_key=name_key(text),
            did_you_mean=self._did_you_mean(text, planned),
            needed=self._needed(telling),
        )

    def weigh(self, stem: str) -> float:
        """How telling a stem is: the rarer, the more."""
        if stem not in self.weights:
            frequency = max(self.knowledge.frequency(STEM + stem), self.knowledge.frequency(PART + stem))
            self.weights[stem] = self._rarity(frequency)
        return self.weights[stem]

    def _rarity(self, frequency: int) -> float:
        size = max(self.knowledge.size, frequency, 1)
        return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))

    def _words(self, text: str) -> list[Word]:
        """The telling words of the text, each once, in order."""
        found: dict[str, Word] = {}
        for match in chains(text):
            family = words_of_chain(match.group())
            is_chain = len(family) > 1 and CHAIN_LINK.search(match.group())
            for word in family[:-1] if is_chain and "/" not in match.group() else family:
                if not word.is_stop_word and (len(word.exact) > 1 or word.exact.isdigit()):
                    found.setdefault(word.stem, word)
            if is_chain and self.knowledge.frequency(family[-1].exact):
                found.setdefault(family[-1].stem, family[-1])
        return list(found.values())[:MOST_WORDS]

    def _plan_word(self, word: Word) -> PlannedWord:
        frequency = self.knowledge.frequency
        tokens = [(word.exact, EXACT), (STEM + word.stem, SAME_STEM), (PART + word.stem, COMPOUND_PART)]
        if word.root != word.stem:
            tokens.append((STEM + word.root, SAME_ROOT))
        tokens.append((ROOT + word.root, SAME_ROOT))
        tokens += [
            (pair_token(a, b), WRITTEN_APART / (len(word.parts) - 1))
            for a, b in zip(word.parts, word.parts[1:], strict=False)
        ]
        tokens += [(STEM + other, SYNONYM) for other in synonyms(word.stem)]
        known = [(token, strength) for token, strength in tokens if frequency(token)]
        all_of = (
            word.parts if word.parts and all(frequency(STEM + p) or frequency(PART + p) for p in word.parts) else ()
        )
        correction = None
        if not known and not (halves := self._halves(word)):
            corrections = self._corrections(word)
            correction = corrections[0][0] if corrections else None
            for other, price in corrections:
                strength = CORRECTED - 0.1 * price
                known += [
                    (token, share * strength) for token, share in self._family(analyse(other)) if frequency(token)
                ]
        elif not known and halves:
            known = [(pair_token(*halves), WRITTEN_APART)]
        common = max(
            (frequency(token) for token, strength in known if strength >= COMPOUND_PART * CORRECTED), default=0
        )
        return PlannedWord(
            word, self._rarity(common), tuple(dict(sorted(known, key=lambda t: t[1])).items()), all_of, correction
        )

    @staticmethod
    def _family(word: Word) -> list[tuple[str, float]]:
        return [(word.exact, EXACT), (STEM + word.stem, SAME_STEM), (PART + word.stem, COMPOUND_PART)]

    def _corrections(self, word: Word) -> Sequence[tuple[str, float]]:
        if word.stem in self.knowledge.vocabulary.excluded_stems():
            return ()
        return self.knowledge.neighbours(word.exact)

    def _halves(self, word: Word) -> tuple[str, str] | None:
        """Two known words that were typed as one, such as "lessonstudy"."""
        text, frequency = word.exact, self.knowledge.frequency
        for cut in range(2, len(text) - 1):
            first, second = analyse(text[:cut]), analyse(text[cut:])
            if frequency(pair_token(first.stem, second.stem)) and frequency(first.exact) and frequency(second.exact):
                return first.stem, second.stem
        return None

    def _pairs(self, words: Sequence[Word]) -> list[PlannedPair]:
        """Neighbours in the query that stand together somewhere, in either order: "logistiek van het onderwijs"."""
        pairs = []
        for one, other in zip(words, words[1:], strict=False):
            weight = self.weigh(one.stem) + self.weigh(other.stem)
            for first, second, strength in ((one, other, 1.0), (other, one, 0.8)):
                token = pair_token(first.atoms[-1], second.atoms[0])
                if self.knowledge.frequency(token):
                    pairs.append(PlannedPair(token, strength, weight))
            joined = one.exact + other.exact
            if self.knowledge.frequency(joined):
                pairs.append(PlannedPair(joined, 1.0, weight))
        return pairs

    @staticmethod
    def _soften(word: PlannedWord, *, in_sentence: bool) -> PlannedWord:
        """Beside telling words an everyday word weighs less; in a sentence so does one that the site does not know."""
        if word.word.is_light:
            return replace(word, weight=word.weight * LIGHT, softness=LIGHT)
        if in_sentence and not word.tokens and not word.all_of:
            return replace(word, weight=word.weight * UNKNOWN_IN_SENTENCE)
        return word

    @staticmethod
    def _needed(telling: int) -> float:
        return 0.5 if telling < SENTENCE else 0.4

    def _did_you_mean(self, text: str, words: Sequence[PlannedWord]) -> str | None:
        corrections = {word.word.exact: word.correction for word in words if word.correction}
        if not corrections:
            return None
        pieces, end = [], 0
        for match in chains(text):
            family = words_of_chain(match.group())
            better = next((corrections[word.exact] for word in family if word.exact in corrections), None)
            if better:
                pieces += [text[end : match.start()], better]
                end = match.end()
        return "".join([*pieces, text[end:]]).strip()
