"""The pages of /beheer/ that are our own, in a real browser: no accessibility faults, and no wider than a phone."""

import pytest

PAGES = [
    "/beheer/",
    "/beheer/?soort=links&van=mij",
    "/beheer/ontbreekt/",
    "/beheer/actueel/",
    "/beheer/actueel/?stand=nooit&q=net",
    "/beheer/invoeren/",
    "/beheer/levensloop/",
    "/beheer/nakijken/",
    "/beheer/correcties/",
    "/beheer/voordrachten/",
    "/beheer/handboek/",
    "/beheer/handboek/een-tekst-nakijken/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_pages_of_editors_are_accessible(site, signed_in, axe, width, scheme):
    page = signed_in("redacteur", viewport={"width": width, "height": 900}, color_scheme=scheme)

    for path in PAGES:
        assert page.goto(site.url + path).ok, path
        axe(page)
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


SHEET = "Titel;Soort;Trekker\nNetwerk Toetsbekwaamheid h(b)o;;Een ander\nNetwerk Vers;Netwerk;\nFout;Kookclub;\n"


def test_an_editor_reads_in_a_spreadsheet(site, signed_in, axe):
    page = signed_in("redacteur", java_script_enabled=False)
    file = {"name": "netwerken.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}

    page.goto(site.url + "/beheer/invoeren/")
    page.get_by_label("Netwerken", exact=True).check()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Laat zien wat er verandert").click()

    assert "‘Kookclub’ kennen we niet" in page.locator("[data-lot=geweigerd]").inner_text()
    assert "Een ander" in page.locator("[data-lot=gewijzigd]").inner_text()
    page.get_by_role("button", name="Voer dit uit").click()
    page.get_by_text("Gedaan: 1 nieuw als concept, 1 gewijzigd.").wait_for()

    seen = signed_in("redacteur", viewport={"width": 320, "height": 800})
    seen.goto(site.url + "/beheer/invoeren/")
    seen.get_by_label("Netwerken", exact=True).check()
    seen.locator("input[type=file]").set_input_files(file)
    seen.get_by_role("button", name="Laat zien wat er verandert").click()
    seen.locator("[data-lot=geweigerd]").wait_for()
    axe(seen)
    assert seen.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_handbook_of_representatives_is_accessible(site, signed_in, axe, width, scheme):
    page = signed_in("vertegenwoordiger", viewport={"width": width, "height": 900}, color_scheme=scheme)

    for path in ("/mijn/handboek/", "/mijn/handboek/de-tekst-schrijven/"):
        assert page.goto(site.url + path).ok, path
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
