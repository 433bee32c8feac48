"""The addresses of pages and organisations, for crawlers."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.timezone import localdate
from wagtail.models import Page, Site

from cms.machine_readers import PublicSitemap
from cms.models import Organisation


class PageSitemap(PublicSitemap):
    """Every page that a visitor may open; what has ended is left to the links on its successors."""

    def items(self) -> QuerySet[Page]:
        home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
        pages = Page.objects.live().public().descendant_of(home, inclusive=True)
        return pages.exclude(entrypage__ended_on__lte=localdate()).order_by("path")

    def location(self, item: Page) -> str:
        _, _, path = item.get_url_parts()
        return str(path)

    def lastmod(self, item: Page) -> datetime | None:
        return item.last_published_at


class OrganisationSitemap(PublicSitemap):
    def items(self) -> QuerySet[Organisation]:
        return Organisation.objects.filter(is_public=True).order_by("slug")
