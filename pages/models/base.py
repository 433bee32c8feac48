"""What several page types share."""

from typing import ClassVar

from django.db import models
from django.db.models import QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PageManager, PageViewRestriction, Site

from cms.memory import remembered
from cms.models import User
from pages.permissions import SitePagePermissions
from pages.querysets import SitePageQuerySet, path_below_home


class SitePage(Page):
    """What holds for every page of this site: it has one home page, and editors have the rights of its pages."""

    page_relations: ClassVar[list[str]] = []
    """Foreign keys that the page itself draws, to be fetched along with it."""

    page_lists: ClassVar[list[str]] = []
    """Relations to many that the page itself draws."""

    objects = PageManager.from_queryset(SitePageQuerySet)()

    search_panel = MultiFieldPanel(["seo_title", "search_description"], "Voor zoekmachines")
    promote_panels = [FieldPanel("slug"), search_panel]

    class Meta:
        abstract = True

    def get_url(self, request: HttpRequest | None = None, current_site: Site | None = None) -> str:
        """The path on this site, without asking which sites there are."""
        return path_below_home(self.url_path)

    url = property(get_url)

    @property
    def trail(self) -> list[tuple[str, str]]:
        """Title and address of the pages above this one, from home down."""
        return list(_trail_to(self.path[: -self.steplen]))

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Of this page and those above it; their places in the tree follow from its own."""
        if self.alias_of_id:
            found: QuerySet[PageViewRestriction] = super().get_view_restrictions()
            return found
        closed = closed_places().intersection(_places_to(self.path))
        restrictions = PageViewRestriction.objects.all()
        return restrictions.filter(page__path__in=closed) if closed else restrictions.none()

    def permissions_for_user(self, user: User) -> SitePagePermissions:
        return SitePagePermissions(user, self)


def _places_to(path: str) -> list[str]:
    """A place in the tree and those above it, from the root down."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]


@remembered
def _trail_to(path: str) -> tuple[tuple[str, str], ...]:
    _root, *places = _places_to(path) or [""]
    above = Page.objects.filter(path__in=places).order_by("path").values_list("title", "url_path")
    return tuple((title, path_below_home(url_path)) for title, url_path in above)


@remembered
def closed_places() -> frozenset[str]:
    """Where in the tree a page is closed to a part of the public."""
    return frozenset(PageViewRestriction.objects.values_list("page__path", flat=True))


class FixedAddress(models.Model):
    """A page that stands at one address for ever; links all over the site rely on it."""

    fixed_slug: ClassVar[str]

    promote_panels = [SitePage.search_panel]
    max_count = 1

    class Meta:
        abstract = True

    def full_clean(self, *args: object, **kwargs: object) -> None:
        self.slug = self.fixed_slug
        super().full_clean(*args, **kwargs)  # type: ignore[arg-type]

    def minimal_clean(self) -> None:
        """All that Wagtail checks of a draft."""
        self.slug = self.fixed_slug
        super().minimal_clean()


class AboutSubjects(models.Model):
    """Something that is about subjects of the controlled list."""

    page_lists: ClassVar[list[str]] = ["subjects"]

    subjects = ParentalManyToManyField("cms.Subject", blank=True, related_name="%(class)ss", verbose_name="onderwerpen")

    class Meta:
        abstract = True


class EditorNote(models.Model):
    """A page with a note that only editors see."""

    editor_note = models.TextField("notitie voor de redactie", blank=True, help_text="Bezoekers zien dit niet.")

    class Meta:
        abstract = True


SUBJECTS_PANEL = FieldPanel("subjects", widget=CheckboxSelectMultiple)
SECTORS_PANEL = FieldPanel("sectors", widget=CheckboxSelectMultiple)
NO_CHILDREN: list[str] = []
