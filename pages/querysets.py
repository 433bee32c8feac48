"""The vocabulary for asking about pages; every verb chains into a sentence."""

from datetime import date
from typing import NamedTuple, Self

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef
from django.db.models.expressions import Combinable
from django.utils.timezone import localdate
from wagtail.models import PageQuerySet, PageViewRestriction


class PageLink(NamedTuple):
    title: str
    url: str


def path_below_home(url_path: str) -> str:
    """The address of a page on this site: with one home page the tree gives it."""
    return "/" + url_path.lstrip("/").partition("/")[2]


def open_to_everyone() -> Combinable:
    """For ``Page.objects.filter()``: neither the page nor one above it is closed to a part of the public."""
    path = ExpressionWrapper(OuterRef("path"), output_field=models.CharField())
    return ~Exists(PageViewRestriction.objects.alias(listed=path).filter(listed__startswith=F("page__path")))


class SitePageQuerySet(PageQuerySet):
    def public(self) -> Self:
        """As in Wagtail, without asking beforehand which pages are closed."""
        return self.filter(open_to_everyone())

    def listed(self) -> Self:
        """What a visitor may see in a list: published, and not under a page that is closed to the public."""
        return self.live().public()

    def as_links(self) -> list[PageLink]:
        """Only title and address: all that a line of links draws."""
        return [PageLink(title, path_below_home(url_path)) for title, url_path in self.values_list("title", "url_path")]


class EntryQuerySet(SitePageQuerySet):
    """Networks, partnerships and research groups: ``NetworkPage.objects.listed().active()``."""

    def active(self, on: date | None = None) -> Self:
        return self.exclude(ended_on__lte=on or localdate())

    def ended(self, on: date | None = None) -> Self:
        return self.filter(ended_on__lte=on or localdate())

    def in_list_order(self) -> Self:
        """National overviews first, then by title."""
        return self.order_by("-is_overview", "title")


class ActivityQuerySet(SitePageQuerySet):
    def coming(self, today: date) -> Self:
        """Not over yet, soonest first."""
        return self.filter(models.Q(ends_on__gte=today) | models.Q(ends_on=None, starts_on__gte=today)).order_by(
            "starts_on"
        )

    def past(self, today: date) -> Self:
        """Over, or without a date; latest first."""
        return self.exclude(models.Q(ends_on__gte=today) | models.Q(ends_on=None, starts_on__gte=today)).order_by(
            models.F("starts_on").desc(nulls_last=True)
        )
