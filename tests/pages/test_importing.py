"""Editors send a spreadsheet of entries, see every change before anything happens, and carry out what they saw."""

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from openpyxl import Workbook, load_workbook
from wagtail.models import PageLogEntry

from cms.models import Subject
from pages.importing import reading
from pages.models import EntryPage, NetworkPage, PartnershipPage, Submission
from pages.representing import representatives
from tests.factories import (
    NetworkPageFactory,
    OrganisationFactory,
    PartnershipPageFactory,
    RegionFactory,
    SectorFactory,
    SubjectFactory,
    UserFactory,
)
from tests.pages.test_writing_for_entries import send as send_text
from tests.search.people import REFUSED, WELCOME, browser_of

ADDRESS = "/beheer/invoeren/"
CARRY_OUT = f"{ADDRESS}uitvoeren/"


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


@pytest.fixture
def entry(home):
    return NetworkPageFactory(
        title="Netwerk Doen", slug="netwerk-doen", website="https://oud.example/", subjects=[SubjectFactory(name="Oud")]
    )


def as_csv(*lines, delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(lines)
    return text.getvalue().encode()


def as_xlsx(*lines):
    book = Workbook()
    for line in lines:
        book.active.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def send(browser, content, name="netwerken.csv", **said):
    file = SimpleUploadedFile(name, content)
    return browser.post(ADDRESS, {"category": "netwerken", "file": file} | said)


def steps(answer):
    """Per row what becomes of it, and what the page says about it."""
    assert answer.status_code == 200
    tree = html.fromstring(answer.content.decode())
    shown = {
        int(step.get("data-rij")): (step.get("data-lot"), " ".join(step.text_content().split()))
        for step in tree.xpath("//*[@data-rij]")
    }
    same = tree.xpath("//section[@aria-labelledby='gelijk']//li/text()")
    return shown | {int(text.split()[1].strip(":")): ("gelijk", "") for text in same}


def fates(answer):
    return {row: fate for row, (fate, _text) in steps(answer).items()}


def carry_out(browser, answer):
    """Press the button under what was shown."""
    [plan] = html.fromstring(answer.content.decode()).xpath("//input[@name='plan']/@value")
    return browser.post(CARRY_OUT, {"plan": plan}, follow=True)


def problem(answer):
    """What the form says is wrong with the file."""
    assert answer.status_code == 400
    tree = html.fromstring(answer.content.decode())
    return " ".join(
        " ".join(one.text_content().split()) for one in tree.xpath("//*[contains(@class, 'error-message')]")
    )


SHEET = [
    ["Titel", "Soort", "Website", "Onderwerpen"],
    ["Netwerk Doen", "", "https://nieuw.example/", "Nieuw"],
    ["Netwerk Vers", "Leernetwerk", "", "Nieuw; Oud"],
    ["Netwerk Fout", "Kookclub", "geen adres", "Onbekend"],
]


@pytest.fixture
def subject(home):
    return SubjectFactory(name="Nieuw")


@pytest.mark.parametrize(("make", "name"), [(as_csv, "a.csv"), (as_xlsx, "a.XLSX")])
def test_every_change_is_shown_and_nothing_is_done(editor, entry, subject, make, name):
    found = steps(send(editor, make(*SHEET), name))

    assert found[2][0] == "gewijzigd"
    assert "Website Nu: https://oud.example/Straks: https://nieuw.example/" in found[2][1]
    assert "Onderwerpen Nu: OudStraks: Nieuw" in found[2][1]
    assert "Soort" not in found[2][1]
    assert found[3][0] == "nieuw"
    assert "Leernetwerk" in found[3][1]
    assert found[4][0] == "geweigerd"
    for said in ("‘Kookclub’ kennen we niet", "Website: Voer een geldige URL in.", "‘Onbekend’ staat niet in de lijst"):
        assert said in found[4][1]
    assert NetworkPage.objects.get().website == "https://oud.example/"
    assert not PageLogEntry.objects.exclude(user=None).exists()


def test_the_button_does_what_was_shown_as_drafts_of_that_editor(editor, entry, subject):
    answer = carry_out(editor, send(editor, as_csv(*SHEET)))

    assert "1 nieuw als concept, 1 gewijzigd" in answer.content.decode()
    page = NetworkPage.objects.get(slug="netwerk-doen")
    assert (page.website, page.has_unpublished_changes) == ("https://oud.example/", True)
    draft = page.get_latest_revision_as_object()
    assert (draft.website, [str(one) for one in draft.subjects.all()]) == ("https://nieuw.example/", ["Nieuw"])
    new = NetworkPage.objects.get(slug="netwerk-vers")
    assert (new.live, new.kind) == (False, NetworkPage.NetworkKind.LEARNING_NETWORK)
    assert {one.name for one in new.get_latest_revision_as_object().subjects.all()} == {"Nieuw", "Oud"}
    assert not EntryPage.objects.filter(title="Netwerk Fout").exists()
    writer = editor.get("/beheer/").wsgi_request.user
    assert {page.latest_revision.user, new.latest_revision.user, new.owner} == {writer}
    acts = PageLogEntry.objects.filter(action="pages.entry.import", user=writer)
    assert {act.page_id: (act.data["file"], act.data["row"]) for act in acts} == {
        page.pk: ("netwerken.csv", 2),
        new.pk: ("netwerken.csv", 3),
    }
    history = editor.get(f"/beheer/pages/{new.pk}/history/").content.decode()
    assert "Ingelezen uit netwerken.csv, rij 3" in history


def test_a_change_is_published_when_the_editor_says_so(editor, entry, subject):
    answer = send(editor, as_csv(*SHEET), publish="on")
    assert "Komt meteen op de site" in steps(answer)[2][1]

    carry_out(editor, answer)

    page = NetworkPage.objects.get(slug="netwerk-doen")
    assert (page.website, page.has_unpublished_changes) == ("https://nieuw.example/", False)
    assert [str(one) for one in page.subjects.all()] == ["Nieuw"]
    assert not NetworkPage.objects.get(slug="netwerk-vers").live


def test_what_somebody_has_not_published_yet_stays_a_draft(editor, entry):
    entry.blurb = "Wat een collega schrijft."
    entry.save_revision()

    answer = send(editor, as_csv(["Titel", "Website"], ["Netwerk Doen", "https://nieuw.example/"]), publish="on")
    assert "Wordt een concept" in steps(answer)[2][1]
    carry_out(editor, answer)

    page = NetworkPage.objects.get()
    assert (page.website, page.blurb) == ("https://oud.example/", "Hier vinden opleiders elkaar. Ze delen wat werkt.")
    draft = page.get_latest_revision_as_object()
    assert (draft.website, draft.blurb) == ("https://nieuw.example/", "Wat een collega schrijft.")


@pytest.mark.parametrize("publish", [{}, {"publish": "on"}])
def test_the_same_file_again_does_nothing(editor, entry, subject, publish):
    sheet = as_csv(*SHEET[:3])
    first = send(editor, sheet, **publish)
    carry_out(editor, first)
    versions = {page.pk: page.latest_revision_id for page in EntryPage.objects.all()}

    again = send(editor, sheet, **publish)

    assert fates(again) == {2: "gelijk", 3: "gelijk"}
    assert "Er is niets te doen" in again.content.decode()
    assert "Voer dit uit" not in again.content.decode()
    repeated = carry_out(editor, first)
    assert "dus er is niets gedaan" in repeated.content.decode()
    assert {page.pk: page.latest_revision_id for page in EntryPage.objects.all()} == versions


def test_when_somebody_changes_an_entry_meanwhile_nothing_is_done_and_it_is_shown_anew(editor, entry, subject):
    answer = send(editor, as_csv(*SHEET))
    entry.website = "https://anders.example/"
    entry.save_revision().publish()

    again = carry_out(editor, answer)

    assert "Er is intussen iets veranderd" in again.content.decode()
    assert "Nu: https://anders.example/" in steps(again)[2][1]
    assert not NetworkPage.objects.filter(slug="netwerk-vers").exists()
    carry_out(editor, again)
    assert NetworkPage.objects.get(slug="netwerk-doen").get_latest_revision_as_object().website == SHEET[1][2]


def test_what_was_shown_to_one_editor_is_not_carried_out_by_another_nor_changed_on_the_way(
    home, editor, entry, subject
):
    [plan] = html.fromstring(send(editor, as_csv(*SHEET)).content.decode()).xpath("//input[@name='plan']/@value")

    for browser, sent in ((browser_of("editor", home), plan), (editor, plan[:-3] + "abc"), (editor, "")):
        answer = browser.post(CARRY_OUT, {"plan": sent}, follow=True)
        assert "Dit overzicht is verlopen" in answer.content.decode()

    assert NetworkPage.objects.count() == 1
    assert not NetworkPage.objects.get().has_unpublished_changes


def test_an_empty_cell_leaves_a_field_and_a_word_empties_it(editor, entry):
    NetworkPage.objects.filter(pk=entry.pk).update(audience="Iedereen", driving_force="Velon")
    lines = ["Titel", "Trekker", "Voor wie?", "Website", "Onderwerpen"], ["Netwerk Doen", "", "(leeg)", "", "(leeg)"]

    found = steps(send(editor, as_csv(*lines)))

    assert "Voor wie? Nu: IedereenStraks: –" in found[2][1]
    assert "Onderwerpen Nu: OudStraks: –" in found[2][1]
    assert "Trekker" not in found[2][1]
    assert "Website" not in found[2][1]


def test_the_title_changes_when_the_slug_says_which_entry_it_is(editor, entry):
    answer = send(editor, as_csv(["Titel", "Slug"], ["Netwerk Anders", "netwerk-doen"]))

    assert "Titel Nu: Netwerk DoenStraks: Netwerk Anders" in steps(answer)[2][1]


@pytest.mark.parametrize("extension", ["csv", "xlsx"])
def test_all_there_is_can_be_taken_along_and_brought_back_unchanged(editor, home, extension):
    labels = {
        "subjects": [SubjectFactory(), SubjectFactory()],
        "sectors": [SectorFactory()],
        "regions": [RegionFactory()],
    }
    draft = PartnershipPageFactory(
        title="=1+1", slug="reken", blurb="- Eén\r\n- Twee", kind="", data_from=2023, **labels
    )
    PartnershipPageFactory(
        title="Op de site", organisation=OrganisationFactory(), partners="Eén\nTwee", editor_note="'="
    )
    draft.audience = "Nog niet op de site"
    draft.save_revision()

    made = editor.get(f"{ADDRESS}regionale-samenwerkingsverbanden.{extension}?alles=ja")
    answer = send(editor, made.content, f"a.{extension}", category="regionale-samenwerkingsverbanden")

    assert made.status_code == 200
    assert fates(answer) == {2: "gelijk", 3: "gelijk"}, steps(answer)
    assert PartnershipPage.objects.count() == 2
    if extension == "xlsx":
        cells = [cell for line in load_workbook(io.BytesIO(made.content)).active.iter_rows() for cell in line]
        assert "f" not in {cell.data_type for cell in cells}


def test_the_empty_example_has_the_headings_that_are_understood(editor):
    made = editor.get(f"{ADDRESS}netwerken.xlsx")
    [headings] = load_workbook(io.BytesIO(made.content)).active.iter_rows(values_only=True)
    line = {"Titel": "Netwerk Vers", "Soort": "Netwerk"}

    answer = send(editor, as_csv(headings, [line.get(heading, "") for heading in headings]))

    assert fates(answer) == {2: "nieuw"}
    assert editor.get(f"{ADDRESS}kennis.xlsx").status_code == 404
    assert editor.get(f"{ADDRESS}netwerken.exe").status_code == 404


def test_a_text_that_waits_for_a_decision_is_not_written_over(editor, entry):
    entry.save_revision()
    keeper = UserFactory()
    representatives.add(entry=entry, user=keeper, by=keeper)
    send_text(keeper, entry)

    found = steps(send(editor, as_csv(["Titel", "Website"], ["Netwerk Doen", "https://nieuw.example/"])))

    assert Submission.objects.exists()
    assert found[2][0] == "geweigerd"
    assert "Beslis daar eerst over" in found[2][1]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([["Titel", "Website"], ["Netwerk Doen", "=1+1"]], "Hier staat een formule"),
        ([["Titel"], [""], ["", "x"]], "meer cellen dan er kopjes zijn"),
        ([["Titel", "Slug"], ["", "nergens"]], "vul in hoe de vermelding heet"),
        ([["Titel", "Soort"], ["Nieuw zonder soort", ""]], "Soort: vul in wat het is"),
        ([["Titel", "Trekker"], ["Netwerk Doen", "x" * 201]], "Trekker: "),
        ([["Titel", "Website"], ["Netwerk Doen", "javascript:alert(1)"]], "Website: "),
        ([["Titel", "Wat doen jullie voor flexibel opleiden?"], ["Netwerk Doen", "x" * 5001]], "meer dan 5000 tekens"),
        ([["Titel", "Stand"], ["Netwerk Doen", "(leeg)"], ["Netwerk Doen", "Actief"]], "Stand: dit kan niet leeg zijn"),
    ],
)
def test_a_row_that_cannot_be_done_says_why_and_leaves_the_others(editor, entry, lines, said):
    answer = send(editor, as_csv(*lines))

    assert said in " ".join(text for fate, text in steps(answer).values() if fate == "geweigerd")


def test_one_entry_stands_on_one_row(editor, entry):
    lines = [["Titel", "Slug", "Trekker"], ["Netwerk Doen", "", "A"], ["Netwerk Doen", "netwerk-doen", "B"]]

    found = steps(send(editor, as_csv(*lines)))

    assert found[2][0] == "gewijzigd"
    assert (found[3][0], "staat al op rij 2" in found[3][1]) == ("geweigerd", True)


def test_a_formula_in_a_workbook_is_not_reckoned(editor, entry):
    found = steps(send(editor, as_xlsx(["Titel", "Website"], ["Netwerk Doen", "=1+1"]), "a.xlsx"))

    assert (found[2][0], "Hier staat een formule" in found[2][1]) == ("geweigerd", True)


def bomb():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 200_000_000)
    return content.getvalue()


def with_entities():
    """A real workbook in which one part declares entities that grow."""
    source, content = zipfile.ZipFile(io.BytesIO(as_xlsx(["Titel"], ["Netwerk"]))), io.BytesIO()
    bad = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(content, "w") as archive:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                data = bad + data.replace(b"<sheetData>", b"<sheetData>&b;")
            archive.writestr(part, data)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.csv", "leeg"),
        (b"Titel\nx", "a.ods", "op .csv of .xlsx eindigt"),
        (b"Titel\nx", "a.xlsx", "niet te openen als rekenblad"),
        (as_xlsx(["Titel"], ["x"]), "a.csv", "niet te lezen"),
        ("Titel\nCafé".encode("cp1252"), "a.csv", "CSV UTF-8"),
        ("Titel\nx".encode("utf-16"), "a.csv", "CSV UTF-8"),
        (b"Titel\nx\x00y", "a.csv", "geen CSV-bestand"),
        (b'Titel\n"x', "a.csv", "aanhalingsteken"),
        (b"\n", "a.csv", "geen enkele rij"),
        (b"Titel\n\n", "a.csv", "geen enkele rij"),
        (b"Naam\nNetwerk", "a.csv", "kolom met het kopje: titel"),
        (b"Titel,Kleur\nNetwerk,rood", "a.csv", "kennen we niet: kleur"),
        (b"Titel,Titel\nNetwerk,x", "a.csv", "twee keer in: titel"),
        (as_csv(["Titel"], *([f"N{number}"] for number in range(301))), "a.csv", "meer dan 300 rijen"),
        (as_csv(["Titel", *range(60)], ["x"]), "a.csv", "meer dan 60 kolommen"),
        (as_xlsx(["Titel", *range(60)], ["x"]), "a.xlsx", "meer dan 60 kolommen"),
        (b"Titel\n" + b"x" * reading.LARGEST, "a.csv", "groter dan 2 MB"),
        (bomb(), "a.xlsx", "te groot als het wordt uitgepakt"),
        (with_entities(), "a.xlsx", "niet te openen als rekenblad"),
        (as_xlsx(), "a.xlsx", "staat niets in"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_says_why(editor, content, name, said):
    answer = send(editor, content, name)

    assert said in problem(answer)
    assert 'value="netwerken"' in answer.content.decode()
    assert "checked" in answer.content.decode()


def test_a_sheet_as_dutch_spreadsheet_programs_save_it_is_read(editor, entry):
    lines = ["Titel", "Trekker", "Gegevens uit het jaar"], ["Netwerk Doen", "Café; het hart", "2024"]
    text = as_csv(*lines, delimiter=";").decode().encode("utf-8-sig")

    for content, name in ((text, "a.csv"), (as_xlsx(lines[0], ["Netwerk Doen", "Café; het hart", 2024.0]), "a.xlsx")):
        found = steps(send(editor, content, name))
        assert "Trekker Nu: –Straks: Café; het hart" in found[2][1]
        assert "Straks: 2024" in found[2][1]


def test_no_more_is_done_at_once_than_fits_in_one_request(editor, home):
    lines = [[f"Netwerk {number}", "Netwerk"] for number in range(101)]

    assert "verandert 101 vermeldingen" in problem(send(editor, as_csv(["Titel", "Soort"], *lines)))
    assert set(fates(send(editor, as_csv(["Titel", "Soort"], *lines[:100]))).values()) == {"nieuw"}


def test_what_a_cell_holds_is_shown_as_text(editor, home):
    answer = send(editor, as_csv(["Titel", "Soort"], ["<script>alert(1)</script>", "Netwerk"]))

    assert "<script>alert(1)" not in answer.content.decode()
    assert "&lt;script&gt;alert(1)" in answer.content.decode()


@pytest.mark.parametrize("role", WELCOME)
def test_editors_and_administrators_find_it_in_the_menu(home, role):
    browser = browser_of(role, home)

    assert browser.get(ADDRESS).status_code == 200
    assert ADDRESS in browser.get("/beheer/").content.decode()


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
def test_nobody_else_gets_in(home, role, status):
    browser = browser_of(role, home)

    answers = [
        browser.get(ADDRESS),
        send(browser, as_csv(["Titel", "Soort"], ["Netwerk", "Netwerk"])),
        browser.post(CARRY_OUT, {"plan": "x"}),
        browser.get(f"{ADDRESS}netwerken.csv?alles=ja"),
    ]

    assert {answer.status_code for answer in answers} == {status}
    assert not NetworkPage.objects.exists()


def test_an_editor_who_may_only_look_changes_nothing(home, entry, subject):
    """Who has the rights of the page in another way decides; the list of what to review is no right to write."""
    editor = browser_of("editor", home)
    user = editor.get("/beheer/").wsgi_request.user
    user.groups.get().page_permissions.all().delete()

    found = fates(send(editor, as_csv(*SHEET)))

    assert set(found.values()) == {"geweigerd"}
    assert Subject.objects.count() == 2
