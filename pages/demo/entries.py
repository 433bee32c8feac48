"""Networks, partnerships and research groups, with the resources that are the same thing as a link on them."""

from dataclasses import dataclass, field
from typing import Any

from cms.demo.fixtures import Fixture, Record, referred, referred_list
from cms.models import Organisation, Region, Sector, Subject
from pages.demo.publishing import add_page, exists, is_draft, lines, note
from pages.demo.resources import links_of
from pages.demo.sources import DATA_FROM, named_in
from pages.models import (
    Criterion,
    EntryLink,
    EntryPage,
    EntryPerson,
    NetworkIndexPage,
    NetworkPage,
    PartnershipIndexPage,
    PartnershipPage,
    ResearchGroupIndexPage,
    ResearchGroupPage,
)


@dataclass(frozen=True, kw_only=True)
class LinkedIn:
    name: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Lead:
    name: str
    role: str
    title: str = ""
    url: str = ""
    name_in_source: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryRecord(Record):
    """What the records of all three files share."""

    name: str
    blurb: str
    subjects: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    link_title: str = ""
    url: str = ""
    url_repaired: str = ""
    url_note: str = ""
    domain: str = ""
    check: str = ""
    source: list[str]


@dataclass(frozen=True, kw_only=True)
class NetworkRecord(EntryRecord):
    kind: NetworkPage.NetworkKind
    in_source_table: bool
    linkedin: LinkedIn | None = None
    driving_force: str = ""
    how_to_join: str = ""


@dataclass(frozen=True, kw_only=True)
class PartnershipRecord(EntryRecord):
    kind: PartnershipPage.PartnershipKind | None = None
    abbreviation: str = ""
    is_overview: bool = False
    region_text: str = ""
    partners: list[str] = field(default_factory=list)
    aims: list[str] = field(default_factory=list)
    stage: EntryPage.Stage
    intended_successor: str | None = None
    intended_successor_text: str = ""


@dataclass(frozen=True, kw_only=True)
class ResearchGroupRecord(EntryRecord):
    kind: ResearchGroupPage.ResearchGroupKind
    institution: str | None = None
    leads: list[Lead] = field(default_factory=list)


NETWORKS = Fixture("networks.yaml", NetworkRecord)
PARTNERSHIPS = Fixture("partnerships.yaml", PartnershipRecord)
RESEARCH_GROUPS = Fixture("research_groups.yaml", ResearchGroupRecord)


def load_entries() -> None:
    load_networks()
    load_partnerships()
    load_research_groups()


def load_networks() -> None:
    index = NetworkIndexPage.objects.get()
    for record in NETWORKS:
        if exists(NetworkPage, index, record.slug):
            continue
        with NETWORKS.naming(record):
            page = NetworkPage(
                **_shared(record),
                kind=record.kind,
                driving_force=record.driving_force,
                how_to_join=record.how_to_join,
                linkedin_name=record.linkedin.name if record.linkedin else "",
            )
            _add(page, record, index, section="networks")


def load_partnerships() -> None:
    index = PartnershipIndexPage.objects.get()
    for record in PARTNERSHIPS.parents_first("intended_successor"):
        if exists(PartnershipPage, index, record.slug):
            continue
        with PARTNERSHIPS.naming(record):
            page = PartnershipPage(
                **_shared(record),
                kind=record.kind or "",
                abbreviation=record.abbreviation,
                is_overview=record.is_overview,
                region_text=record.region_text,
                partners=lines(record.partners),
                aims=lines(record.aims),
                stage=record.stage,
                intended_successor=referred(PartnershipPage, record.intended_successor, "intended_successor"),
                intended_successor_text=record.intended_successor_text,
            )
            _add(page, record, index, section="partnerships")


def load_research_groups() -> None:
    index = ResearchGroupIndexPage.objects.get()
    for record in RESEARCH_GROUPS:
        if exists(ResearchGroupPage, index, record.slug):
            continue
        with RESEARCH_GROUPS.naming(record):
            misspelt = [lead for lead in record.leads if lead.name_in_source]
            page = ResearchGroupPage(
                **_shared(record, *(f"De bron schrijft {lead.name_in_source} voor {lead.name}." for lead in misspelt)),
                kind=record.kind,
                is_overview=record.kind == ResearchGroupPage.ResearchGroupKind.OVERVIEW,
                organisation=referred(Organisation, record.institution, "institution"),
            )
            page.people = [
                EntryPerson(name=lead.name, title=lead.title, role=lead.role, url=lead.url) for lead in record.leads
            ]
            _add(page, record, index, section="research_groups")


def _shared(record: EntryRecord, *notes: str) -> dict[str, Any]:
    """The fields that every kind of entry has."""
    return {
        "slug": record.slug,
        "title": record.name,
        "blurb": record.blurb,
        "offers": lines(record.activities),
        "website": record.url_repaired or record.url,
        "website_source_text": record.link_title or record.domain,
        "source": named_in(record.source),
        "data_from": DATA_FROM,
        "editor_note": note(record.check, record.url_note, *notes),
    }


def _add(page: EntryPage, record: EntryRecord, index: Any, *, section: str) -> None:
    page.subjects = referred_list(Subject, record.subjects, "subjects")
    page.sectors = referred_list(Sector, record.sectors, "sectors")
    page.regions = referred_list(Region, record.regions, "regions")
    page.criterion = Criterion.objects.filter(category=page.category).first()
    page.links = [EntryLink(**link) for link in links_of(f"{section}/{record.slug}")]
    add_page(page, under=index, draft=is_draft(record.name, record.check, record.url_note))
