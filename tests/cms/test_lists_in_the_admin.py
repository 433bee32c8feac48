"""C07: the lists in /beheer/ are filtered, searched and taken along as spreadsheets."""

import csv
import io

import pytest
from openpyxl import load_workbook

from cms.models import Organisation, Subject
from pages.models import Claim
from pages.representing import representatives
from tests.factories import (
    NetworkPageFactory,
    OrganisationFactory,
    ResourcePageFactory,
    SubjectFactory,
    UserFactory,
)
from tests.search.people import REFUSED, browser_of

FORMULA = "=1+1"
LISTS = [
    *("cms/subject", "cms/sector", "cms/region", "cms/organisation"),
    *("pages/networkpage", "pages/partnershippage", "pages/researchgrouppage", "pages/resourcepage"),
    *("pages/articlepage", "pages/cardpage", "pages/activitypage", "pages/representation", "pages/claim"),
]


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


def exported(browser, name, parameters=""):
    answer = browser.get(f"/beheer/{name}/?export=csv{parameters}")
    assert answer.status_code == 200
    return list(csv.reader(answer.getvalue().decode().splitlines()))[1:]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_editors_take_every_list_along(editor, name, format):
    answer = editor.get(f"/beheer/{name}/?export={format}")

    assert answer.status_code == 200
    assert f".{format}" in answer["Content-Disposition"]


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
@pytest.mark.parametrize("name", LISTS)
def test_nobody_else_does(home, role, status, name):
    assert browser_of(role, home).get(f"/beheer/{name}/?export=csv").status_code == status


def test_what_is_filtered_and_searched_is_what_is_taken_along(editor):
    SubjectFactory(name="Toetsing", tier=Subject.Tier.CORE)
    SubjectFactory(name="Toetsen op afstand")
    SubjectFactory(name="Begeleiding", tier=Subject.Tier.CORE)

    assert [row[0] for row in exported(editor, "cms/subject", "&q=toets&tier__exact=kern")] == ["Toetsing"]
    assert [row[0] for row in exported(editor, "cms/subject", "&q=begel")] == ["Begeleiding"]
    OrganisationFactory(name="Hogeschool Hier", kind=Organisation.Kind.COLLEGE)
    OrganisationFactory(name="Stichting Daar", kind=Organisation.Kind.ASSOCIATION)
    assert [row[0] for row in exported(editor, "cms/organisation", "&kind__exact=hogeschool")] == ["Hogeschool Hier"]


def test_no_spreadsheet_reckons_with_what_somebody_wrote(editor):
    subject = SubjectFactory(name=FORMULA, scope="@SUM(A1)")
    NetworkPageFactory(title="Netwerk", editor_note=f"{FORMULA}|cmd", subjects=[subject])
    ResourcePageFactory(title="Bron", source_text="+31 30 123")

    for name in ("cms/subject", "pages/networkpage", "pages/resourcepage"):
        [row] = exported(editor, name)
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
        book = load_workbook(io.BytesIO(editor.get(f"/beheer/{name}/?export=xlsx").getvalue()))
        assert not [cell for line in book.active.iter_rows() for cell in line if cell.data_type == "f"]
    assert f"'{FORMULA}" in exported(editor, "cms/subject")[0]


def test_names_and_addresses_of_members_go_into_no_spreadsheet(editor):
    member = UserFactory(display_name="Lotte Lid", email="lotte@example.org")
    entry = NetworkPageFactory(title="Netwerk")
    representatives.add(entry=entry, user=member, by=member)
    Claim.objects.create(entry=entry, member=member, motive="Ik trek dit.")

    for name in LISTS:
        for format in ("csv", "xlsx"):
            text = editor.get(f"/beheer/{name}/?export={format}").getvalue()
            if format == "xlsx":
                cells = load_workbook(io.BytesIO(text)).active.iter_rows(values_only=True)
                text = str(list(cells)).encode()
            assert b"Lotte" not in text
            assert b"lotte@" not in text
    assert exported(editor, "pages/claim")[0][0] == "Netwerk"
