"""An editor looks after search in a real browser, with and without scripts."""

import pytest

PASSWORD = "demo-flexibel"
PAGES = [
    "/beheer/zoeken/gezocht/",
    "/beheer/zoeken/vergeefs/?periode=7&q=toets",
    "/beheer/zoeken/waarom/?q=toetsing&wat=/netwerken/netwerk-toetsbekwaamheid/",
    "/beheer/zoeken/waarom/?q=toetsing&wat=netwerk",
    "/beheer/zoeken/index/",
    "/beheer/searchpicks/",
    "/beheer/searchpicks/add/?query_string=toetsing",
]


@pytest.fixture
def editor(demo_site, new_context):
    def sign_in(**options):
        page = new_context(**options).new_page()
        page.goto(f"{demo_site.url}/account/inloggen/?next=/beheer/")
        page.get_by_label("E-mailadres").fill("redacteur@example.org")
        page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{demo_site.url}/beheer/")
        return page

    return sign_in


@pytest.mark.parametrize("width", [320, 1440])
def test_the_pages_about_search_are_accessible(demo_site, editor, axe, width):
    page = editor(viewport={"width": width, "height": 900})

    for path in PAGES:
        page.goto(demo_site.url + path)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_an_editor_sees_the_index_being_built(demo_site, editor):
    page = editor()
    page.goto(f"{demo_site.url}/beheer/zoeken/index/")

    page.get_by_role("button", name="Zoekindex opnieuw opbouwen").click()
    page.get_by_role("link", name="Bekijk hoe ver het nu is").wait_for()

    page.get_by_role("button", name="Zoekindex opnieuw opbouwen").wait_for(timeout=60_000)
    assert "door Demo redacteur" in page.get_by_role("main").inner_text()


def test_an_editor_follows_it_without_scripts(demo_site, editor):
    page = editor(java_script_enabled=False)
    page.goto(f"{demo_site.url}/beheer/zoeken/index/")

    page.get_by_role("button", name="Zoekindex opnieuw opbouwen").click()
    again = page.get_by_role("link", name="Bekijk hoe ver het nu is")
    for _ in range(60):
        if again.count() == 0:
            break
        page.wait_for_timeout(1000)
        again.click()

    assert page.get_by_role("button", name="Zoekindex opnieuw opbouwen").count() == 1
