"""Feeds of new entries, one for each category: always what a visitor may read, whoever asks."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import F
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed

from pages.models import EntryPage
from pages.models.categories import EntryIndexPage, NetworkIndexPage, PartnershipIndexPage, ResearchGroupIndexPage

LENGTH = 50
CATEGORIES: dict[str, type[EntryIndexPage]] = {
    str(model.category): model for model in (NetworkIndexPage, PartnershipIndexPage, ResearchGroupIndexPage)
}


class NewEntries(Feed):
    """The newest entries of a category. Every request shares this object, so nothing is kept on it."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, category: str) -> EntryIndexPage:
        found: EntryIndexPage = get_object_or_404(CATEGORIES[category].objects.listed())
        return found

    def title(self, page: EntryIndexPage) -> str:
        return f"{page.title} – Platform Flexibel Opleiden"

    def subtitle(self, page: EntryIndexPage) -> str:
        return page.summary

    def link(self, page: EntryIndexPage) -> str:
        return page.get_url()

    def items(self, page: EntryIndexPage) -> Iterable[EntryPage]:
        newest = F("first_published_at").desc(nulls_last=True)
        entries: Iterable[EntryPage] = page.entry_model().objects.listed().active().order_by(newest, "-pk")[:LENGTH]
        return entries

    def item_title(self, item: EntryPage) -> str:
        return str(item.title)

    def item_description(self, item: EntryPage) -> str:
        return item.summary

    def item_link(self, item: EntryPage) -> str:
        return item.get_url()

    def item_pubdate(self, item: EntryPage) -> datetime | None:
        published: datetime | None = item.first_published_at
        return published

    def item_updateddate(self, item: EntryPage) -> datetime | None:
        updated: datetime | None = item.last_published_at
        return updated
