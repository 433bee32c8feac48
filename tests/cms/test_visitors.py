"""What the platform keeps of people who only read: nothing."""

import pytest
from django.contrib.sessions.models import Session

from tests.cms import addresses

pytestmark = pytest.mark.usefixtures("demo_content")


def test_reading_leaves_no_cookie_and_no_session(client):
    sessions = Session.objects.count()
    found = [*addresses.in_the_sitemap(client)[::3], *addresses.NOT_IN_THE_SITEMAP]
    assert len(found) >= 50

    for address in found:
        answer = client.get(address)
        is_form = address.startswith("/account/")
        assert answer.status_code in ({200, 302} if address == "/favicon.ico" else {200}), address
        assert set(answer.cookies) <= ({"csrftoken"} if is_form else set()), address
        client.cookies.clear()

    assert Session.objects.count() == sessions


def test_the_sitemap_names_every_kind_of_page_and_each_address_once(client):
    found = addresses.in_the_sitemap(client)

    assert len(found) == len(set(found))
    assert {"/", "/forum/", "/netwerken/", "/regionale-samenwerkingsverbanden/", "/onderzoeksgroepen/"} <= set(found)
    assert {address.split("/")[1] for address in found} >= {"onderwerpen", "organisaties", "forum"}


def test_the_sitemap_takes_as_many_queries_however_much_there_is(client, django_assert_max_num_queries):
    client.get("/sitemap.xml")

    with django_assert_max_num_queries(15):
        client.get("/sitemap.xml")


def test_crawlers_follow_pages_of_a_list_and_no_combinations_of_filters(client):
    rules = client.get("/robots.txt").content.decode().splitlines()

    assert {"Disallow: /*?", "Allow: /*?pagina=", "Disallow: /zoeken/", "Disallow: /beheer/"} <= set(rules)
    assert rules[-1] == "Sitemap: http://127.0.0.1:8000/sitemap.xml"


def test_who_finds_a_leak_reads_whom_to_warn(client):
    answer = client.get("/.well-known/security.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert set(fields) == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    assert fields["Contact"].startswith("mailto:")
