"""Readers are told of dead links: the link stays, with words behind it, wherever it stands."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from lxml import html

from cms.link_radar import rounds
from cms.link_radar.checking import Answer
from cms.link_radar.marks import with_marks
from cms.models import CheckedLink, OrganisationLink, Outcome
from pages.models import EntryLink, EntryPerson
from tests.factories import NetworkPageFactory, OrganisationFactory

DEAD = "https://weg.example/a?x=1&y=2"
SAID = "werkt niet meer (gezien op 3 maart 2026)"


def dead(url=DEAD, **more):
    since = datetime(2026, 3, 3, 12, tzinfo=UTC)
    return CheckedLink.objects.create(url=url, host="weg.example", state="stuk", since=since, **more)


def text_of(address):
    answer = Client().get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def test_every_dead_link_of_an_entry_is_marked_and_stays(home):
    dead()
    entry = NetworkPageFactory(
        website=DEAD,
        linkedin_url="https://wel.example/",
        body=[
            ("text", f'<p><a href="{DEAD.replace("&", "&amp;")}">hier</a></p>'),
            ("question", {"question": "Wat?", "answer": f'<p><a href="{DEAD.replace("&", "&amp;")}">dit</a></p>'}),
            ("callout", {"title": "x", "text": f'<p><a href="{DEAD.replace("&", "&amp;")}">zie</a></p>'}),
        ],
    )
    EntryLink.objects.create(entry=entry, title="Meer", url=DEAD)
    EntryPerson.objects.create(entry=entry, name="Noor", url=DEAD)

    page = text_of(entry.url)

    links = page.xpath("//a[starts-with(@href, 'https://weg.example/')]")
    remarks = page.xpath("//*[contains(@class, 'dead-link')]")
    assert len(links) == len(remarks) == 6
    assert all(SAID in remark.text_content().lower() for remark in remarks)
    assert not any(remark in link.iter() for link in links for remark in remarks)


def test_what_editors_say_is_right_is_not_marked_until_then(home):
    link = dead(ignored_until=localdate() + timedelta(days=1))
    organisation = OrganisationFactory(website=DEAD)
    assert "werkt niet meer" not in text_of(organisation.get_absolute_url()).text_content().lower()

    CheckedLink.objects.filter(pk=link.pk).update(ignored_until=localdate())
    OrganisationFactory()
    assert SAID in text_of(organisation.get_absolute_url()).text_content().lower()


@pytest.mark.parametrize("state", ["nieuw", "werkt", "verhuisd", "hapert", "onduidelijk"])
def test_no_other_link_is_marked(home, state):
    CheckedLink.objects.create(url=DEAD, state=state)
    organisation = OrganisationFactory(website=DEAD)

    assert "werkt niet meer" not in text_of(organisation.get_absolute_url()).text_content().lower()


def test_a_page_that_was_read_before_follows_the_verdict(home):
    organisation = OrganisationFactory(website=DEAD)
    rounds.gather()
    before = text_of(organisation.get_absolute_url()).text_content().lower()
    start = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for day in range(3):
        rounds.keep_answers({DEAD: Answer(Outcome.FAILED)}, start + timedelta(days=day))
    broken = text_of(organisation.get_absolute_url()).text_content().lower()
    rounds.keep_answers({DEAD: Answer(Outcome.WORKS)}, start + timedelta(days=3))
    mended = text_of(organisation.get_absolute_url()).text_content().lower()

    assert ["werkt niet meer" in text for text in (before, broken, mended)] == [False, True, False]


def test_more_dead_links_cost_no_more_queries(home):
    organisation = OrganisationFactory(website=DEAD)
    dead()
    text_of(organisation.get_absolute_url())
    before = queries_of(organisation)
    for number in range(20):
        OrganisationLink.objects.create(
            organisation=organisation, title=f"Link {number}", url=f"https://weg.example/{number}"
        )
        CheckedLink.objects.create(url=f"https://weg.example/{number}", state="stuk")
    text_of(organisation.get_absolute_url())

    assert queries_of(organisation) == before


def queries_of(organisation):
    with CaptureQueriesContext(connection) as queries:
        text_of(organisation.get_absolute_url())
    return len(queries)


def test_text_that_is_not_markup_stays_text(home):
    dead()

    assert with_marks(f'<a href="{DEAD}">x</a>').startswith("&lt;a")
