"""Subjects, sectors, regions and organisations."""

from dataclasses import asdict, dataclass, field

from cms.demo.adding import add
from cms.demo.fixtures import Fixture, Record, referred, referred_list
from cms.models import Organisation, OrganisationLink, Region, Sector, Subject, SubjectTerm


@dataclass(frozen=True, kw_only=True)
class SubjectRecord(Record):
    name: str
    tier: Subject.Tier
    scope: str
    alternatives: list[str] = field(default_factory=list)
    not_the_same_as: list[str] = field(default_factory=list)
    named_as: str
    source: list[str]


@dataclass(frozen=True, kw_only=True)
class SectorRecord(Record):
    name: str
    abbreviation: str
    part_of: str | None = None
    note: str | None = None
    source: list[str]


@dataclass(frozen=True, kw_only=True)
class RegionRecord(Record):
    name: str


@dataclass(frozen=True, kw_only=True)
class LinkRecord:
    title: str
    url: str = ""
    source_text: str = ""
    description: str = ""


@dataclass(frozen=True, kw_only=True)
class OrganisationRecord(Record):
    name: str
    kind: Organisation.Kind
    abbreviation: str = ""
    part_of: str | None = None
    description: str = ""
    website: str = ""
    domain: str = ""
    subjects: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    links: list[LinkRecord] = field(default_factory=list)
    interviewed_roles: list[str] = field(default_factory=list)
    check: str | None = None
    source: list[str]


SUBJECTS = Fixture("subjects.yaml", SubjectRecord)
SECTORS = Fixture("sectors.yaml", SectorRecord)
REGIONS = Fixture("regions.yaml", RegionRecord)
ORGANISATIONS = Fixture("organisations.yaml", OrganisationRecord)


def load_subjects() -> None:
    for position, record in enumerate(SUBJECTS):
        if Subject.objects.filter(slug=record.slug).exists():
            continue
        with SUBJECTS.naming(record):
            subject = Subject(
                slug=record.slug, name=record.name, tier=record.tier, scope=record.scope, sort_order=position
            )
            terms = [(term, SubjectTerm.Meaning.SAME) for term in record.alternatives]
            terms += [(term, SubjectTerm.Meaning.OTHER) for term in record.not_the_same_as]
            subject.terms = [SubjectTerm(term=term, meaning=meaning) for term, meaning in terms]
            add(subject)


def load_sectors() -> None:
    position = {record.slug: position for position, record in enumerate(SECTORS)}
    for record in SECTORS.parents_first("part_of"):
        if Sector.objects.filter(slug=record.slug).exists():
            continue
        with SECTORS.naming(record):
            add(
                Sector(
                    slug=record.slug,
                    name=record.name,
                    abbreviation=record.abbreviation,
                    part_of=referred(Sector, record.part_of, "part_of"),
                    sort_order=position[record.slug],
                )
            )


def load_regions() -> None:
    for position, record in enumerate(REGIONS):
        if not Region.objects.filter(slug=record.slug).exists():
            with REGIONS.naming(record):
                add(Region(slug=record.slug, name=record.name, sort_order=position))


def load_organisations() -> None:
    for record in ORGANISATIONS.parents_first("part_of"):
        if Organisation.objects.filter(slug=record.slug).exists():
            continue
        with ORGANISATIONS.naming(record):
            organisation = Organisation(
                slug=record.slug,
                name=record.name,
                kind=record.kind,
                abbreviation=record.abbreviation,
                part_of=referred(Organisation, record.part_of, "part_of"),
                description=record.description,
                website=record.website,
                domain=record.domain,
                editor_note=_note(record),
            )
            organisation.links = [OrganisationLink(**asdict(link)) for link in record.links]
            subjects = referred_list(Subject, record.subjects, "subjects")
            sectors = referred_list(Sector, record.sectors, "sectors")
            add(organisation)
            organisation.subjects.set(subjects)
            organisation.sectors.set(sectors)


def _note(record: OrganisationRecord) -> str:
    spoken_to = f"Gesproken met: {', '.join(record.interviewed_roles)}." if record.interviewed_roles else ""
    return "\n".join(part for part in (record.check, spoken_to) if part)


def load_labels() -> None:
    load_subjects()
    load_sectors()
    load_regions()
    load_organisations()
