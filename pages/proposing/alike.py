"""Entries that may be the same as one that is proposed: alike in name, or with the same address."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from urllib.parse import urlsplit

from cms.memory import remembered
from pages.models import EntryName, EntryPage

MOST = 5
ALIKE = 0.8
"""Of two names, from 0 to 1."""

SHORTEST = 3
LONGEST = 200
SAYS_LITTLE = {
    *("aan", "bij", "de", "een", "en", "het", "in", "met", "op", "van", "voor"),
    *(
        "netwerk",
        "netwerken",
        "platform",
        "groep",
        "vereniging",
        "samenwerkingsverband",
        "samenwerking",
        "partnerschap",
    ),
    *("lectoraat", "practoraat", "leerstoel", "onderzoek", "onderzoeksgroep", "onderwijs"),
    *("landelijk", "landelijke", "regionaal", "regionale", "nederland", "nederlandse"),
    *("opleiden", "opleiders", "lerarenopleiding", "lerarenopleidingen"),
}
"""Words that many entries have in their name; they count only for a name of which all words are such."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry by all that it is called, and where it is found."""

    pk: int
    title: str
    url: str
    names: tuple[str, ...]
    website: str


def public_alike(name: str, website: str = "") -> list[Known]:
    """Those that a visitor may know of, most alike first."""
    return _alike(name, website, _public())


def all_alike(name: str, website: str = "") -> list[Known]:
    """Also those that are not on the site, for editors."""
    return _alike(name, website, _known(EntryPage.objects.all()))


@remembered
def _public() -> tuple[Known, ...]:
    return _known(EntryPage.objects.listed())


def _known(entries: Iterable[EntryPage]) -> tuple[Known, ...]:
    also: dict[int, list[str]] = {}
    for pk, name in EntryName.objects.values_list("entry", "name"):
        also.setdefault(pk, []).append(name)
    return tuple(
        Known(
            *(one.pk, one.title, one.url or "", (one.title, one.abbreviation, *also.get(one.pk, []))),
            website=_place(one.website),
        )
        for one in entries
    )


def _alike(name: str, website: str, known: Iterable[Known]) -> list[Known]:
    said, place = _words(name[:LONGEST]), _place(website)
    if len("".join(said)) < SHORTEST:
        said = []
    scored = [(_score(said, place, one), one) for one in known]
    best = sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].title))
    return [one for _score, one in best[:MOST]]


def _score(said: list[str], place: str, known: Known) -> float:
    if place and place == known.website:
        return 1
    return max((_likeness(said, _words(name)) for name in known.names if name), default=0) if said else 0


def _likeness(one: list[str], other: list[str]) -> float:
    """How much the names look alike as a whole, or how many words of the shorter one stand in the longer one."""
    if not other:
        return 0
    whole = SequenceMatcher(None, " ".join(one), " ".join(other), autojunk=False)
    shorter, longer = sorted((one, other), key=len)
    shared = sum(any(_same_word(word, there) for there in longer) for word in shorter) / len(shorter)
    return max(shared, whole.ratio() if whole.quick_ratio() >= ALIKE else 0)


def _same_word(one: str, other: str) -> bool:
    return one == other or (len(one) > SHORTEST and SequenceMatcher(None, one, other).quick_ratio() >= 0.9)


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return [word for word in words if word not in SAYS_LITTLE] or words


def _place(address: str) -> str:
    """A website without what differs between two ways to write the same; one inside a larger site keeps its path."""
    try:
        parts = urlsplit(address.strip().lower())
    except ValueError:
        return ""
    return parts.netloc.removeprefix("www.") + parts.path.rstrip("/")
