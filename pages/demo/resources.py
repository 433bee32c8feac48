"""The records of resources.yaml, and which of them are a link or a line elsewhere instead of a page."""

from dataclasses import dataclass, field

from cms.demo.fixtures import Fixture, Record
from pages.models import ResourcePage

SHOWN_AS_LINK = ("networks", "partnerships", "research_groups", "activities")


@dataclass(frozen=True, kw_only=True)
class ResourceRecord(Record):
    title: str
    title_origin: str
    kind: ResourcePage.ResourceKind
    description: str
    subjects: list[str]
    organisation: str | None = None
    authors: list[str] = field(default_factory=list)
    year: int | None = None
    url: str = ""
    url_repaired: str = ""
    url_note: str = ""
    domain: str = ""
    see: str = ""
    source_heading: str
    check: str = ""
    source: list[str]

    @property
    def address(self) -> str:
        return self.url_repaired or self.url

    @property
    def source_text(self) -> str:
        """What readers can look for themselves while there is no address."""
        if self.address:
            return ""
        return self.domain or (self.title if self.title_origin == "bron" else "")

    @property
    def is_link_elsewhere(self) -> bool:
        """The same thing as an entry or an activity: it is shown there."""
        return self.see.partition("/")[0] in SHOWN_AS_LINK

    @property
    def is_findable(self) -> bool:
        return bool(self.address or self.domain)

    @property
    def as_link(self) -> dict[str, str]:
        return {
            "title": self.title,
            "url": self.address,
            "source_text": self.source_text,
            "description": self.description,
        }


RESOURCES = Fixture("resources.yaml", ResourceRecord)


def links_of(target: str) -> list[dict[str, str]]:
    """The links to show on ``target``, written as "section/slug"."""
    return [record.as_link for record in RESOURCES if record.see == target]
