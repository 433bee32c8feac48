"""A reader says what is wrong, the owner takes it over, an editor publishes, the reader is thanked: on a phone."""

import re

READER = "lezer@example.org"
PATH = "/netwerken/netwerk-toetsbekwaamheid/"
NEW = "https://nieuw-adres.example.org/"


def body_of(site, address, subject):
    """The newest mail to somebody under this subject."""
    site.manage("run_jobs")
    found = [mail for mail in site.mails() if mail["To"] == address and subject in mail["Subject"]]
    return found[-1].get_body(["plain"]).get_content() if found else ""


def fits(page, axe):
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    axe(page)


def test_a_correction_goes_from_reader_to_site_and_the_reader_is_thanked(site, signed_in, new_context, axe):
    phone = {"viewport": {"width": 320, "height": 640}}
    reader = new_context(**phone, java_script_enabled=True).new_page()

    # The reader finds the question on the page, chooses what is wrong, and makes a mistake first.
    reader.goto(site.url + PATH)
    reader.get_by_role("link", name="Klopt dit niet?").click()
    reader.get_by_role("heading", name="Wat klopt er niet?").wait_for()
    fits(reader, axe)
    reader.get_by_role("link", name="De nieuwsbrief").click()
    reader.get_by_label("Zo klopt het wel").fill("geen adres")
    reader.get_by_label("Hoe weet je dit?").fill("Het staat op hun eigen pagina.")
    reader.get_by_label("Je e-mailadres").fill(READER)
    fits(reader, axe)
    reader.get_by_role("button", name="Stuur je voorstel").click()
    reader.get_by_text("Dit klopt nog niet").wait_for()
    assert reader.get_by_label("Hoe weet je dit?").input_value() == "Het staat op hun eigen pagina."
    fits(reader, axe)
    reader.get_by_label("Zo klopt het wel").fill(NEW)
    reader.get_by_role("button", name="Stuur je voorstel").click()
    reader.get_by_role("heading", name="Dank je").wait_for()
    fits(reader, axe)
    assert not reader.context.cookies()

    # The owner reads of it in a mail, sees both versions and takes the reader's over.
    mailed = body_of(site, "vertegenwoordiger@example.org", "Klopt dit niet bij")
    owner = signed_in("vertegenwoordiger", **phone)
    owner.goto(site.url + "/mijn/paginas/")
    fits(owner, axe)
    owner.goto(re.search(rf"{site.url}/mijn/paginas/\S+/correcties/", mailed)[0])
    owner.locator("ins", has_text="nieuw").first.wait_for()
    assert "Het staat op hun eigen pagina." in owner.get_by_role("main").inner_text()
    fits(owner, axe)
    owner.get_by_role("button", name="Neem over").click()
    owner.get_by_text("Overgenomen.").wait_for()
    fits(owner, axe)
    reader.goto(site.url + PATH)
    assert not reader.locator(f'a[href="{NEW}"]').count()
    assert not body_of(site, READER, "Wat je meldde")

    # An editor publishes.
    editor = signed_in("redacteur")
    editor.goto(site.url + "/beheer/nakijken/")
    editor.get_by_role("link", name="Netwerk Toetsbekwaamheid").first.click()
    editor.get_by_text("Voorstel van een lezer overgenomen").wait_for()
    editor.get_by_role("button", name="Zet op de site").click()
    editor.get_by_text("De tekst staat op de site").wait_for()

    reader.goto(site.url + PATH)
    reader.locator(f'a[href="{NEW}"]').wait_for()
    assert "Je voorstel staat nu op de site: De nieuwsbrief." in body_of(site, READER, "Wat je meldde")


def test_an_editor_refuses_in_beheer_and_the_reader_reads_why(site, signed_in, new_context, axe):
    reader = new_context(java_script_enabled=False).new_page()
    reader.goto(site.url + "/netwerken/")
    reader.locator("article[data-vermelding] h3 a").nth(2).click()
    reader.get_by_role("link", name="Klopt dit niet?").click()
    reader.get_by_role("link", name="Iets anders").click()
    reader.get_by_label("Wat klopt er niet?").fill("Dit netwerk bestaat niet meer.")
    reader.get_by_label("Je e-mailadres").fill(READER)
    reader.get_by_role("button", name="Stuur je voorstel").click()

    editor = signed_in("redacteur")
    editor.goto(site.url + "/beheer/")
    editor.get_by_text("Een lezer stelt iets anders voor: Iets anders").first.wait_for()
    editor.goto(site.url + "/beheer/correcties/")
    axe(editor)
    editor.get_by_role("main").get_by_role("table").get_by_role("link").first.click()
    axe(editor)
    editor.get_by_label("Waarom niet?").fill("We spraken ze gisteren nog.")
    editor.get_by_role("button", name="Neem niet over en mail de reden").click()
    editor.get_by_text("Niet overgenomen.").wait_for()

    assert "We spraken ze gisteren nog." in body_of(site, READER, "Wat je meldde")
