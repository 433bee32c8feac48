"""Resources, articles with their literature, and conversation cards."""

from dataclasses import dataclass

from wagtail.models import Page

from cms.demo.fixtures import Fixture, Record, UnknownSlugError, referred_list
from cms.models import Sector, Subject
from pages.demo.body import Block, bullets, labelled_bullets
from pages.demo.makers import maker
from pages.demo.publishing import add_page, exists, is_draft, note, place, write_first_version
from pages.demo.resources import RESOURCES, ResourceRecord
from pages.demo.sources import DATA_FROM
from pages.models import (
    ArticlePage,
    ArticleReference,
    CardIndexPage,
    CardPage,
    CardStatement,
    KnowledgeIndexPage,
    ResourcePage,
)


@dataclass(frozen=True, kw_only=True)
class Element:
    label: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Framework:
    name: str
    from_source: bool
    elements: list[Element]


@dataclass(frozen=True, kw_only=True)
class ArticleRecord(Record):
    title: str
    summary: str
    key_points: list[str]
    framework: Framework | None = None
    subjects: list[str]
    sectors: list[str]
    references: list[str]
    note: str = ""
    check: str = ""
    status: str = ""
    source: list[str]


@dataclass(frozen=True, kw_only=True)
class Statement:
    text: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class CardRecord(Record):
    number: int
    misconception: str
    opener: str = ""
    explanation: str
    statements: list[Statement]
    reflection: str
    session_tip: str
    subjects: list[str]
    source: list[str]


ARTICLES = Fixture("articles.yaml", ArticleRecord)
CARDS = Fixture("cards.yaml", CardRecord)


def load_knowledge() -> None:
    """Resources point at articles and articles at resources: resources are placed first and published last."""
    load_cards()
    placed = place_resources()
    load_articles()
    publish_resources(placed)


def load_cards() -> None:
    index = CardIndexPage.objects.get()
    for record in CARDS:
        if exists(CardPage, index, record.slug):
            continue
        with CARDS.naming(record):
            page = CardPage(
                slug=record.slug,
                title=record.misconception,
                number=record.number,
                opener=record.opener,
                explanation=record.explanation,
                reflection=record.reflection,
                session_tip=record.session_tip,
            )
            page.subjects = referred_list(Subject, record.subjects, "subjects")
            page.statements = [CardStatement(text=statement.text) for statement in record.statements]
            add_page(page, under=index)


def is_page(record: ResourceRecord) -> bool:
    """Not shown on another page: as a link on what is the same thing, or as a line under the article that cites it."""
    is_cited = any(record.slug in article.references for article in ARTICLES)
    return not record.is_link_elsewhere and (record.is_findable or not is_cited)


def place_resources() -> list[tuple[ResourceRecord, ResourcePage]]:
    index = KnowledgeIndexPage.objects.get()
    placed = []
    for record in filter(is_page, RESOURCES):
        if exists(ResourcePage, index, record.slug):
            continue
        with RESOURCES.naming(record):
            organisation, provider_entry = maker(record.organisation, "organisation")
            page = ResourcePage(
                slug=record.slug,
                title=record.title,
                kind=record.kind,
                description=record.description,
                website=record.address,
                source_text=record.source_text,
                organisation=organisation,
                provider_entry=provider_entry,
                authors=", ".join(record.authors),
                year=record.year,
                data_from=DATA_FROM,
                editor_note=note(record.check, record.url_note),
            )
            page.subjects = referred_list(Subject, record.subjects, "subjects")
            place(page, under=index)
            placed.append((record, page))
    return placed


def publish_resources(placed: list[tuple[ResourceRecord, ResourcePage]]) -> None:
    for record, page in placed:
        with RESOURCES.naming(record):
            page.related = related_page(record.see)
            write_first_version(page, draft=is_draft(record.title, record.check, record.url_note))


def related_page(see: str) -> Page | None:
    """The page that ``see`` of resources.yaml names: "cards", or "cards/slug" and the like."""
    if not see:
        return None
    if see == "cards":
        return CardIndexPage.objects.get()
    section, _, slug = see.partition("/")
    models: dict[str, type[Page]] = {"cards": CardPage, "articles": ArticlePage, "resources": ResourcePage}
    page = models[section].objects.filter(slug=slug).first() if section in models else None
    if page is None:
        raise UnknownSlugError("see", see, "page")
    return page


def load_articles() -> None:
    index = KnowledgeIndexPage.objects.get()
    for record in ARTICLES:
        if exists(ArticlePage, index, record.slug):
            continue
        with ARTICLES.naming(record):
            cited = [resource_record(slug) for slug in record.references]
            page = ArticlePage(
                slug=record.slug,
                title=record.title,
                summary=record.summary,
                body=article_body(record),
                editor_note=note(record.check, record.note, *(f"{r.title}: {r.check}" for r in cited if r.check)),
            )
            page.subjects = referred_list(Subject, record.subjects, "subjects")
            page.sectors = referred_list(Sector, record.sectors, "sectors")
            page.references = [reference(resource) for resource in cited]
            add_page(page, under=index, draft=record.status == "concept" or is_draft(record.title, record.check))


def article_body(record: ArticleRecord) -> list[Block]:
    blocks = [bullets(record.key_points)]
    if framework := record.framework:
        blocks.append(("heading", framework.name))
        blocks.append(labelled_bullets((element.label, element.text) for element in framework.elements))
    return blocks


def resource_record(slug: str) -> ResourceRecord:
    for record in RESOURCES:
        if record.slug == slug:
            return record
    raise UnknownSlugError("references", slug, "record in resources.yaml")


def reference(record: ResourceRecord) -> ArticleReference:
    """The line under an article; a resource with a page of its own is linked, any other is told in full."""
    line = ArticleReference(title=record.title, authors=", ".join(record.authors), year=record.year)
    if is_page(record):
        line.resource = ResourcePage.objects.filter(slug=record.slug).first()
    else:
        line.url, line.description = record.address, record.description
    return line
