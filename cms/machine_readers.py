"""What the site tells crawlers and other programs: which pages there are, and whom to warn about a leak."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as draw_sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

# Every combination of filters is an address of its own: crawlers only follow the pages of a list.
ROBOTS = f"""User-agent: *
Disallow: /account/
Disallow: /api/
Disallow: /beheer/
Disallow: /klopt-dit-niet/
Disallow: /mijn/
Disallow: /zoeken/
Disallow: /*?
Allow: /*?pagina=

Sitemap: {settings.SITE_URL}/sitemap.xml
"""

_sitemaps: dict[str, type[Sitemap]] = {}


class PublicSitemap(Sitemap):
    """Addresses that a visitor may open, below SITE_URL."""

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: object = None) -> str:
        return settings.SITE_URL.partition("://")[2]


def register_sitemap(section: str, sitemap: type[PublicSitemap]) -> None:
    """Let a room name its public addresses; called from ``AppConfig.ready()``."""
    _sitemaps[section] = sitemap


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return draw_sitemap(request, dict(_sitemaps))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain; charset=utf-8")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116; it is valid for half a year from the day it is read."""
    expires = (timezone.now() + timedelta(days=182)).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{settings.DEFAULT_FROM_EMAIL}",
        f"Expires: {expires}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("favicon.png"))
