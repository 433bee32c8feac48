"""Dutch word forms: which words are the same word, and which are family.

Two steps of the same ladder. ``stem`` undoes inflection (toetsen, toetst and toetsing meet at "toets"); ``root`` goes on
to what the word was made of (leider, leiding and leiderschap meet at "leid"). Stems only have to meet each other: they
are never shown. Input is one lower-case word without accents.
"""

import re
from functools import lru_cache

VOWELS = "aeiouy"

# Looks inflected and is not, or would meet a word that means something else.
UNINFLECTED = frozenset(
    ["adres", "alles", "eigen", "anders", "basis", "boeddhisme", "campus", "circus", "congres", "corpus", "cursus", "dienst", "eigenlijk", "examen", "gebeuren", "gegeven", "gegevens", "gemeente", "huis", "idee", "interesse", "kennis", "keten", "kring", "lening", "lering", "leven", "leiden", "leerling", "mening", "morgen", "nieuws", "nodig", "open", "orde", "proces", "reis", "samen", "scholing", "school", "status", "succes", "sturing", "teken", "thuis", "toetsenbord", "tweeling", "virus", "vlaanderen", "wagen", "woning", "zeeland", "zorg", "groningen", "nijmegen", "utrecht", "drenthe", "twente", "tilburg", "assen", "emmen"]
)
IRREGULAR = {
    "gegevens": "gegeven",
    "dagen": "dag",
    "wegen": "weg",
    "processen": "proces",
    "adressen": "adres",
    "congressen": "congres",
    "cursussen": "cursus",
    "bijscholing": "bijscholing",
    "nascholing": "nascholing",
    "steden": "stad",
    "leden": "lid",
    "kinderen": "kind",
    "collegas": "collega",
    "koos": "kies",
    "gekozen": "kies",
    "keuze": "kies",
    "keuzes": "kies",
    "keus": "kies",
    "schreef": "schrijf",
    "geschreven": "schrijf",
    "ontworpen": "ontwerp",
    "ontwierp": "ontwerp",
    "begeleidt": "begeleid",
    "gaf": "geef",
    "geven": "geef",
    "gegeven": "geef",
    "keek": "kijk",
    "bekeken": "bekijk",
    "onderzocht": "onderzoek",
    "gezocht": "zoek",
    "zocht": "zoek",
    "bracht": "breng",
    "gebracht": "breng",
    "dacht": "denk",
    "gedacht": "denk",
    "bedacht": "bedenk",
    "deelgenomen": "deelneem",
    "deelnemen": "deelneem",
    "deelname": "deelneem",
    "nemen": "neem",
    "genomen": "neem",
    "gesproken": "spreek",
    "besproken": "bespreek",
    "gevonden": "vind",
    "vond": "vind",
    "verbonden": "verbind",
    "geholpen": "help",
    "hulp": "help",
    "begonnen": "begin",
    "begin": "begin",
    "beginnen": "begin",
    "gevolgd": "volg",
    "diverse": "divers",
    "divers": "divers",
}

PREFIXES = (
    "aan|achter|af|bij|door|in|los|mee|mede|na|om|onder|op|over|samen|terug|toe|uit|vast|voor|weg|door|her|deel|plaats"
)
SEPARATED_PARTICIPLE = re.compile(rf"({PREFIXES})ge(\w{{3,}}[dt])e?$")
PARTICIPLE = re.compile(r"ge(\w{2,}eer)de?$")


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
        return word[:-1] if len(word) > 4 and word[-3] not in "e" else word
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
    if word.removesuffix("en") in UNINFLECTED:
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
    if word in IRREGULAR:
        return IRREGULAR[word]
    if len(word) <= 3 or word in UNINFLECTED or not word.isalpha():
        return word
    if match := SEPARATED_PARTICIPLE.fullmatch(word):
        word = match[1] + match[2]
    elif match := PARTICIPLE.fullmatch(word):
        word = match[1]
    word = strip_plural_s(word)
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word in UNINFLECTED:
        return word
    if word.endswith(("eerd", "eerde", "eerden")):
        word = word[: word.rindex("eerd") + 3]
    word = strip_ending(word)
    if len(word) > 3 and word not in UNINFLECTED:
        word = strip_verb_t(word)
    return shorten(harden(word))


# Longest first; what is left must be a word of at least three letters with a vowel.
DERIVATIONS = ["isering", "iseren", "isatie", "eerder", "atief", "atie", "itie", "iteit", "oraat", "orat", "schap", "heid", "loos", "lijk", "baar", "isch", "ering", "eren", "iser", "eer", "aar", "ster", "iek", "ief", "eel", "ie", "er"]
KEPT_PART = {"isering": "is", "iseren": "is", "isatie": "is", "iser": "is", "oraat": "or", "orat": "or"}


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """What the word was made of: a looser meeting place than ``stem``, for words derived from each other."""
    base = stem(word)
    if word in UNINFLECTED or word in IRREGULAR or len(base) < 5:
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
