"""A new member asks: from the first word to the question on the forum, in a real browser."""

import re

import pytest

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PASSWORD = "een paar losse woorden"
WORDS = "Wij zoeken een vorm die voor iedereen klopt."


def ask_form(site, page):
    page.goto(site.url + "/forum/")
    page.get_by_role("main").get_by_role("link", name="Stel je vraag").click()


def files(name, content=PDF):
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def sign_up(page, name, email):
    page.get_by_role("link", name="Maak een account").click()
    page.get_by_label("Naam").fill(name)
    page.get_by_label("E-mailadres").fill(email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Maak mijn account").click()
    page.get_by_role("heading", name="Kijk in je mail").wait_for()


def confirm(site, page, email):
    """Open the link of the mail."""
    [mail] = [mail for mail in site.mails() if mail["To"] == email]
    page.goto(re.search(r"http\S+/account/bevestig/\S+", mail.get_content())[0])
    page.get_by_role("button", name="Ja, dit is mijn adres").click()


def confirm_on_another_device(site, device, email):
    confirm(site, device, email)
    device.get_by_label("E-mailadres").fill(email)
    device.get_by_label("Wachtwoord").fill(PASSWORD)
    device.get_by_role("main").get_by_role("button", name="Log in").click()


def test_a_new_member_asks_and_nothing_is_lost_on_the_way(site, new_context, axe):
    page = new_context().new_page()
    ask_form(site, page)
    axe(page)
    assert page.context.cookies() == []

    page.get_by_label("Titel").press_sequentially("Hoe toets je flexibel bij zij-instromers?")
    page.locator(".asked-before__hit").first.wait_for()
    groups = page.locator(".asked-before__group").all_inner_texts()
    assert groups == ["Vragen met een antwoord", "Netwerken, samenwerking en onderzoek", "Kennis"]
    assert page.locator(".asked-before [role=status]").inner_text() == "5 plekken waar je antwoord kan staan."
    axe(page)
    page.get_by_role("link", name="Toch stellen").click()
    assert page.evaluate("document.activeElement.id") == "id_text"

    page.keyboard.type(WORDS)
    page.get_by_label("Leerwegonafhankelijke toetsing").check()
    page.get_by_label("Bijlagen").set_input_files(files("verslag.pdf", b"MZ\x90\x00 no pdf at all"))
    page.get_by_role("button", name="Plaats").click()
    assert "De inhoud van ‘verslag.pdf’ past niet bij de naam" in page.get_by_role("alert").inner_text()
    assert page.get_by_label("Je bericht").input_value() == WORDS
    assert page.get_by_label("Leerwegonafhankelijke toetsing").is_checked()
    assert page.locator(".asked-before__hit").count() == 5
    axe(page)

    page.get_by_label("Bijlagen").set_input_files(files("verslag.pdf"))
    page.get_by_role("button", name="Plaats").click()
    page.get_by_text("We bewaren wat je schreef").wait_for()
    axe(page)
    sign_up(page, "Nina van Dam", "nina@example.org")

    device = new_context(viewport={"width": 390, "height": 800}).new_page()
    confirm_on_another_device(site, device, "nina@example.org")
    device.get_by_role("heading", name="Klaar om te plaatsen").wait_for()
    assert device.get_by_label("Titel").input_value() == "Hoe toets je flexibel bij zij-instromers?"
    assert device.get_by_label("Je bericht").input_value() == WORDS
    assert device.get_by_label("Leerwegonafhankelijke toetsing").is_checked()
    assert device.get_by_label("verslag.pdf").count() == 1
    axe(device)
    device.get_by_role("button", name="Plaats").first.click()

    device.get_by_text("meestal binnen één werkdag").first.wait_for()
    assert device.get_by_role("link", name="verslag.pdf").count() == 1
    topic = device.url.partition("?")[0]
    visitor = new_context().new_page()
    assert visitor.request.get(topic).status == 404
    for address in ("/forum/", "/forum/feed/", "/zoeken/?q=zij-instromers", "/forum/onbeantwoord/", "/"):
        assert "Hoe toets je flexibel bij zij-instromers?" not in visitor.request.get(site.url + address).text()


def test_looking_around_goes_by_keyboard_alone(site, new_context):
    page = new_context().new_page()
    ask_form(site, page)
    page.get_by_label("Titel").focus()
    page.keyboard.type("toetsing")
    page.locator(".asked-before__hit").first.wait_for()

    page.keyboard.press("Tab")
    first = page.locator(".asked-before__hit a").first
    assert first.evaluate("link => link === document.activeElement")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.close()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    status = page.locator(".asked-before [role=status]")
    page.wait_for_function("element => element.textContent.startsWith('Fijn')", arg=status.element_handle())
    assert page.evaluate("document.activeElement.textContent") == "Fijn!"
    assert page.get_by_label("Titel").input_value() == "toetsing"


def test_a_question_is_asked_without_scripts(site, new_context, axe):
    page = new_context(java_script_enabled=False).new_page()
    ask_form(site, page)
    page.get_by_label("Titel").fill("toetsing")
    page.get_by_label("Je bericht").fill(WORDS)
    page.get_by_role("button", name="Kijk of dit al gevraagd is").click()

    assert page.locator(".asked-before__hit").count() == 5
    assert page.get_by_label("Je bericht").input_value() == WORDS
    page.get_by_role("button", name="Plaats").click()
    sign_up(page, "Nico van Dam", "nico@example.org")
    confirm(site, page, "nico@example.org")
    page.get_by_role("button", name="Plaats").first.click()

    assert "meestal binnen één werkdag" in page.get_by_role("main").inner_text()


def test_the_form_is_sent_when_looking_around_fails(site, new_context, troubles):
    page = new_context().new_page()
    ask_form(site, page)
    page.route("**/bij-je-vraag/**", lambda route: route.fulfill(status=503, body=""))
    page.get_by_label("Titel").press_sequentially("Hoe doen jullie dat?")
    page.wait_for_timeout(600)
    page.get_by_label("Je bericht").fill(WORDS)
    page.get_by_role("button", name="Plaats").click()

    page.get_by_text("We bewaren wat je schreef").wait_for()
    troubles.expect("503")


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_form_fits_and_is_accessible_with_hits_beside_it(site, new_context, axe, width, look):
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=look).new_page()
    ask_form(site, page)
    page.get_by_label("Titel").press_sequentially("toetsing")
    page.locator(".asked-before__hit").first.wait_for()

    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
