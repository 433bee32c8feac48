from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from lxml import etree, html
from wagtail.models import PageViewRestriction

from pages.feeds import LENGTH
from pages.models import NetworkIndexPage
from tests.factories import NetworkPageFactory, PartnershipPageFactory, ResearchGroupPageFactory, UserFactory

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FACTORIES = {
    "/netwerken/": NetworkPageFactory,
    "/regionale-samenwerkingsverbanden/": PartnershipPageFactory,
    "/onderzoeksgroepen/": ResearchGroupPageFactory,
}
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


def entries(client, address="/netwerken/feed/"):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return etree.fromstring(response.content).findall("a:entry", ATOM)


def titles(client, address="/netwerken/feed/"):
    return [entry.findtext("a:title", namespaces=ATOM) for entry in entries(client, address)]


@pytest.mark.parametrize("category", FACTORIES)
def test_a_category_announces_the_feed_of_its_own_new_entries(home, client, category):
    for factory in FACTORIES.values():
        factory(title=f"In {factory.__name__}")
    page = html.fromstring(client.get(category).content)
    [address] = page.xpath("//link[@rel='alternate'][@type='application/atom+xml']/@href")

    assert address == f"{category}feed/"
    assert titles(client, address) == [f"In {FACTORIES[category].__name__}"]


def test_the_newest_comes_first_with_its_address_and_first_sentence(home, client):
    NetworkPageFactory(title="Oud", first_published_at=FIRST, last_published_at=FIRST + timedelta(days=9))
    NetworkPageFactory(title="Nieuw", slug="nieuw", first_published_at=FIRST + timedelta(days=5))

    newest, oldest = entries(client)

    assert newest.findtext("a:title", namespaces=ATOM) == "Nieuw"
    assert newest.find("a:link", ATOM).get("href").endswith("/netwerken/nieuw/")
    assert newest.findtext("a:summary", namespaces=ATOM) == "Hier vinden opleiders elkaar."
    assert oldest.findtext("a:published", namespaces=ATOM) == "2026-01-01T00:00:00+00:00"
    assert oldest.findtext("a:updated", namespaces=ATOM) == "2026-01-10T00:00:00+00:00"


def test_a_feed_ends_somewhere(home, client):
    for _ in range(LENGTH + 2):
        NetworkPageFactory()

    assert len(entries(client)) == LENGTH


def test_a_feed_is_a_visitors_view_whoever_asks(home):
    NetworkPageFactory(title="Openbaar")
    NetworkPageFactory(live=False)
    NetworkPageFactory(ended_on="2020-01-01", ended_as="opgeheven")
    closed = NetworkPageFactory()
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    member = Client()
    member.force_login(UserFactory())

    assert titles(member) == titles(Client()) == ["Openbaar"]


def test_a_closed_or_absent_category_has_no_feed(home, client):
    category = NetworkIndexPage.objects.get()
    NetworkPageFactory()
    assert len(entries(client)) == 1

    PageViewRestriction.objects.create(page=category, restriction_type=PageViewRestriction.LOGIN)

    assert client.get("/netwerken/feed/").status_code == 404
    assert client.get("/bronnen/feed/").status_code == 404


def test_a_feed_is_only_read(home, client):
    assert client.post("/netwerken/feed/").status_code == 405
