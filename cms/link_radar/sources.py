"""Which addresses elsewhere stand where: each room registers what it shows, and can put another in its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from cms.models import User
from cms.models.radar import LONGEST_URL


@dataclass(frozen=True, slots=True)
class Use:
    """One place where an address stands; ``thing`` is the key of what it stands in, for its source."""

    url: str
    thing: int
    title: str
    field: str
    edit_path: str


class Source(Protocol):
    name: str

    def uses(self) -> Iterable[Use]:
        """Every place on the site, as visitors see it now."""

    def replace(self, old: str, new: str, thing: int, *, by: User) -> bool:
        """Put one address in the place of another wherever it stands in a thing; False when it stands there no more."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let the radar watch the addresses of a source. Called in ``AppConfig.ready()``."""
    _sources[source.name] = source


def all_sources() -> list[Source]:
    return list(_sources.values())


def source(name: str) -> Source | None:
    return _sources.get(name)


def host_of(url: str) -> str:
    """The website of an address as the radar counts them, or "" when it has none."""
    try:
        parts = urlsplit(url)
        return parts.netloc.rpartition("@")[2].lower()[:255] if parts.hostname else ""
    except ValueError:
        return ""


def is_watched(url: str) -> bool:
    """Whether an address leads elsewhere over the web. One longer than is reasonable is left alone."""
    is_web = url.startswith(("http://", "https://")) and len(url.encode()) <= LONGEST_URL
    return is_web and host_of(url) not in {"", host_of(settings.SITE_URL)}
