"""Asking after one address: what it answers in the end, and where it moved for good."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Protocol
from urllib.parse import urldefrag, urljoin, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from cms.link_radar.addresses import Failed, Silent, Unclear
from cms.link_radar.asking import Reply
from cms.models.radar import Outcome

MOST_REDIRECTS = 3
LONGEST_PROPOSAL = 500  # what the fields of the site hold
PERMANENTLY = {HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT}
ELSEWHERE = PERMANENTLY | {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT}
NOT_FOR_ROBOTS = {401, 402, 403, 407, 429, 451, 999}
"""A person may get in where we do not."""

NOT_OUR_WAY_OF_ASKING = {405, 406, 408, 421, 425, 426, 501}
WORDS = {404: "de pagina is er niet (404)", 410: "de pagina is weggehaald (410)"}


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    reason: str = ""
    moved_to: str = ""


class Web(Protocol):
    async def ask(self, method: str, url: str, *, most_bytes: int = 0) -> Reply:
        """Send one request when its website can bear it."""

    async def allows(self, url: str) -> bool:
        """Whether the website lets robots ask this."""


async def check(url: str, web: Web) -> Answer:
    """What to make of an address now: first only its headers are asked for, then the page like a reader does."""
    try:
        try:
            status, moved_to = await _follow("HEAD", url, web)
        except Silent:
            status, moved_to = 0, ""
        if status == 0 or (status >= 400 and status != HTTPStatus.TOO_MANY_REQUESTS):
            status, moved_to = await _follow("GET", url, web)
    except Unclear as trouble:
        return Answer(Outcome.UNCLEAR, str(trouble))
    except Failed as trouble:
        return Answer(Outcome.FAILED, str(trouble))
    if 200 <= status < 300:
        return Answer(Outcome.WORKS, moved_to=_proposal(url, moved_to))
    if status in NOT_FOR_ROBOTS:
        return Answer(Outcome.UNCLEAR, f"laat ons niet binnen ({status})")
    if status < 400 or status in NOT_OUR_WAY_OF_ASKING:
        return Answer(Outcome.UNCLEAR, f"geeft een antwoord dat niets zegt ({status})")
    return Answer(Outcome.FAILED, WORDS.get(status) or f"heeft een storing ({status})")


async def _follow(method: str, url: str, web: Web) -> tuple[int, str]:
    """The status at the end of the redirects, and the address after those at the start that are for good."""
    seen, moved_to, is_for_good, sets_cookie = {urldefrag(url)[0]}, "", True, False
    for _ in range(MOST_REDIRECTS + 1):
        if not await web.allows(url):
            raise Unclear("de website vraagt robots om hier weg te blijven")
        reply = await web.ask(method, url)
        if reply.status not in ELSEWHERE or not reply.location:
            return reply.status, moved_to
        sets_cookie = sets_cookie or reply.sets_cookie
        try:
            url = urljoin(url, reply.location)
        except ValueError as error:
            raise Failed("stuurt door naar iets dat geen adres is") from error
        is_for_good = is_for_good and reply.status in PERMANENTLY
        moved_to = url if is_for_good else moved_to
        if urldefrag(url)[0] in seen:
            words = "stuurt in een kring door"
            raise Unclear(f"{words} naar wie geen cookies aanneemt") if sets_cookie else Failed(words)
        seen.add(urldefrag(url)[0])
    raise Unclear(f"stuurt meer dan {MOST_REDIRECTS} keer door")


def _proposal(old: str, new: str) -> str:
    """The new address as it can stand on the site, or nothing; the part of the page that was meant stays meant."""
    fragment = urldefrag(old)[1]
    if new and fragment and not urldefrag(new)[1]:
        new = f"{new}#{fragment}"
    if not new or len(new) > LONGEST_PROPOSAL or "@" in urlsplit(new).netloc:
        return ""
    try:
        URLValidator(schemes=["http", "https"])(new)
    except ValidationError:
        return ""
    return new
