"""Entries as they stand in lists: per category read once, with the labels by which lists are narrowed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.text import Truncator

from cms.categories import Category
from cms.memory import remembered
from cms.models import Label
from pages.models.entries import EntryPage

FIELDS = [
    *("title", "slug", "url_path", "kind", "abbreviation", "is_overview", "blurb", "how_to_join"),
    *("checked_on", "review_on", "data_from", "ended_on", "organisation__name"),
]


@dataclass(frozen=True, kw_only=True, slots=True)
class EntryCard:
    """What lists draw of one entry, and what they know of it: all labels by their slugs."""

    category: Category
    slug: str
    title: str
    url: str
    abbreviation: str
    is_overview: bool
    has_ended: bool
    kind: str
    organisation_id: int | None
    what: str
    """Its kind, and the organisation that it belongs to."""

    summary: str
    how_to_join: str
    note: str
    """The sectors that it is for, and whether this still holds."""

    subjects: frozenset[str]
    sectors: frozenset[str]
    regions: frozenset[str]


@remembered
def listed(model: type[EntryPage]) -> tuple[EntryCard, ...]:
    """What a visitor may see of a category, also what has ended; national overviews first, then by title."""
    entries = model.objects.listed().in_list_order().select_related("organisation").only(*FIELDS)
    return tuple(_card(entry) for entry in entries.prefetch_related("subjects", "sectors", "regions"))


def active(model: type[EntryPage]) -> list[EntryCard]:
    """What exists today of a category."""
    return [card for card in listed(model) if not card.has_ended]


def _card(entry: Any) -> EntryCard:
    return EntryCard(
        category=entry.category,
        slug=entry.slug,
        title=entry.title,
        url=entry.url,
        abbreviation=entry.abbreviation,
        is_overview=entry.is_overview,
        has_ended=entry.has_ended,
        kind=entry.kind,
        organisation_id=entry.organisation_id,
        what=_line("Landelijk overzicht" if entry.is_overview else entry.get_kind_display(), entry.organisation),
        summary=entry.summary,
        how_to_join=Truncator(entry.how_to_join).words(24),
        note=_line(", ".join(sector.abbreviation for sector in entry.sectors.all()), _currency(entry)),
        subjects=_slugs(entry.subjects.all()),
        sectors=_slugs(entry.sectors.all()),
        regions=_slugs(entry.regions.all()),
    )


def _currency(entry: EntryPage) -> str:
    """Whether what it says still holds."""
    if entry.is_unconfirmed:
        return "niet bevestigd"
    if entry.checked_on:
        return f"laatst gecontroleerd op {date_format(entry.checked_on, 'j F Y')}"
    return f"gegevens uit {entry.data_from}, nog niet nagekeken" if entry.data_from else "nog niet nagekeken"


def _line(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _slugs(labels: Iterable[Label]) -> frozenset[str]:
    return frozenset(label.slug for label in labels)
