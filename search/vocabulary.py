"""The subjects by all their names: which subject do the words of a query mean?

Made from the documents of kind onderwerp, so a subject that an editor saves changes every search at once and no
document has to be indexed again.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from search.documents import SearchDocument
from search.language.stemmer import root
from search.language.words import Word, content_words, flatten

HALF = 0.5
SAME_ROOT = 0.8
NEARLY = 0.75
PARTLY = 0.6
SHADOWED = 0.4

Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class SubjectMatch:
    """A subject that a query means, how surely (to 1), and by which of its words."""

    slug: str
    strength: float
    positions: frozenset[int]


@dataclass(frozen=True, slots=True)
class SubjectNames:
    """One subject: its names and the terms that are not it, each as the atoms it is made of."""

    slug: str
    names: tuple[tuple[str, ...], ...]
    excluded: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a query: a word, or a part of a compound."""

    stem: str
    position: int


def atoms_of(name: str) -> tuple[str, ...]:
    return tuple(flatten(content_words(name)))


def names_of(document: SearchDocument) -> list[str]:
    """All names of a subject; "leiderschap en organisatie" is also called by either half."""
    return [document.title, *document.names, *document.title.split(" en ")]


class Vocabulary:
    """All subjects with their names; ``weigh`` tells how telling a stem is in the index."""

    def __init__(self, subjects: Iterable[SearchDocument], weigh: Weigh) -> None:
        self.weigh = weigh
        self.subjects = {
            document.subjects[0]: SubjectNames(
                slug=document.subjects[0],
                names=tuple(dict.fromkeys(atoms for name in names_of(document) if (atoms := atoms_of(name)))),
                excluded=tuple(atoms_of(term) for term in document.excluded_terms),
            )
            for document in subjects
        }
        self.excluded_stems = frozenset(
            atom for subject in self.subjects.values() for term in subject.excluded for atom in term
        )
        """Stems of terms that look like a subject and are not: never to be corrected to something else."""

        self._excluded = [
            (subject.slug, Counter(term)) for subject in self.subjects.values() for term in subject.excluded if term
        ]
        self._by_root: dict[str, set[tuple[str, tuple[str, ...]]]] = defaultdict(set)
        for subject in self.subjects.values():
            for name in subject.names:
                for atom in name:
                    self._by_root[root(atom)].add((subject.slug, name))
        self._tells_apart: dict[str, float] = {}

    def matches(self, words: Sequence[Word], times: Sequence[int]) -> list[SubjectMatch]:
        """The subjects that these words mean, strongest first; ``times`` says how often each word was typed."""
        atoms = [
            Atom(stem, position)
            for position, word in enumerate(words)
            for stem in word.atoms
            for _ in range(times[position])
        ]
        candidates: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for atom in atoms:
            for slug, name in self._by_root.get(root(atom.stem), ()):
                candidates[slug].add(name)
        found = [match for slug, names in candidates.items() if (match := self._match(slug, names, atoms, words))]
        found = [self._shadow(match, found) for match in found]
        return sorted(found, key=lambda match: (-match.strength, match.slug))

    def ruled_out(self, words: Sequence[Word]) -> list[str]:
        """The subjects of which a term that they are not stands in these words."""
        present = Counter(stem for word in words for stem in word.atoms)
        return [slug for slug, term in self._excluded if not term - present]

    def _match(
        self, slug: str, names: Iterable[tuple[str, ...]], atoms: list[Atom], words: Sequence[Word]
    ) -> SubjectMatch | None:
        usable = without_excluded(atoms, self.subjects[slug].excluded)
        best: SubjectMatch | None = None
        for name in sorted(names):
            used, covered = cover(name, usable, self._tell_apart)
            whole = sum(self._tell_apart(atom) for atom in name)
            positions = frozenset(atom.position for atom in used)
            if not used or covered < HALF * whole or max(positions) - min(positions) > len(name) + 1:
                continue
            share = covered / whole if whole else 1.0
            of_words = sum(self.weigh(stem) for position in positions for stem in words[position].atoms)
            usage = min(1.0, sum(self.weigh(atom.stem) for atom in used) / of_words) if of_words else 1.0
            is_whole = len(used) == len(name) and share > NEARLY
            strength = (share if is_whole else PARTLY * share**2) * usage
            if best is None or strength > best.strength:
                best = SubjectMatch(slug, strength, positions)
        return best

    def _tell_apart(self, stem: str) -> float:
        """A word that stands in the names of many subjects ("leren") says little about which one is meant."""
        if stem not in self._tells_apart:
            subjects = {slug for slug, name in self._by_root.get(root(stem), ()) if stem in name}
            self._tells_apart[stem] = self.weigh(stem) / math.sqrt(len(subjects) or 1)
        return self._tells_apart[stem]

    @staticmethod
    def _shadow(match: SubjectMatch, others: list[SubjectMatch]) -> SubjectMatch:
        """A subject meant by some of the words counts less when another is meant by those and more."""
        shadowed = any(match.positions < other.positions and other.strength >= match.strength for other in others)
        return SubjectMatch(match.slug, match.strength * SHADOWED, match.positions) if shadowed else match


def without_excluded(atoms: list[Atom], excluded: Iterable[tuple[str, ...]]) -> list[Atom]:
    """The atoms that are left when those of every excluded term that stands in the query are taken out."""
    left = list(atoms)
    for term in excluded:
        present = Counter(atom.stem for atom in left)
        if term and not Counter(term) - present:
            for stem in term:
                left.remove(next(atom for atom in left if atom.stem == stem))
    return left


def cover(name: tuple[str, ...], atoms: Iterable[Atom], weigh: Weigh) -> tuple[list[Atom], float]:
    """Which atoms make up the name, and how much of its weight they carry."""
    left, used, covered = list(atoms), [], 0.0
    for stem in name:
        same = next((atom for atom in left if atom.stem == stem), None)
        kin = same or next((atom for atom in left if root(atom.stem) == root(stem)), None)
        if kin:
            left.remove(kin)
            used.append(kin)
            covered += weigh(stem) * (1.0 if same else SAME_ROOT)
    return used, covered
