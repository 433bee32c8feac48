"""How a visitor's text is read: which words, what each may be found by, and how many must be found.

The plan knows no engine: an engine translates it into its own queries. That keeps the rules for Dutch, and for what
counts as an answer, the same in all of them.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from search.language.synonyms import synonyms
from search.language.words import (
    LINK,
    PAIR,
    PART,
    ROOT,
    STEM,
    Word,
    analyse,
    chains,
    is_everyday,
    name_key,
    pair_token,
    words_of_chain,
)
from search.vocabulary import SubjectMatch, Vocabulary

LONGEST_TEXT = 400
MOST_WORDS = 16

# How well a token stands for the word that was typed.
EXACT, SAME_STEM, WRITTEN_APART, COMPOUND_PART, SAME_ROOT, SYNONYM = 1.0, 0.9, 0.9, 0.6, 0.5, 0.45
CORRECTED = 0.85
OTHER_NAME = 0.35

EVERYDAY = 0.3
"""What an everyday word weighs beside telling ones."""

UNKNOWN_IN_SENTENCE = 0.5
SENTENCE_LENGTH = 4
COMMON_PART = 2.0
"""A part of a compound that is less telling than this need not be found: the "onderwijs" of "noodonderwijs"."""

PAIR_RARITY = 0.6
"""How telling two words are side by side, beside the sum of what each tells."""

NEEDED, NEEDED_IN_SENTENCE = 0.5, 0.4
"""The share of the words, by weight, that an answer must hold."""

MOST_STEPS = 4

MAY_BE_MEANT, SURELY_MEANT = 0.2, 0.75
"""How strongly a word must mean a subject to be found by it, and to be answered by it in a sentence."""


class Knowledge(Protocol):
    """What an engine tells about the index, so that a query can be read well."""

    @property
    def vocabulary(self) -> Vocabulary: ...

    def frequency(self, token: str) -> int:
        """How many documents hold this token; of a pair it may be an estimate, yet 0 only when there is none."""

    def rarity(self, frequency: int) -> float:
        """How telling a token is that stands in so many documents."""

    def weigh(self, stem: str) -> float:
        """How telling a word with this stem is: ``weigh_stem``, remembered."""

    def neighbours(self, word: str) -> Sequence[tuple[str, float]]:
        """Known words that look like this unknown one, best first, with the cost of the difference."""


def rarity(frequency: int, size: int) -> float:
    """How telling a token is that stands in so many of the documents: the rarer, the more."""
    size = max(size, frequency, 1)
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def weigh_stem(stem: str, knowledge: Knowledge) -> float:
    """How telling a word is, found as itself or in a compound; an everyday word hardly."""
    frequency = max(knowledge.frequency(STEM + stem), knowledge.frequency(PART + stem))
    return knowledge.rarity(frequency) * (EVERYDAY if is_everyday(stem) else 1.0)


@dataclass(frozen=True, slots=True)
class PlannedWord:
    """One word of the query. Found by any of ``tokens`` (token, strength), or by all of ``all_of`` together."""

    word: Word
    weight: float
    """How telling it is."""

    tokens: tuple[tuple[str, float], ...]
    all_of: tuple[str, ...] = ()
    correction: str | None = None

    @property
    def is_known(self) -> bool:
        return bool(self.tokens or self.all_of)


@dataclass(frozen=True, slots=True)
class PlannedToken:
    """A bonus where this token stands: two words of the query side by side, or another name of what is meant.

    It may stand nowhere: no engine need know every pair of words.
    """

    token: str
    strength: float
    weight: float = 1.0
    """How telling it is."""


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A query, understood."""

    words: tuple[PlannedWord, ...] = ()
    pairs: tuple[PlannedToken, ...] = ()
    other_names: tuple[PlannedToken, ...] = ()
    subjects: tuple[SubjectMatch, ...] = ()
    ruled_out: tuple[str, ...] = ()
    """Subjects that the query must not lead to: it holds a term that looks like them and is something else."""

    name_key: str = ""
    did_you_mean: str | None = None
    is_sentence: bool = False

    @property
    def is_empty(self) -> bool:
        return not self.words

    @property
    def steps(self) -> list[int]:
        """The weight of each word in a few steps, for engines that can only count."""
        heaviest = max((word.weight for word in self.words), default=0.0) or 1.0
        return [max(1, round(MOST_STEPS * word.weight / heaviest)) for word in self.words]

    @property
    def needed_steps(self) -> int:
        """How many of all steps an answer must hold."""
        needed = NEEDED_IN_SENTENCE if self.is_sentence else NEEDED
        return max(1, math.floor(needed * sum(self.steps)))

    def subjects_of(self, position: int) -> list[str]:
        """Subjects that the word at this place may mean: what is about one of them holds the word."""
        return [m.slug for m in self.subjects if position in m.positions and m.strength >= MAY_BE_MEANT]

    @property
    def sufficient_subjects(self) -> list[str]:
        """Subjects of which everything belongs to the answer."""
        return [match.slug for match in self.subjects if self.is_sentence and match.strength >= SURELY_MEANT]

    def marked_tokens(self) -> frozenset[str]:
        """Tokens whose words are marked in a fragment."""
        tokens = {token for word in self.words for token, _ in word.tokens} | {pair.token for pair in self.pairs}
        return frozenset(tokens | {kind + part for word in self.words for part in word.all_of for kind in (STEM, PART)})


@dataclass(frozen=True, slots=True)
class Planner:
    """Reads queries against what the index knows."""

    knowledge: Knowledge

    def plan(self, text: str) -> QueryPlan:
        text = text[:LONGEST_TEXT]
        words, times, length = self._words(text)
        if not words:
            return QueryPlan(name_key=name_key(text))
        is_sentence = length >= SENTENCE_LENGTH and (length > len(words) or len(words) > SENTENCE_LENGTH)
        planned = self._join_neighbours([self._plan_word(word) for word in words])
        planned = self._soften(planned, is_sentence)
        if not is_sentence and self._is_hopeless(planned):
            return QueryPlan(words=tuple(replace(word, tokens=(), all_of=()) for word in planned))
        meant = [analyse(word.correction) if word.correction else word.word for word in planned]
        subjects = tuple(self.knowledge.vocabulary.matches(meant, times))
        better = self._did_you_mean(text, planned)
        return QueryPlan(
            words=tuple(planned),
            pairs=tuple(self._pairs(meant, [word.weight for word in planned])),
            other_names=tuple(self._other_names(subjects)),
            subjects=subjects,
            ruled_out=tuple(self._ruled_out(meant, subjects)),
            name_key=name_key(better or text),
            did_you_mean=better,
            is_sentence=is_sentence,
        )

    def _words(self, text: str) -> tuple[list[Word], list[int], int]:
        """The telling words of the text, each once, in order; how often each; and how many words there are in all."""
        found: dict[str, Word] = {}
        times: Counter[str] = Counter()
        length = 0
        for match in chains(text):
            family = words_of_chain(match.group())
            is_chain = len(family) > 1 and "/" not in match.group() and LINK.search(match.group())
            for word in family[:-1] if is_chain else family:
                length += 1
                if not word.is_stop_word and (len(word.exact) > 1 or word.exact.isdigit()):
                    found.setdefault(word.stem, word)
                    times[word.stem] += 1
            if is_chain and self.knowledge.frequency(family[-1].exact):
                found.setdefault(family[-1].stem, family[-1])
                times[family[-1].stem] += 1
        words = list(found.values())[:MOST_WORDS]
        return words, [times[word.stem] for word in words], length

    def _plan_word(self, word: Word) -> PlannedWord:
        frequency = self.knowledge.frequency
        known = [(token, strength) for token, strength in self._ways(word) if frequency(token)]
        correction = None
        if not known and (halves := self._halves(word)):
            known = halves
        all_of = self._needed_parts(word)
        if all_of:
            pairs = list(pairwise(word.parts))
            known += [(pair_token(*pair), WRITTEN_APART / len(pairs)) for pair in pairs]
        if not known:
            corrections = self._corrections(word)
            correction = corrections[0][0] if corrections else None
            for other, price in corrections:
                strength = CORRECTED - 0.1 * price
                known += [(token, share * strength) for token, share in self._ways(analyse(other)) if frequency(token)]
        strongest: dict[str, float] = {}
        for token, strength in known:
            strongest[token] = max(strength, strongest.get(token, 0.0))
        common = max((frequency(t) for t, strength in known if strength > SAME_ROOT and t[0] != PAIR), default=0)
        return PlannedWord(word, self.knowledge.rarity(common), tuple(strongest.items()), all_of, correction)

    @staticmethod
    def _ways(word: Word) -> list[tuple[str, float]]:
        """Every token under which a word may be found, and how well that stands for it."""
        ways = [(word.exact, EXACT), (STEM + word.stem, SAME_STEM), (PART + word.stem, COMPOUND_PART)]
        ways += [(ROOT + word.root, SAME_ROOT), (STEM + word.root, SAME_ROOT)]
        for other in synonyms(word.stem):
            ways += [(STEM + other, SYNONYM), (PART + other, SYNONYM * COMPOUND_PART)]
        return ways

    def _needed_parts(self, word: Word) -> tuple[str, ...]:
        """The parts that together stand for a compound; none when the site does not know one of them."""
        frequency = self.knowledge.frequency
        known = [part for part in word.parts if frequency(STEM + part) or frequency(PART + part)]
        if not word.parts or len(known) < len(word.parts):
            return ()
        return tuple(part for part in known if self.knowledge.weigh(part) >= COMMON_PART) or tuple(known)

    def _corrections(self, word: Word) -> Sequence[tuple[str, float]]:
        if word.stem in self.knowledge.vocabulary.excluded_stems:
            return ()
        return self.knowledge.neighbours(word.exact)

    def _halves(self, word: Word) -> list[tuple[str, float]]:
        """Two known words that were typed as one: "lessonstudy", "deleercoach"."""
        text, frequency = word.exact, self.knowledge.frequency
        for cut in range(2, len(text) - 1):
            first, second = analyse(text[:cut]), analyse(text[cut:])
            if not frequency(second.exact):
                continue
            if first.is_stop_word and len(second.exact) >= SENTENCE_LENGTH + 1:
                return [(token, WRITTEN_APART * share) for token, share in self._ways(second) if frequency(token)]
            pair = pair_token(first.stem, second.stem)
            if frequency(first.exact) and frequency(pair):
                return [(pair, WRITTEN_APART)]
        return []

    def _join_neighbours(self, words: list[PlannedWord]) -> list[PlannedWord]:
        """Two words that the site writes as one ("science guide") are both found by that one."""
        joined = list(words)
        for place, (one, other) in enumerate(pairwise(words)):
            token = one.word.exact + other.word.exact
            if self.knowledge.frequency(token):
                for at in (place, place + 1):
                    joined[at] = replace(joined[at], tokens=(*joined[at].tokens, (token, EXACT)), correction=None)
        return joined

    @staticmethod
    def _soften(words: list[PlannedWord], is_sentence: bool) -> list[PlannedWord]:
        """Beside telling words an everyday word weighs less; in a sentence so does one that the site does not know."""
        if all(is_everyday(word.word.exact) for word in words):
            return words
        softened = []
        for word in words:
            factor = EVERYDAY if is_everyday(word.word.exact) else 1.0
            if is_sentence and not word.is_known:
                factor = min(factor, UNKNOWN_IN_SENTENCE)
            softened.append(replace(word, weight=word.weight * factor))
        return softened

    @staticmethod
    def _is_hopeless(words: Sequence[PlannedWord]) -> bool:
        """A few words of which the site does not know the weightiest half ask for something it has not."""
        unknown = sum(word.weight for word in words if not word.is_known)
        known = sum(word.weight for word in words if word.is_known and not word.correction)
        return bool(unknown) and known <= unknown

    @staticmethod
    def _pairs(words: Sequence[Word], weights: Sequence[float]) -> list[PlannedToken]:
        """Neighbours in the query, in either order: "logistiek van het onderwijs"."""
        pairs = []
        for (one, other), of_both in zip(pairwise(words), pairwise(weights), strict=True):
            for first, second, strength in ((one, other, 1.0), (other, one, 0.8)):
                token = pair_token(first.atoms[-1], second.atoms[0])
                pairs.append(PlannedToken(token, strength, PAIR_RARITY * sum(of_both)))
        return pairs

    def _ruled_out(self, words: Sequence[Word], subjects: Sequence[SubjectMatch]) -> list[str]:
        named = {match.slug for match in subjects if match.strength >= SURELY_MEANT}
        return [slug for slug in self.knowledge.vocabulary.ruled_out(words) if slug not in named]

    def _other_names(self, subjects: Sequence[SubjectMatch]) -> list[PlannedToken]:
        """What else the subjects that are meant are called, so that a text with that word comes before one without."""
        found: dict[str, float] = {}
        for match in subjects:
            if match.strength < SURELY_MEANT:
                continue
            for atoms in self.knowledge.vocabulary.subjects[match.slug].names:
                if len(atoms) <= 2:
                    token = STEM + atoms[0] if len(atoms) == 1 else pair_token(*atoms)
                    found[token] = max(found.get(token, 0.0), OTHER_NAME * match.strength)
        return [PlannedToken(token, strength) for token, strength in found.items()]

    def _did_you_mean(self, text: str, words: Sequence[PlannedWord]) -> str | None:
        corrections = {word.word.exact: word.correction for word in words if word.correction and word.tokens}
        pieces, end = [], 0
        for match in chains(text):
            family = words_of_chain(match.group())
            better = next((corrections[word.exact] for word in family if word.exact in corrections), None)
            if better:
                pieces += [text[end : match.start()], better]
                end = match.end()
        return "".join([*pieces, text[end:]]).strip() if pieces else None
