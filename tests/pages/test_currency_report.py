"""C07: editors read which entries are up to date, and take that along as a spreadsheet."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from openpyxl import load_workbook

from pages.representing import representatives
from tests.factories import NetworkPageFactory, PartnershipPageFactory, SubjectFactory, UserFactory
from tests.search.people import REFUSED, WELCOME, browser_of

REPORT = "/beheer/actueel/"


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


def days(number):
    return localdate() + timedelta(days=number)


@pytest.fixture
def entries(home):
    return {
        "op tijd nagekeken": NetworkPageFactory(title="Vers", checked_on=days(-5), review_on=days(360)),
        "na te kijken": NetworkPageFactory(title="Toe", checked_on=days(-370), review_on=days(-5)),
        "niet bevestigd, lezers zien dat": PartnershipPageFactory(title="Oud", review_on=days(-60), data_from=2023),
        "nog nooit nagekeken": NetworkPageFactory(title="Nieuw"),
    }


def rows(browser, parameters=""):
    answer = browser.get(f"{REPORT}?export=csv{parameters}")
    assert answer.status_code == 200
    return list(csv.DictReader(answer.getvalue().decode().splitlines()))


def test_each_entry_on_the_site_is_told_with_owner_date_and_state(editor, entries):
    keeper = UserFactory(display_name="Vera Keijzer", email="vera@example.org")
    representatives.add(entry=entries["na te kijken"], user=keeper, by=keeper)
    NetworkPageFactory(title="Concept", live=False)
    NetworkPageFactory(title="Voorbij", ended_on=date(2020, 1, 1), ended_as="opgeheven")

    found = rows(editor)

    assert {row["Vermelding"]: row["Stand"] for row in found} == {
        entry.title: state for state, entry in entries.items()
    }
    [row] = [row for row in found if row["Vermelding"] == "Toe"]
    assert (row["Houdt dit bij"], row["Na te kijken op"]) == ("Vera Keijzer", f"{days(-5)}")
    [row] = [row for row in found if row["Vermelding"] == "Oud"]
    assert (row["Categorie"], row["Gegevens uit"]) == ("Regionale samenwerkingsverbanden", "2023")
    assert row["Adres"].startswith("http")
    assert "vera@example.org" not in str(found)


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("&stand=nooit", {"Nieuw"}),
        ("&stand=na-te-kijken&stand=niet-bevestigd", {"Toe", "Oud"}),
        ("&categorie=regionale-samenwerkingsverbanden", {"Oud"}),
        ("&bijgehouden=wel", {"Vers"}),
        ("&bijgehouden=niet", {"Toe", "Oud", "Nieuw"}),
        ("&onderwerp=toetsing", {"Nieuw"}),
        ("&q=vers", {"Vers"}),
        ("&q=vers&stand=nooit", set()),
    ],
)
def test_filters_and_words_narrow_the_page_and_the_spreadsheet_alike(editor, entries, parameters, expected):
    entries["nog nooit nagekeken"].subjects.add(SubjectFactory(slug="toetsing"))
    entries["nog nooit nagekeken"].save()
    for _ in range(2):
        keeper = UserFactory()
        representatives.add(entry=entries["op tijd nagekeken"], user=keeper, by=keeper)

    shown = editor.get(f"{REPORT}?{parameters}").content.decode()

    assert sorted(row["Vermelding"] for row in rows(editor, parameters)) == sorted(expected)
    for entry in entries.values():
        assert (f">{entry.title}</a>" in shown) == (entry.title in expected)


def test_a_spreadsheet_reckons_with_no_title(editor):
    NetworkPageFactory(title='=HYPERLINK("https://kwaad.example")', slug="kwaad")

    [row] = rows(editor)
    book = load_workbook(io.BytesIO(editor.get(f"{REPORT}?export=xlsx").getvalue()))

    assert row["Vermelding"] == '\'=HYPERLINK("https://kwaad.example")'
    cell = book.active["A2"]
    assert (cell.data_type, cell.value) == ("s", row["Vermelding"])


@pytest.mark.parametrize("parameters", ["?stand=zomaar", "?categorie=kennis", "?onderwerp=nergens", "?p=99&q=%27"])
def test_filters_that_do_not_exist_break_nothing(editor, entries, parameters):
    assert editor.get(REPORT + parameters).status_code == 200


def test_more_entries_cost_no_more_queries(editor):
    def queries(parameters=""):
        with CaptureQueriesContext(connection) as asked:
            answer = editor.get(REPORT + parameters)
            assert answer.status_code == 200
            assert answer.getvalue()
        return len(asked)

    def grow(number):
        for _ in range(number):
            keeper = UserFactory()
            representatives.add(entry=NetworkPageFactory(), user=keeper, by=keeper)

    grow(2)
    queries(), queries("?export=csv")
    before = queries(), queries("?export=csv")
    grow(10)

    assert (queries(), queries("?export=csv")) == before


@pytest.mark.parametrize("role", WELCOME)
def test_editors_and_administrators_find_it_among_the_reports(home, role):
    browser = browser_of(role, home)

    assert browser.get(REPORT).status_code == 200
    assert REPORT in browser.get("/beheer/").content.decode()


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
@pytest.mark.parametrize("address", [REPORT, f"{REPORT}resultaten/", f"{REPORT}?export=csv"])
def test_nobody_else_reads_it(home, role, status, address):
    assert browser_of(role, home).get(address).status_code == status
