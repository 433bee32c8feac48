"""What a display name may be: readable for everyone, and not to be taken for somebody of the platform."""

import re
import unicodedata
from collections.abc import Iterable

from django.core.exceptions import ValidationError

# Letters and symbols that draw nothing, although Unicode counts them as letters or symbols.
INVISIBLE = set("\u115f\u1160\u2800\u3164\uffa0")
ADDRESS = re.compile(r"@|://|\bwww\.|\.(nl|com|org|net)\b", re.IGNORECASE)
PILED_MARKS = 3
# Someone whose name holds one of these words speaks for the platform.
ROLES = {"admin", "administrator", "beheerder", "moderator", "root", "sysop", "systeembeheerder", "webmaster"}
# Somebody may be called so in part ("Jan, redactie Onderwijsblad"), but not as a whole.
OFFICES = {
    *("beheer", "forum", "gast", "helpdesk", "medewerker", "moderatie", "olddeelnemer", "ouddeelnemer"),
    *("platform", "platformflexibelopleiden", "redacteur", "redactie", "system", "systeem", "team"),
}
# Read as the Latin letter beside them; i, l and 1 are one letter to the eye.
LOOK_ALIKES = str.maketrans(
    "0134579!|$ıłl" + "авеікмнорстухѕјԁ" + "αβεικνορτυχ",
    "oieastgiisiii" + "abeikmhopctyxsjd" + "abeikvoptux",
)


def clean_display_name(value: str) -> str:
    """The name as it is kept: composed letters, single spaces. Raises ValidationError when people cannot read it."""
    name = unicodedata.normalize("NFC", " ".join(value.split()))
    if any(unicodedata.category(character)[0] == "C" or character in INVISIBLE for character in name):
        raise ValidationError("In je naam staat een teken dat niemand kan zien. Typ je naam opnieuw.", code="invisible")
    if ADDRESS.search(unicodedata.normalize("NFKC", name)):
        raise ValidationError("Gebruik je naam, geen e-mailadres of webadres.", code="address")
    if not any(character.isalpha() for character in name):
        raise ValidationError("Vul een naam met letters in.", code="no_letters")
    if _has_fancy_letters(name) or len(_alphabets(name)) > 1 or _has_piled_marks(name):
        raise ValidationError("Schrijf je naam met gewone letters uit één alfabet.", code="letters")
    return name


def refuse_impersonation(name: str, staff: Iterable[str]) -> None:
    """Raise ValidationError when ``name`` speaks for the platform or looks like one of the names in ``staff``."""
    words = set(re.findall(r"[^\W_]+", skeleton(name)))
    if words & _skeletons(ROLES) or skeleton(name, only_letters=True) in _skeletons(OFFICES):
        raise ValidationError("Deze naam is van het platform zelf. Kies je eigen naam.", code="reserved")
    if skeleton(name) in _skeletons(staff):
        raise ValidationError(
            "Deze naam lijkt op die van iemand van het platform. Zet er iets bij, zoals je instelling.", code="staff"
        )


def skeleton(name: str, *, only_letters: bool = False) -> str:
    """What the eye sees of a name: two names that look alike have the same skeleton."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(character for character in decomposed if not unicodedata.combining(character))
    seen = bare.translate(LOOK_ALIKES)
    return "".join(filter(str.isalpha, seen)) if only_letters else seen


def _skeletons(words: Iterable[str]) -> set[str]:
    return {skeleton(word) for word in words}


def _has_fancy_letters(name: str) -> bool:
    """Letters in circles, bold mathematical letters and the like, which screen readers cannot read."""
    plain = [unicodedata.normalize("NFKC", character) for character in name]
    return any(before != after and after.isalpha() for before, after in zip(name, plain, strict=True))


def _alphabets(name: str) -> set[str]:
    """The alphabets of the letters of a name; Chinese and Japanese are written with several."""
    found = {unicodedata.name(character, "?").split()[0] for character in name if character.isalpha()}
    return found - {"MODIFIER"} if not found & {"CJK", "HIRAGANA", "KATAKANA"} else {"CJK"}


def _has_piled_marks(name: str) -> bool:
    marks = "".join("m" if unicodedata.category(character) == "Mn" else " " for character in name)
    return "m" * PILED_MARKS in marks
