"""A visitor in a real browser: the pages run under their own policy, ask no other host and leave nothing behind.

What the browser complains about, and every request to another host, fails these tests (tests/fixtures/browser.py).
"""

import re

PAGES = 45


def some_pages(site):
    """Addresses out of the sitemap, spread over all kinds of pages."""
    sitemap = site.get("/sitemap.xml").read().decode()
    found = [address.removeprefix(site.url) for address in re.findall("<loc>([^<]+)</loc>", sitemap)]
    return found[:: max(1, len(found) // PAGES)]


def test_reading_asks_nothing_of_other_hosts_and_leaves_nothing_in_the_browser(demo_site, page):
    pages = some_pages(demo_site)
    assert len(pages) >= 40

    for path in [*pages, "/", "/zoeken/?q=toetsing", "/onderwerpen/", "/forum/", "/stijlgids/"]:
        answer = page.goto(demo_site.url + path)
        assert answer.status == 200, path

    assert page.context.cookies() == []
    assert page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0


def test_signing_up_works_by_keyboard_and_without_scripts(demo_site, new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(demo_site.url + "/account/registreren/")

    page.get_by_label("Naam").fill("Zoë van Dijk")
    page.get_by_label("E-mailadres").fill("zoe@example.org")
    page.get_by_label("Wachtwoord").fill("kort")
    page.get_by_label("Wachtwoord").press("Enter")
    assert page.title().startswith("Fout: ")
    assert page.get_by_role("textbox", name="Naam").input_value() == "Zoë van Dijk"

    page.get_by_label("Wachtwoord").fill("een paar losse woorden")
    page.get_by_label("Wachtwoord").press("Enter")
    page.get_by_role("heading", name="Kijk in je mail").wait_for()

    mail = demo_site.mails()[-1]
    assert mail["To"] == "zoe@example.org"
    page.goto(re.search(r"http\S+/account/bevestig/\S+", mail.get_content())[0])
    page.get_by_role("button", name="Ja, dit is mijn adres").press("Enter")
    page.goto(demo_site.url + "/mijn/")
    assert page.get_by_role("textbox", name="Naam").input_value() == "Zoë van Dijk"


def test_pages_about_the_account_are_accessible(demo_site, page, axe):
    for path in (
        "/account/inloggen/",
        "/account/registreren/",
        "/account/wachtwoord/vergeten/",
        "/account/bevestig/x/",
    ):
        page.goto(demo_site.url + path)
        axe(page)

    page.goto(demo_site.url + "/account/inloggen/")
    page.get_by_role("button", name="Log in").click()
    axe(page)
    page.get_by_label("E-mailadres").fill("lid@example.org")
    page.get_by_label("Wachtwoord", exact=True).fill("demo-flexibel")
    page.get_by_role("button", name="Log in").click()
    for path in ("/mijn/", "/account/wachtwoord/", "/account/e-mailadres/", "/account/uitloggen/"):
        page.goto(demo_site.url + path)
        axe(page)


def test_an_editor_works_under_the_policy_of_the_admin(demo_site, page):
    page.goto(demo_site.url + "/beheer/")
    page.get_by_label("E-mailadres").fill("beheerder@example.org")
    page.get_by_label("Wachtwoord", exact=True).fill("demo-flexibel")
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(demo_site.url + "/beheer/")

    page.goto(demo_site.url + "/beheer/pages/")
    page.goto(demo_site.url + "/beheer/users/")
    page.goto(demo_site.url + "/beheer/images/")


def test_the_server_leaves_it_to_the_site_to_refuse_in_dutch(demo_site):
    too_long = demo_site.get("/zoeken/?q=" + "a" * 10_000)
    too_many = demo_site.get("/zoeken/?" + "q=a&" * 10_000)

    assert (too_long.status, too_many.status) == (414, 414)
    assert "Dat adres is te lang" in too_long.read().decode()
    assert "Dat adres is te lang" in too_many.read().decode()
