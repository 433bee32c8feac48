"""Editors see what the site has nothing about, and which questions and entries wait."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from lxml import html

from cms import memory
from forum_integration.setup import ensure_forums, establish
from tests.factories import (
    ArticlePageFactory,
    NetworkPageFactory,
    PartnershipPageFactory,
    ResearchGroupPageFactory,
    SubjectFactory,
    UserFactory,
)
from tests.forum_integration.factories import make_topic
from tests.search.people import REFUSED, WELCOME, browser_of

ADDRESS = "/beheer/ontbreekt/"


@pytest.fixture
def subject(home):
    return SubjectFactory(name="Toetsing", slug="toetsing")


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


def ask(subject, title="Hoe toetsen jullie?"):
    asker = UserFactory()
    establish(asker)
    return make_topic(ensure_forums()["vragen"], asker, title=title, subjects=[subject])


def line_of(browser, name="Toetsing", parameters=""):
    """The cells of a subject, each with where its links lead; None when the subject is not shown."""
    answer = browser.get(ADDRESS + parameters)
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    for row in tree.xpath("//table//tbody/tr[th]"):
        if row.xpath("string(th)").strip() == name:
            return [(" ".join(cell.text_content().split()), cell.xpath(".//a/@href")) for cell in row.xpath("td")]
    return None


def test_an_empty_cell_is_marked_and_leads_to_where_one_fills_it(editor, subject):
    NetworkPageFactory(subjects=[subject])
    ensure_forums()

    forum, networks, partnerships, groups, knowledge, unanswered, overdue = line_of(editor)

    assert networks == ("1 netwerk over Toetsing", ["/onderwerpen/toetsing/?categorie=netwerken"])
    assert forum[0].startswith("niets")
    assert partnerships[0].startswith("niets")
    assert (unanswered[0], overdue[0]) == ("geen", "geen")
    for _text, [url] in (forum, networks, partnerships, groups, knowledge):
        assert editor.get(url).status_code == 200
    assert 'value="toetsing"' in editor.get(forum[1][0]).content.decode() or forum[1][0].endswith("onderwerp=toetsing")


def test_what_waits_is_counted_per_subject(editor, subject):
    ask(subject)
    NetworkPageFactory(title="Netwerk Oud", subjects=[subject], review_on=localdate() - timedelta(days=45))

    *_, unanswered, overdue = line_of(editor)

    assert unanswered == ("1 onbeantwoord over Toetsing", ["/forum/onbeantwoord/?onderwerp=toetsing"])
    assert overdue[0] == "1 niet bevestigd over Toetsing"
    assert "Netwerk Oud" in editor.get(overdue[1][0]).content.decode()
    assert "Netwerk Oud" in editor.get(ADDRESS).content.decode()


def test_only_subjects_with_a_gap_can_be_shown(editor, subject):
    full = SubjectFactory(name="Vol")
    for factory in (NetworkPageFactory, PartnershipPageFactory, ResearchGroupPageFactory, ArticlePageFactory):
        factory(subjects=[full])
    ask(full)

    assert line_of(editor, "Vol")
    assert line_of(editor, "Vol", "?toon=leeg") is None
    assert line_of(editor, "Toetsing", "?toon=leeg")


def test_drafts_fill_no_cell(editor, subject):
    NetworkPageFactory(subjects=[subject], live=False)

    assert line_of(editor)[1][0].startswith("niets")


def test_a_larger_site_costs_no_more_queries(editor, subject):
    def queries():
        memory.forget()
        with CaptureQueriesContext(connection) as asked:
            assert editor.get(ADDRESS).status_code == 200
        return len(asked)

    def grow(number):
        for _ in range(number):
            other = SubjectFactory()
            ask(other)
            NetworkPageFactory(subjects=[subject, other], review_on=localdate() - timedelta(days=45))

    grow(2)
    queries()
    before = queries()
    grow(10)

    assert queries() == before


@pytest.mark.parametrize("role", WELCOME)
def test_editors_and_administrators_find_it_in_the_menu(home, role):
    browser = browser_of(role, home)

    assert browser.get(ADDRESS).status_code == 200
    assert ADDRESS in browser.get("/beheer/").content.decode()


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
def test_nobody_else_reads_it(home, role, status):
    assert browser_of(role, home).get(ADDRESS).status_code == status
