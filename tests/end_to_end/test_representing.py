"""A representative is invited, writes, is asked for more and sees the text go live: in a real browser."""

import re

ADDRESS, NAME, PASSWORD = "noor@example.org", "Noor Netwerk", "een heel goed wachtwoord"
WORD = "kwartelproeven"
TEXT = (
    f"Wij helpen elkaar met {WORD}. " + "Samen kijken we naar wat werkt. " * 18 + "Kom er gerust een keertje ook bij."
)
COMMENT = "Voor wie is dit bedoeld?"


def body_of(site, address, subject):
    """The newest mail to somebody under this subject."""
    site.manage("run_jobs")
    found = [mail for mail in site.mails() if mail["To"] == address and subject in mail["Subject"]]
    return found[-1].get_body(["plain"]).get_content()


def unkept_network(page, site, *, number):
    """An entry that nobody keeps yet: its title, its address and its number."""
    page.goto(site.url + "/netwerken/")
    links = page.locator("article[data-vermelding]:not([data-vermelding=netwerk-toetsbekwaamheid]) h3 a")
    title, path = links.nth(number).inner_text().replace("\u00ad", ""), links.nth(number).get_attribute("href")
    page.goto(site.url + path)
    claim = page.get_by_role("link", name="Hoort dit bij jou? Schrijf zelf het stukje")
    return title, path, int(re.search(r"/mijn/paginas/(\d+)/", claim.get_attribute("href"))[1])


def fits(page, axe):
    """No page is wider than the screen of a small phone, and axe finds nothing."""
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, page.url
    page.set_viewport_size({"width": 1280, "height": 800})


def test_a_representative_writes_the_blurb(site, signed_in, new_context, axe):
    visitor, editor = new_context().new_page(), signed_in("redacteur")
    title, path, pk = unkept_network(visitor, site, number=3)
    old = visitor.locator(".prose--large").inner_text()

    # The editor invites an address, from the entry.
    editor.goto(f"{site.url}/beheer/pages/{pk}/edit/")
    editor.goto(f"{site.url}/beheer/vertegenwoordigers/{pk}/")
    editor.get_by_label("E-mailadres").fill(ADDRESS)
    editor.get_by_role("button", name="Verstuur de uitnodiging").click()
    editor.get_by_text("De uitnodiging is verstuurd").wait_for()
    link = re.search(rf"{site.url}/mijn/uitnodiging/\S+", body_of(site, ADDRESS, title))[0]

    # The link opens the pages that this person keeps, with that entry only.
    keeper = new_context().new_page()
    keeper.goto(link)
    fits(keeper, axe)
    keeper.get_by_label("Naam").fill(NAME)
    keeper.get_by_label("Wachtwoord").fill(PASSWORD)
    keeper.get_by_role("button", name="Begin met bijhouden").click()
    keeper.get_by_role("heading", name="Pagina’s die ik bijhoud").wait_for()
    assert keeper.locator("[data-bijgehouden]").count() == 1
    assert title in keeper.locator("[data-bijgehouden]").inner_text()
    fits(keeper, axe)

    # The counter follows while 120 words are written; the preview shows the real page.
    keeper.get_by_role("link", name="Schrijf of verander de tekst").click()
    blurb = keeper.get_by_label("Wat doen jullie voor flexibel opleiden?")
    blurb.fill("Drie woorden maar.")
    keeper.get_by_text("3 woorden, nog 77 erbij").first.wait_for()
    blurb.fill(TEXT)
    keeper.get_by_text("120 woorden, mooi zo").first.wait_for()
    fits(keeper, axe)
    keeper.get_by_role("button", name="Bekijk de pagina").click()
    keeper.get_by_text("Zo komt de pagina eruit te zien").wait_for()
    assert WORD in keeper.get_by_role("main").inner_text()
    assert keeper.get_by_role("heading", level=1).inner_text().replace("\u00ad", "") == title
    fits(keeper, axe)

    # Sent: the public page still shows the old text.
    keeper.get_by_role("link", name="Schrijf verder of verstuur").click()
    keeper.get_by_role("button", name="Verstuur naar de redactie").click()
    keeper.get_by_text("De redactie leest het").wait_for()
    visitor.goto(site.url + path)
    assert visitor.locator(".prose--large").inner_text() == old

    # The editor returns it with a comment, which the mail holds.
    editor.goto(site.url + "/beheer/nakijken/")
    editor.get_by_role("link", name=title).click()
    editor.locator("ins", has_text=WORD).first.wait_for()
    editor.get_by_label("Bericht aan de schrijver").fill(COMMENT)
    editor.get_by_role("button", name="Geef terug met bericht").click()
    editor.get_by_text("De tekst is teruggegeven").wait_for()
    mailed = body_of(site, ADDRESS, "Nog iets voor")
    assert COMMENT in mailed
    keeper.goto(re.search(rf"{site.url}/mijn/paginas/\S+", mailed)[0])
    assert COMMENT in keeper.get_by_role("main").inner_text()
    fits(keeper, axe)
    keeper.get_by_label("Voor wie?").fill("Voor iedereen die kwartels toetst.")
    keeper.get_by_role("button", name="Verstuur naar de redactie").click()
    keeper.get_by_text("De redactie leest het").wait_for()

    # Approved it is live, with who keeps it and the day, and search finds it.
    editor.goto(site.url + "/beheer/nakijken/")
    editor.get_by_role("link", name=title).click()
    editor.get_by_role("button", name="Zet op de site").click()
    editor.get_by_text("De tekst staat op de site").wait_for()
    visitor.goto(site.url + path)
    public = visitor.get_by_role("main").inner_text()
    assert WORD in public
    assert "Voor iedereen die kwartels toetst." in public
    assert f"Bijgehouden door {NAME}" in public
    assert "Laatst gecontroleerd op" in public
    fits(visitor, axe)
    visitor.goto(f"{site.url}/zoeken/?q={WORD}")
    assert title in visitor.locator("[data-resultaat=netwerk]").first.inner_text().replace("\u00ad", "")
    assert "staat nu op de site" in body_of(site, ADDRESS, "staat erop")

    # How it changed, for who wrote it.
    keeper.goto(f"{site.url}/mijn/paginas/{pk}/geschiedenis/")
    fits(keeper, axe)
    keeper.get_by_role("main").locator("ul a").first.click()
    keeper.get_by_role("heading", name="Wat er veranderde").wait_for()
    fits(keeper, axe)

    # Another entry's address is refused, and the invitation was used.
    _title, _path, other = unkept_network(visitor, site, number=4)
    assert other != pk
    assert keeper.request.get(f"{site.url}/mijn/paginas/{other}/").status == 403
    again = visitor.request.get(link)
    assert again.status == 410
    assert "al gebruikt" in again.text()


def test_whoever_asks_to_keep_an_entry_waits_for_an_editor(site, signed_in, new_context, axe):
    _title, _path, pk = unkept_network(new_context().new_page(), site, number=5)
    member = signed_in("lid")

    member.goto(f"{site.url}/mijn/paginas/{pk}/aanvragen/")
    fits(member, axe)
    member.get_by_role("button", name="Vraag het aan").click()
    member.get_by_text("Dit klopt nog niet").wait_for()
    fits(member, axe)
    member.get_by_label("Wat heb je ermee te maken?").fill("Ik trek dit netwerk.")
    member.get_by_role("button", name="Vraag het aan").click()
    member.get_by_text("De redactie kijkt ernaar").first.wait_for()
    editor = signed_in("redacteur")
    editor.goto(f"{site.url}/beheer/vertegenwoordigers/{pk}/")
    editor.get_by_role("button", name="Laat Demo lid dit bijhouden").click()
    editor.get_by_text("De aanvraag is toegekend").wait_for()

    member.goto(site.url + "/mijn/paginas/")
    member.get_by_role("link", name="Stop met bijhouden").click()
    fits(member, axe)
    member.get_by_role("button", name="Stop met bijhouden").click()
    member.get_by_text("Je houdt nog niets bij").wait_for()
    fits(member, axe)


def test_what_is_typed_survives_closing_the_tab(site, signed_in):
    keeper = signed_in("vertegenwoordiger")
    keeper.goto(site.url + "/mijn/paginas/")
    keeper.get_by_role("link", name="Schrijf of verander de tekst").click()
    address = keeper.url
    keeper.get_by_label("Voor wie?").fill("Voor wie kwartels houdt.")
    keeper.get_by_text("Bewaard, nog niet").wait_for()
    keeper.close()

    again = signed_in("vertegenwoordiger")
    again.goto(address)

    assert again.get_by_label("Voor wie?").input_value() == "Voor wie kwartels houdt."


def test_without_javascript_the_text_is_kept_seen_and_sent(site, signed_in):
    keeper = signed_in("vertegenwoordiger", java_script_enabled=False)
    keeper.goto(site.url + "/mijn/paginas/")
    keeper.get_by_role("link", name="Schrijf of verander de tekst").click()

    keeper.get_by_label("Wat doen jullie voor flexibel opleiden?").fill("Te kort.")
    keeper.get_by_role("button", name="Verstuur naar de redactie").click()
    assert "Je schreef 2 woorden" in keeper.get_by_role("main").inner_text()
    keeper.get_by_label("Wat doen jullie voor flexibel opleiden?").fill(TEXT)
    keeper.get_by_role("button", name="Bekijk de pagina").click()
    assert WORD in keeper.get_by_role("main").inner_text()
    keeper.get_by_role("link", name="Schrijf verder of verstuur").click()
    keeper.get_by_role("button", name="Verstuur naar de redactie").click()

    assert "Verstuurd." in keeper.locator(".messages").inner_text()
