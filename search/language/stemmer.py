"""Dutch word forms: which words are the same word, and which are family.

Two steps of the same ladder. ``stem`` undoes inflection (toetsen, toetst and toetsing meet at "toets"); ``root`` goes
on to what the word was made of (leider, leiding and leiderschap meet at "leid"). Stems only have to meet each other:
they are never shown. Input is one lower-case word without accents.
"""

import re
from functools import cache, lru_cache

from search.language.data import read_lines, read_words

VOWELS = "aeiouy"

SEPARABLE = "aan|achter|af|bij|door|in|los|mee|mede|na|om|onder|op|over|samen|terug|toe|uit|vast|voor|weg|deel|plaats"
FIXED = "be|her|ont|ver"
SEPARATED_PARTICIPLE = re.compile(rf"({SEPARABLE})ge(\w{{3,}}[dt])e?$")
PARTICIPLE = re.compile(r"ge(\w{2,}eer)de?$")


@cache
def uninflected() -> frozenset[str]:
    """Words that look inflected and are not, or that would meet a word that means something else."""
    return frozenset(read_words("uninflected.txt"))


@cache
def irregular() -> dict[str, str]:
    """The stem of forms that no rule gives; a strong verb lends its forms to what is made with a prefix."""
    found: dict[str, str] = {}
    for line in read_lines("irregular.txt"):
        base, *forms = line.split()
        found |= dict.fromkeys(forms, base)
    return found


@cache
def strong_form() -> re.Pattern[str]:
    """A strong verb's past behind a prefix: "ingeschreven", "beschreven", "aangenomen"."""
    return re.compile(rf"({SEPARABLE}|{FIXED})(?:ge)?({'|'.join(form.removeprefix('ge') for form in irregular())})$")


def has_vowel(word: str) -> bool:
    return any(letter in VOWELS for letter in word)


def syllables(word: str) -> int:
    return len(re.findall(r"[aeiouy]+", word))


def close(word: str) -> str:
    """What is left after an ending that opened the last syllable: "lez" becomes "lees", "vakk" "vak"."""
    if len(word) > 2 and word[-1] == word[-2] and word[-1] not in VOWELS:
        return word[:-1]
    is_open = (
        len(word) > 2
        and word[-1] not in VOWELS
        and word[-2] in "aeou"
        and word[-3] not in VOWELS
        and syllables(word) == 1
    )
    if is_open:
        word = word[:-1] + word[-2] + word[-1]
    return word


def harden(word: str) -> str:
    """Final v and z are written f and s: "inclusiev" and "keuz" become "inclusief" and "keus"."""
    return word[:-1] + {"v": "f", "z": "s"}.get(word[-1], word[-1])


def shorten(word: str) -> str:
    """One spelling for the last syllable of a longer word: "leraar" and "lerar" both become "lerar"."""
    if len(word) > 3 and syllables(word) > 1 and word[-1] not in VOWELS and word[-2] == word[-3] and word[-2] in "aeou":
        return word[:-2] + word[-1]
    return word


def strip_plural_s(word: str) -> str:
    if not word.endswith("s") or len(word) < 4:
        return word
    before = word[-2]
    if before in "aoy" and len(word) > 4 and word[-3] != before:
        return word[:-1]  # collega's, portfolio's
    if word.endswith("ies"):
        return word[:-1]
    if before == "e":
        return word[:-1] if len(word) > 4 and word[-3] != "e" else word
    if before in "aiou" or word.endswith("ijs"):
        return word
    if syllables(word) == 1:
        return word[:-1] if word.endswith(("ps", "gs", "bs", "ols", "ks", "ams")) and word[-3:] != "eks" else word
    return word if word.endswith(("ss", "ts", "us", "is")) and not word.endswith(("erts", "ents", "cts")) else word[:-1]


def strip_verb_t(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith("dt"):
        return word[:-1]
    if re.search(r"(ts|[aeiou]{2}s|[aeiouy][kpfglmr]|[lrn][kpmg]|eer|ij[fkpsv])t$", word):
        return word[:-1]
    return word


def strip_ending(word: str) -> str:
    """Take off one of -heden, -ingen, -ing, -ende, -end, -en, -e, where a word is left."""
    if word.removesuffix("en") in uninflected():
        return word.removesuffix("en")
    if word.endswith("heden"):
        return word[:-5] + "heid"
    for ending in ("ingen", "ing"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and has_vowel(rest) and not rest.endswith("l" * 2):
            return close(rest)
    for ending in ("erende", "erend"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and has_vowel(rest):
            return rest + "er"
    for ending in ("ende", "end"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and has_vowel(rest):
            return close(rest)
    if word.endswith("ieen"):
        return word[:-2]
    for ending in ("en", "e"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and has_vowel(rest) and rest[-1] not in "aeiou":
            return close(rest)
        if rest != word and ending == "en" and len(rest) >= 3 and rest[-2:] in {"ee", "ij", "oe", "ie", "ei", "ui"}:
            return rest
    return word


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The word without inflection; equal for all forms of one word."""
    if word in irregular():
        return irregular()[word]
    if len(word) <= 3 or word in uninflected() or not word.isalpha():
        return word
    if match := strong_form().fullmatch(word):
        return match[1] + (irregular().get("ge" + match[2]) or irregular()[match[2]])
    if match := SEPARATED_PARTICIPLE.fullmatch(word):
        word = match[1] + match[2]
    elif match := PARTICIPLE.fullmatch(word):
        word = match[1]
    word = strip_plural_s(word)
    if word in irregular():
        return irregular()[word]
    if word in uninflected():
        return word
    if word.endswith(("eerd", "eerde", "eerden")):
        word = word[: word.rindex("eerd") + 3]
    word = strip_ending(word)
    if len(word) > 3 and word not in uninflected():
        word = strip_verb_t(word)
    return shorten(harden(word))


# Longest first; what is left must be a word of at least three letters with a vowel.
DERIVATIONS = (
    *("isering", "iseren", "isatie", "eerder", "atief", "atie", "itie", "iteit", "oraat", "orat"),
    *("schap", "heid", "loos", "lijk", "baar", "isch", "ering", "eren"),
    *("iser", "eer", "aar", "ster", "iek", "ief", "eel", "ie", "er"),
)
KEPT_PART = {"isering": "is", "iseren": "is", "isatie": "is", "iser": "is", "oraat": "or", "orat": "or"}


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What the word was made of: a looser meeting place than ``stem``, for words derived from each other."""
    base = stem(word)
    if word.startswith("ge") and word.endswith(("d", "t")) and len(base) > 5 and has_vowel(base[2:]):
        base = base[2:]  # getoetst
    if word in uninflected() or word in irregular() or len(base) < 5:
        return base
    for _ in range(2):
        for ending in DERIVATIONS:
            rest = base.removesuffix(ending)
            if rest != base and len(rest) >= 4 and has_vowel(rest):
                base = shorten(harden(rest + KEPT_PART.get(ending, "")))
                break
        else:
            break
    return base
