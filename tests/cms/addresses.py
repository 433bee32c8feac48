"""The public addresses of the demo site, for tests that go over all of them."""

import re
from urllib.parse import urlsplit

from django.conf import settings

# What crawlers are not shown, but anyone can open.
NOT_IN_THE_SITEMAP = [
    *("/zoeken/", "/zoeken/suggesties/?q=toets", "/api/zoeken/", "/onderwerpen/", "/organisaties/", "/forum/feed/"),
    *(
        "/mensen/",
        "/agenda.ics",
        "/netwerken/feed/",
        "/regionale-samenwerkingsverbanden/feed/",
        "/onderzoeksgroepen/feed/",
    ),
    *("/account/inloggen/", "/account/registreren/", "/account/wachtwoord/vergeten/"),
    *("/healthz", "/readyz", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/favicon.ico"),
]


def in_the_sitemap(client) -> list[str]:
    sitemap = client.get("/sitemap.xml").content.decode()
    return [found.removeprefix(settings.SITE_URL) for found in re.findall("<loc>([^<]+)</loc>", sitemap)]


def public(client) -> list[str]:
    return [*in_the_sitemap(client), *NOT_IN_THE_SITEMAP]


def one_of_each_kind(client) -> list[str]:
    """Lists, and one thing out of each list."""
    kinds = {}
    for address in public(client):
        path = urlsplit(address).path
        kinds.setdefault((path.split("/")[1], path.count("/"), path.endswith("feed/")), address)
    return list(kinds.values())
