"""Editors read what several visitors search for, and what those do not find."""

import csv
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from lxml import html
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from search.engines import get_fallback
from search.models import HelpedBefore, SearchedText
from tests.search.documents import a_document
from tests.search.people import REFUSED, WELCOME, browser_of

SEARCHED, IN_VAIN = "/beheer/zoeken/gezocht/", "/beheer/zoeken/vergeefs/"
REPORTS = [SEARCHED, IN_VAIN]
HELPED = "/beheer/zoeken/hielp/"


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


def searched(text, *, days_ago=0, searches=5, visitors=3, vain=False):
    in_vain = {"vain_searches": searches, "vain_visitors": visitors} if vain else {}
    day = localdate() - timedelta(days=days_ago)
    return SearchedText.objects.create(text=text, day=day, searches=searches, visitors=visitors, **in_vain)


def rows(answer):
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    return [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in tree.xpath("//table//tr")]


def texts(answer):
    return [row[0] for row in rows(answer) if row and len(row) == 5]


def test_what_is_searched_most_stands_first(editor):
    searched("loting")
    searched("toetsing", searches=9, visitors=4)
    searched("toetsing", searches=4, visitors=3, days_ago=3)

    found = [row[:3] for row in rows(editor.get(SEARCHED)) if len(row) == 5]

    assert found == [["toetsing", "13", "7"], ["loting", "5", "3"]]


@pytest.mark.parametrize("address", [*REPORTS, *(f"{one}resultaten/" for one in REPORTS)])
@pytest.mark.parametrize("parameters", ["", "?export=csv", "?export=xlsx", "?q=naam", "?periode=365", "?ordering=text"])
def test_what_two_visitors_searched_stands_nowhere(editor, address, parameters):
    searched("mijn eigen naam", searches=50, visitors=2, vain=True)

    answer = editor.get(address + parameters)

    assert answer.status_code == 200
    assert b"mijn eigen naam" not in answer.getvalue()


def test_only_what_finds_nothing_is_in_vain(editor):
    searched("loting", vain=True)
    searched("toetsing")

    assert texts(editor.get(IN_VAIN)) == ["loting"]
    assert texts(editor.get(SEARCHED)) == ["loting", "toetsing"]


def test_what_one_of_three_visitors_did_not_find_is_not_in_vain(editor):
    row = searched("loting")
    SearchedText.objects.filter(pk=row.pk).update(vain_searches=4, vain_visitors=1)

    assert texts(editor.get(IN_VAIN)) == []


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [("", ["week", "maand"]), ("?periode=7", ["week"]), ("?periode=365", ["week", "maand", "jaar"])],
)
@pytest.mark.parametrize("address", REPORTS)
def test_an_editor_chooses_a_period(editor, address, parameters, expected):
    for days_ago, text in ((6, "week"), (29, "maand"), (364, "jaar"), (365, "ouder")):
        searched(text, days_ago=days_ago, searches=1000 - days_ago, vain=True)

    assert texts(editor.get(address + parameters)) == expected


@pytest.mark.parametrize("parameters", ["?periode=nooit", "?periode=7&periode=365", "?p=999", "?ordering=zomaar"])
def test_a_period_that_does_not_exist_gives_the_usual_one(editor, parameters):
    searched("toetsing")

    assert texts(editor.get(SEARCHED + parameters)) == ["toetsing"]


def test_a_text_leads_to_the_search_on_the_site(editor):
    searched("toetsing & <b>mbo</b>?")

    tree = html.fromstring(editor.get(SEARCHED).content.decode())

    [link] = [link for link in tree.xpath("//td//a") if link.text_content() == "toetsing & <b>mbo</b>?"]
    assert link.get("href") == "/zoeken/?q=toetsing%20%26%20%3Cb%3Embo%3C%2Fb%3E%3F"


def test_a_text_is_one_step_from_being_promoted(editor):
    searched("toetsing & mbo")

    tree = html.fromstring(editor.get(SEARCHED).content.decode())
    [link] = tree.xpath("//td/a[starts-with(text(), 'Maak een uitgelicht resultaat')]/@href")

    assert 'value="toetsing &amp; mbo"' in editor.get(link).content.decode()


def test_what_is_promoted_already_is_said_to_be(editor, home):
    searched("toetsing")
    link = {"external_link_url": "https://example.org/", "external_link_text": "Elders"}
    SearchPromotion.objects.create(query=Query.get("Toetsing"), **link)

    [row] = [row for row in rows(editor.get(SEARCHED)) if len(row) == 5]
    assert row[-1] == "Is al uitgelicht"


@pytest.mark.parametrize("address", REPORTS)
def test_a_report_is_taken_along_as_a_table(editor, address):
    searched("toetsing", vain=True)
    searched('=HYPERLINK("https://example.org")', searches=1, vain=True)

    answer = editor.get(f"{address}?export=csv")

    assert list(csv.reader(answer.getvalue().decode().splitlines())) == [
        ["Gezocht", "Keer gezocht", "Bezoekers", "Laatst gezocht op"],
        ["toetsing", "5", "3", f"{localdate()}"],
        ['\'=HYPERLINK("https://example.org")', "1", "3", f"{localdate()}"],
    ]
    assert editor.get(f"{address}?export=xlsx").status_code == 200


def test_a_long_report_takes_as_many_queries_as_a_short_one(editor, django_assert_max_num_queries):
    for number in range(60):
        searched(f"vraag {number}")
    editor.get(SEARCHED)

    with django_assert_max_num_queries(15):
        assert len(texts(editor.get(SEARCHED))) == 50


def helped(number, title, *visitors):
    """A thing that helped so many visitors today, so many twenty days ago, and so on."""
    thing = a_document(number, title=title)
    get_fallback().index([thing])
    for times, found in enumerate(visitors):
        day = localdate() - timedelta(days=20 * times)
        HelpedBefore.objects.create(document_id=thing.id, day=day, visitors=found)
    return thing


def test_editors_read_what_helped_people_who_were_about_to_ask(editor):
    once, often = helped(1, "Wat is een eenheid?", 1), helped(2, "=Toetsen zonder cijfers", 2, 3, 4)

    found = [row for row in rows(editor.get(HELPED)) if len(row) == 3]
    table = list(csv.reader(editor.get(f"{HELPED}?export=csv&periode=365").getvalue().decode().splitlines()))

    assert [row[:2] for row in found] == [["=Toetsen zonder cijfers", "5"], ["Wat is een eenheid?", "1"]]
    assert f'href="{often.url}"' in editor.get(HELPED).content.decode()
    assert table == [
        ["Wat hielp", "Adres", "Bezoekers", "Laatst op"],
        ["'=Toetsen zonder cijfers", often.url, "9", f"{localdate()}"],
        ["Wat is een eenheid?", once.url, "1", f"{localdate()}"],
    ]


def test_what_nobody_can_find_any_more_is_not_said_to_help(editor):
    get_fallback().delete([helped(1, "Ingetrokken", 3).id])

    assert "Ingetrokken" not in editor.get(HELPED).content.decode()
    assert "koos nog niemand" in editor.get(HELPED).content.decode()


@pytest.mark.parametrize("role", WELCOME)
@pytest.mark.parametrize("address", [*REPORTS, HELPED])
def test_editors_and_administrators_read_the_reports(home, role, address):
    browser = browser_of(role, home)

    assert browser.get(address).status_code == 200
    assert address in browser.get("/beheer/").content.decode()


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
@pytest.mark.parametrize("address", [one + part for one in (*REPORTS, HELPED) for part in ("", "resultaten/")])
def test_nobody_else_reads_the_reports(home, role, status, address):
    searched("toetsing")

    assert browser_of(role, home).get(f"{address}?export=csv").status_code == status
