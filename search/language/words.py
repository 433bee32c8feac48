"""From text to words, and from a word to everything it can be found by."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from search.language import compounds
from search.language.data import read_words
from search.language.stemmer import root, stem

# Words that hang together without a space: kwaliteitsnet-ho, r.a.p.s., SO&P, h(b)o. An apostrophe is inside a word.
CHAIN = re.compile(r"[^\W_]+(?:(?:['’`]|[-‐‑–.&+/]|\)|\(|\)-|-\()[^\W_]+)*\)?")
LINK = re.compile(r"[^\w'’`]+|_+")
APOSTROPHES = str.maketrans("", "", "'’`")
OPTIONAL_LETTERS = re.compile(r"\([^\W_]+\)")
ABBREVIATION = re.compile(r"[^\W_]{1,2}(?:[.&][^\W_]{1,2})+|[^\W\d_](?:[-.][^\W\d_])+")
LONGEST_WORD = 60


def fold(word: str) -> str:
    """Lower case without accents and apostrophes: "Ideeën" becomes "ideeen"."""
    folded = word.casefold().translate(APOSTROPHES)
    if folded.isascii():
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


@cache
def stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in read_words("stop_words.txt"))


@cache
def everyday_words() -> frozenset[str]:
    words = [fold(word) for word in read_words("everyday_words.txt")]
    return stop_words() | frozenset(words) | frozenset(stem(word) for word in words)


def is_everyday(word: str) -> bool:
    """Whether a word, or stem, says little beside others."""
    return word in everyday_words()


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its family; ``exact`` is what was written, folded."""

    exact: str
    stem: str
    root: str
    parts: tuple[str, ...]
    """Stems of the parts of a compound, in order; empty when it is none."""

    @property
    def atoms(self) -> tuple[str, ...]:
        """What the word is made of: its parts, or else itself."""
        return self.parts or (self.stem,)

    @property
    def is_stop_word(self) -> bool:
        return self.exact in stop_words()

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens under which a text holding this word is found."""
        tokens = [self.exact, STEM + self.stem]
        if self.root != self.stem:
            tokens.append(ROOT + self.root)
        tokens += [PART + part for part in self.parts]
        tokens += [pair_token(*pair) for pair in pairwise(self.parts)]
        return tuple(tokens)


# What kind of token it is shows in its first sign; a word itself has none.
SIGNS = STEM, ROOT, PART, PAIR = "~", "^", "<", "+"


def pair_token(first: str, second: str) -> str:
    """The token of two stems that stand beside each other, in a compound or as words."""
    return f"{PAIR}{first}{PAIR}{second}"


@lru_cache(maxsize=50_000)
def analyse(exact: str) -> Word:
    """Everything about one folded word."""
    return Word(exact=exact, stem=stem(exact), root=root(exact), parts=compounds.split(exact))


@lru_cache(maxsize=50_000)
def words_of_chain(chain: str) -> tuple[Word, ...]:
    """The words in what hangs together without a space, then what they make when written as one.

    "PO-Raad" gives po, raad and poraad; "r.a.p.s." only raps; "h(b)o" gives hbo and ho.
    """
    optional = OPTIONAL_LETTERS.search(chain)
    if optional and ((optional.start() > 0 and chain[optional.start() - 1].isalnum()) or optional.end() < len(chain)):
        full = fold(chain.replace("(", "").replace(")", ""))
        without = fold(OPTIONAL_LETTERS.sub("", chain))
        pieces = [piece for text in (full, without) for piece in LINK.split(text) if piece]
        return tuple(analyse(piece[:LONGEST_WORD]) for piece in dict.fromkeys(pieces))
    pieces = [piece for piece in LINK.split(fold(chain)) if piece]
    joined = "".join(pieces)
    if len(pieces) == 1 or "/" in chain:
        return tuple(analyse(piece[:LONGEST_WORD]) for piece in pieces)
    if ABBREVIATION.fullmatch(chain):
        return (analyse(joined[:LONGEST_WORD]),)
    return tuple(analyse(piece[:LONGEST_WORD]) for piece in [*pieces, joined])


@lru_cache(maxsize=50_000)
def tokens_of_chain(chain: str) -> frozenset[str]:
    """All tokens of what hangs together without a space."""
    return frozenset(token for word in words_of_chain(chain) for token in word.tokens)


def chains(text: str) -> Iterator[re.Match[str]]:
    """The stretches of a text without a space, with their place in it."""
    return CHAIN.finditer(text)


def index_tokens(text: str, *, with_pairs: bool = True) -> list[str]:
    """Every token of a text, in order, and then if wanted the pairs of neighbouring words; for the index."""
    found = [index_tokens_of_chain(chain) for chain in CHAIN.findall(text)]
    tokens = [token for tokens, _ in found for token in tokens]
    if with_pairs:
        stems = [stem_ for _, stems in found for stem_ in stems]
        tokens += map(pair_token, stems, stems[1:])
    return tokens


@lru_cache(maxsize=50_000)
def index_tokens_of_chain(chain: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The tokens and the stems of the telling words in what hangs together without a space."""
    telling = [word for word in words_of_chain(chain) if not word.is_stop_word]
    return tuple(token for word in telling for token in word.tokens), tuple(word.stem for word in telling)


def content_words(text: str) -> list[Word]:
    """The words of a text that say something, written-as-one forms of chains left out."""
    return [
        word
        for match in CHAIN.finditer(text)
        for word in separate_words(match.group())
        if word.exact not in stop_words()
    ]


def separate_words(chain: str) -> tuple[Word, ...]:
    """The words of a chain without what they make when written as one."""
    found = words_of_chain(chain)
    return found[:-1] if len(found) > 2 and LINK.search(chain) and "/" not in chain and "(" not in chain else found


def name_key(text: str) -> str:
    """One spelling for all ways to write a name: without case, accents, spaces, punctuation and stop words."""
    folded = [piece for piece in LINK.split(fold(text)) if piece]
    return "".join([piece for piece in folded if piece not in stop_words()] or folded)


def flatten(words: Iterable[Word]) -> list[str]:
    """The atoms of these words: "docent ontwerp team" and "docentontwerpteam" become the same list."""
    return [atom for word in words for atom in word.atoms]
