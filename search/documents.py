"""The shape of a findable thing, the same for every kind and every engine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date as Date
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """Whether a thing still goes on, as ``?status=`` spells it; "in ontwikkeling" and past activities are active."""

    ACTIVE = "actief"
    ENDED = "beeindigd"


class Facet(StrEnum):
    """What results can be narrowed by, spelled as the parameter in the address."""

    CATEGORY = "categorie"
    SUBJECT = "onderwerp"
    SECTOR = "sector"
    REGION = "regio"
    KIND = "soort"


@dataclass(frozen=True, kw_only=True, slots=True)
class SearchDocument:
    """One findable thing, of any kind. Only what an anonymous visitor may open ever becomes a document.

    ``id`` is ``<kind>-<primary key>``: an entry with five subjects has five values and is still one document.
    Texts are plain text, without markup. Lists of slugs hold what the thing itself carries: no umbrella sectors.
    """

    id: str
    kind: str
    """A value of ``cms.categories.Kind``."""

    title: str
    url: str
    """A path on this site."""

    category: str | None = None
    """A value of ``cms.categories.Category``; None for organisations, subjects and pages."""

    names: tuple[str, ...] = ()
    """Other names of the thing itself: abbreviation, former name, title in the source, alternatives of a subject."""

    predecessor_names: tuple[str, ...] = ()
    """Names of ended entries that this one succeeds: a search for such a name finds the successor first."""

    excluded_terms: tuple[str, ...] = ()
    """Only for a subject: terms that look alike and must never lead to it (``not_the_same_as``)."""

    labels: tuple[str, ...] = ()
    """What it is, in words a visitor may type: "Lectoraat", "Scholing", "Peiling", and the names of its sectors."""

    summary: str = ""
    """What stands under the title in a list; also what the fallback searches."""

    body: str = ""
    """All other text, such as the replies of a topic or the statements of a card."""

    subjects: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    """Names of the institution, publisher or provider behind it."""

    people: tuple[str, ...] = ()
    """Names to be found by: lectors, authors, the person. A poster in the forum only by display name."""

    date: Date | None = None
    """What "nieuwste" sorts by: published, last post, day of the activity."""

    status: str = Status.ACTIVE

    def values(self, facet: Facet) -> tuple[str, ...]:
        """The values under which this document is counted in ``facet``."""
        match facet:
            case Facet.CATEGORY:
                return (self.category,) if self.category else ()
            case Facet.SUBJECT:
                return self.subjects
            case Facet.SECTOR:
                return self.sectors
            case Facet.REGION:
                return self.regions
            case Facet.KIND:
                return (self.kind,)

    def as_dict(self) -> dict[str, Any]:
        """Plain values that JSON can hold; ``from_dict`` reads them back."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()} | {
            "date": self.date.isoformat() if self.date else None
        }

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> "SearchDocument":
        """The opposite of ``as_dict``."""
        read: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in values.items()
        }
        read["date"] = Date.fromisoformat(read["date"]) if read["date"] else None
        return cls(**read)


def document_id(kind: str, pk: int) -> str:
    """The id under which the thing of this kind with this primary key is indexed."""
    return f"{kind}-{pk}"


def by_id(documents: Iterable[SearchDocument]) -> dict[str, SearchDocument]:
    """The documents by id; the last one wins when an id occurs twice."""
    return {document.id: document for document in documents}
