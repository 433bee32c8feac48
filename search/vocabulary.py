"""The subjects by all their names: which subject do the words of a query mean?

Made from the documents of kind onderwerp, so a subject that an editor saves changes every search at once and no
document has to be indexed again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from search.documents import SearchDocument
from search.language.stemmer import root
from search.language.words import Word, content_words, flatten

HALF = 0.5
SAME_ROOT = 0.8
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


class Vocabulary:
    """All subjects with their names."""

    def __init__(self, subjects: Iterable[SearchDocument]) -> None:
        self.subjects = [
            SubjectNames(
                slug=document.subjects[0],
                names=tuple(dict.fromkeys(atoms_of(name) for name in (document.title, *document.names))),
                excluded=tuple(atoms_of(term) for term in document.excluded_terms),
            )
            for document in subjects
        ]

    def excluded_stems(self) -> frozenset[str]:
        """Stems of terms that look like a subject and are not: never correct these to something else."""
        return frozenset(atom for subject in self.subjects for term in subject.excluded for atom in term)

    def matches(self, words: Sequence[Word], weigh: Weigh) -> list[SubjectMatch]:
        """The subjects that these words mean, strongest first; ``weigh`` tells how telling a stem is."""
        atoms = [Atom(stem, position) for position, word in enumerate(words) for stem in word.atoms]
        found = [match for subject in self.subjects if (match := self._match(subject, atoms, words, weigh))]
        found = [self._shadow(match, found, words, weigh) for match in found]
        return sorted(found, key=lambda match: -match.strength)

    def _match(
        self, subject: SubjectNames, atoms: list[Atom], words: Sequence[Word], weigh: Weigh
    ) -> SubjectMatch | None:
        usable = without_excluded(atoms, subject.excluded)
        best: SubjectMatch | None = None
        for name in subject.names:
            used, covered = cover(name, usable, weigh)
            whole = sum(weigh(atom) for atom in name)
            if not used or not whole or covered < HALF * whole:
                continue
            share = covered / whole
            positions = frozenset(atom.position for atom in used)
            of_words = sum(weigh(stem) for position in positions for stem in words[position].atoms)
            usage = min(1.0, sum(weigh(atom.stem) for atom in used) / of_words) if of_words else 1.0
            if max(positions) - min(positions) > len(name) + 1:
                continue
            strength = (share if share > 0.75 and len(used) == len(name) else PARTLY * share**2) * usage
            if best is None or strength > best.strength:
                best = SubjectMatch(subject.slug, strength, positions)
        return best

    @staticmethod
    def _shadow(match: SubjectMatch, others: list[SubjectMatch], words: Sequence[Word], weigh: Weigh) -> SubjectMatch:
        """A subject meant by some of the words counts less when another is meant by those and more."""
        shadowed = any(match.positions < other.positions and other.strength >= match.strength for other in others)
        return SubjectMatch(match.slug, match.strength * SHADOWED, match.positions) if shadowed else match


def without_excluded(atoms: list[Atom], excluded: Iterable[tuple[str, ...]]) -> list[Atom]:
    """The atoms that are left when those of every excluded term that stands in the query are taken out."""
    left = list(atoms)
    for term in excluded:
        present = Counter(atom.stem for atom in left)
        if term and all(present[stem] >= count for stem, count in Counter(term).items()):
            for stem in term:
                left.remove(next(atom for atom in left if atom.stem == stem))
    return left


def cover(name: tuple[str, ...], atoms: list[Atom], weigh: Weigh) -> tuple[list[Atom], float]:
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
