"""Hostile text in every field that people fill in is text on every page, in every answer and in every file."""

import re

import pytest
from django.utils.html import escape
from icalendar import Calendar
from lxml import etree, html

from pages.models import EntryLink, EntryName, EntryPerson
from search import indexing
from tests.cms.markup import active_parts
from tests.data import lines_of
from tests.factories import (
    ActivityPageFactory,
    ArticlePageFactory,
    CardPageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    RegionFactory,
    ResourcePageFactory,
    SectorFactory,
    SubjectFactory,
    UserFactory,
)

# NUL and other characters that XML and PostgreSQL do not know never get past a form.
VECTORS = [vector for vector in lines_of("xss.txt")[::4] if not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", vector)]
BREAKS_OUT = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


@pytest.fixture
def addresses(index):
    """Everything on the site is called after a vector; gives the addresses that show it."""
    found = [
        *("/", "/netwerken/", "/bronnen/", "/gesprekskaarten/", "/agenda/", "/organisaties/", "/mensen/"),
        *("/onderwerpen/", "/onderwerpen/hostile/", "/onderwerpen/hostile/?categorie=netwerken", "/zoeken/"),
    ]
    labels = {"name": BREAKS_OUT, "slug": "hostile"}
    subject = SubjectFactory(**labels, tier="kern", scope=BREAKS_OUT)
    sector, region = SectorFactory(**labels, abbreviation=BREAKS_OUT[:12]), RegionFactory(**labels)
    for number, vector in enumerate([BREAKS_OUT, *VECTORS]):
        name, slug, text = vector[:110], f"hostile-{number}", vector[:900]
        organisation = OrganisationFactory(name=name, slug=slug)
        network = NetworkPageFactory(
            title=name,
            slug=slug,
            blurb=text,
            how_to_join=text,
            audience=text[:600],
            offers=text,
            driving_force=name,
            abbreviation=vector[:40],
            contact_name=name,
            region_text=name,
            listing_reason=text[:600],
            website_source_text=name,
            organisation=organisation,
            subjects=[subject],
            sectors=[sector],
            regions=[region],
            links=[EntryLink(title=name, description=name)],
            names=[EntryName(name=name)],
            people=[EntryPerson(name=name, title=vector[:40], role=vector[:80])],
        )
        about = {"title": name, "slug": slug, "subjects": [subject]}
        ActivityPageFactory(**about, description=text, place=name, starts_on="2031-01-01", organiser_entry=network)
        ResourcePageFactory(**about, description=text)
        ArticlePageFactory(**about | {"slug": f"artikel-{slug}"}, summary=text[:300])
        CardPageFactory(**about, explanation=text)
        sections = ["netwerken", "agenda", "bronnen", "gesprekskaarten", "organisaties"]
        found += [f"/{section}/{slug}/" for section in sections] if number % 10 == 0 else []
    indexing.rebuild()
    return [*found, "/zoeken/?q=script+alert", "/zoeken/?q=img&onderwerp=hostile&sector=hostile&regio=hostile"]


def test_hostile_text_does_nothing_wherever_it_is_shown(addresses, client):
    """Once for all pages together: making that much content takes longer than reading it."""
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not active_parts(answer), address
        assert "<img src=x" not in answer.content.decode(), address
    assert escape(BREAKS_OUT[:100]) in client.get("/netwerken/").content.decode().replace("\u00ad", "")

    for query in ("q=script", "q=alert+img", "q=onerror", ""):
        found = client.get(f"/api/zoeken/?{query}").json()
        assert found["resultaten"]
        for hit in found["resultaten"]:
            marked = html.fragment_fromstring(hit["fragment"], create_parent="div")
            assert {element.tag for element in marked.iterdescendants()} <= {"mark"}, hit

    suggestions = client.get("/zoeken/suggesties/?q=scr")
    assert suggestions["Content-Type"].startswith("application/json")

    assert len(etree.fromstring(client.get("/netwerken/feed/").content)) > len(VECTORS) / 2
    etree.fromstring(client.get("/sitemap.xml").content)
    events = Calendar.from_ical(client.get("/agenda.ics").content).walk("VEVENT")
    assert len(events) == len(VECTORS) + 1


def test_hostile_text_does_nothing_in_the_admin(addresses, client):
    client.force_login(UserFactory(is_superuser=True))
    lists = ["/beheer/", "/beheer/pages/", "/beheer/pages/search/?q=script", "/beheer/reports/site-history/"]

    for address in lists:
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert "<script>alert(1)" not in text, address
        assert "<img src=x" not in text, address
