"""Home with its site record, the category pages, the overviews and the standard pages; and who edits them."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Page, Site

from cms.categories import Category
from cms.demo.fixtures import Fixture, Record, WrongValueError
from pages.demo.body import BlockRecord, body, rich_text
from pages.demo.publishing import add_page, exists
from pages.models import (
    ActivityIndexPage,
    CardIndexPage,
    ForumPage,
    HomePage,
    KnowledgeIndexPage,
    NetworkIndexPage,
    PartnershipIndexPage,
    ResearchGroupIndexPage,
    StandardPage,
)
from pages.roles import sync_editors

CATEGORY_PAGES = {
    Category.FORUM: ForumPage,
    Category.NETWORKS: NetworkIndexPage,
    Category.PARTNERSHIPS: PartnershipIndexPage,
    Category.RESEARCH_GROUPS: ResearchGroupIndexPage,
}
OVERVIEW_PAGES = {page.fixed_slug: page for page in (KnowledgeIndexPage, CardIndexPage, ActivityIndexPage)}


@dataclass(frozen=True, kw_only=True)
class HomeRecord(Record):
    title: str
    heading: str
    intro: str
    search_example: str
    popular_searches: list[str]


@dataclass(frozen=True, kw_only=True)
class CategoryRecord(Record):
    title: str
    summary: str
    intro: str


@dataclass(frozen=True, kw_only=True)
class OverviewRecord(Record):
    title: str
    intro: str
    guide: list[BlockRecord] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class StandardRecord(Record):
    title: str
    intro: str
    body: list[BlockRecord]
    under: str | None = None
    description: str = ""
    editor_note: str = ""


HOME = Fixture("pages.yaml", HomeRecord, "home")
CATEGORIES = Fixture("pages.yaml", CategoryRecord, "categories")
OVERVIEWS = Fixture("pages.yaml", OverviewRecord, "overviews")
STANDARD_PAGES = Fixture("pages.yaml", StandardRecord, "standard")


def load_tree() -> None:
    home = load_home()
    load_categories(home)
    load_overviews(home)
    load_standard_pages(home)
    sync_editors(home)


def load_home() -> HomePage:
    """The home page in the place of Wagtail's welcome page, and the site record that leads to it."""
    if home := HomePage.objects.first():
        return home
    (record,) = HOME
    with HOME.naming(record):
        home = HomePage(
            slug=record.slug,
            title=record.title,
            heading=record.heading,
            intro=record.intro,
            search_example=record.search_example,
            popular_searches="\n".join(record.popular_searches),
        )
        add_page(home, under=Page.get_first_root_node())
    address = urlsplit(settings.SITE_URL)
    port = address.port or {"http": 80, "https": 443}[address.scheme]
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": port,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "root_page": home,
        },
    )
    for welcome_page in Page.objects.exact_type(Page).filter(depth=2):
        welcome_page.delete()
    home.refresh_from_db()
    return home


def load_categories(home: HomePage) -> None:
    for record in CATEGORIES:
        with CATEGORIES.naming(record):
            if record.slug not in CATEGORY_PAGES:
                raise WrongValueError("slug", f"is none of {', '.join(CATEGORY_PAGES)}")
            model = CATEGORY_PAGES[Category(record.slug)]
            if not exists(model, home, record.slug):
                page = model(
                    slug=record.slug, title=record.title, summary=record.summary, intro=rich_text(record.intro)
                )
                page.show_in_menus = True
                add_page(page, under=home)


def load_overviews(home: HomePage) -> None:
    for record in OVERVIEWS:
        with OVERVIEWS.naming(record):
            if record.slug not in OVERVIEW_PAGES:
                raise WrongValueError("slug", f"is none of {', '.join(OVERVIEW_PAGES)}")
            model = OVERVIEW_PAGES[record.slug]
            if not exists(model, home, record.slug):
                page = model(slug=record.slug, title=record.title, intro=record.intro)
                if record.guide:
                    page.guide = body(record.guide)
                add_page(page, under=home)


def load_standard_pages(home: HomePage) -> None:
    for record in STANDARD_PAGES.parents_first("under"):
        with STANDARD_PAGES.naming(record):
            parent = StandardPage.objects.filter(slug=record.under).first() if record.under else home
            if parent is None:
                raise WrongValueError("under", f"there is no page {record.under!r}")
            if not exists(StandardPage, parent, record.slug):
                page = StandardPage(
                    slug=record.slug,
                    title=record.title,
                    intro=record.intro,
                    body=body(record.body),
                    search_description=record.description,
                    editor_note=record.editor_note,
                )
                add_page(page, under=parent)
