"""A moderator works through the queue, by keys and without scripts, in a real browser."""

import pytest

QUEUE = "/forum/moderatie/wachtrij/"


@pytest.fixture
def asked(site, signed_in):
    """The addresses of two questions of a newcomer, which wait."""
    page, addresses = signed_in("nieuwkomer"), []
    page.goto(site.url + "/forum/")
    forum = page.get_by_role("link", name="Vragen", exact=True).first.get_attribute("href")
    for title in ("Hoe toets je flexibel?", "Koop nu goedkope boeken"):
        page.goto(f"{site.url}{forum}nieuw/")
        page.get_by_label("Titel").fill(title)
        page.get_by_label("Je bericht").fill("Vertel eens.")
        page.get_by_role("button", name="Plaats", exact=True).click()
        page.get_by_text("meestal binnen één werkdag").first.wait_for()
        addresses.append(page.url.partition("?")[0])
    return addresses


def test_a_moderator_decides_by_single_keys(site, asked, signed_in, new_context, axe):
    page = signed_in("moderator")
    page.goto(site.url + QUEUE)
    axe(page)
    items = page.locator(".queue__item")

    items.first.focus()
    page.keyboard.press("j")
    assert items.nth(1).evaluate("item => item === document.activeElement")
    page.keyboard.press("k")
    assert items.first.evaluate("item => item === document.activeElement")
    page.keyboard.press("p")
    page.get_by_text("Het bericht staat op het forum.").wait_for()

    assert items.first.evaluate("item => item === document.activeElement")
    page.keyboard.press("w")
    page.keyboard.type("Dit is reclame; jammer.")
    axe(page)
    page.keyboard.press("Enter")
    page.get_by_text("Niets wacht op je").wait_for()

    visitor = new_context().new_page()
    assert visitor.goto(asked[0]).status == 200
    assert "Hoe toets je flexibel?" in visitor.get_by_role("heading", level=1).inner_text()
    assert visitor.request.get(asked[1]).status == 404
    page.goto(site.url + "/forum/moderatie/logboek/")
    assert page.get_by_text("weigerde").count() == 1
    axe(page)


def test_a_moderator_decides_without_scripts(site, signed_in):
    member = signed_in("lid", java_script_enabled=False)
    member.goto(site.url + "/forum/")
    member.locator("main .topic-item a").first.click()
    topic = member.url
    member.get_by_role("link", name="Meld het bericht").last.click()
    member.get_by_label("Het is reclame").check()
    member.get_by_role("button", name="Meld dit bericht").click()
    assert "Een moderator kijkt ernaar" in member.locator(".messages").inner_text()

    page = signed_in("moderator", java_script_enabled=False)
    page.goto(site.url + QUEUE)
    assert not page.locator(".queue-keys").is_visible()
    page.locator("summary", has_text="Verwijder").first.click()
    page.get_by_label("Waarom haal je dit weg?").first.fill("Reclame mag hier niet.")
    page.get_by_role("button", name="Verwijder", exact=True).first.click()
    assert "Niets wacht op je" in page.get_by_role("main").inner_text()

    page.goto(site.url + "/forum/moderatie/verwijderd/")
    page.get_by_role("button", name="Zet dit bericht terug").click()
    assert page.goto(topic).status == 200


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_moderators_pages_fit_and_are_accessible(site, signed_in, axe, width, look):
    page = signed_in("moderator", viewport={"width": width, "height": 900}, color_scheme=look)
    page.goto(site.url + "/forum/")
    page.locator("main .topic-item a").first.click()
    topic = page.url.rstrip("/").rsplit("/", 1)[1]
    addresses = ["wachtrij/", "verwijderd/", "accounts/", "accounts/1/", "logboek/"]

    for address in [*addresses, f"{topic}/voeg-samen/", f"{topic}/splits/", f"{topic}/verplaats/"]:
        page.goto(f"{site.url}/forum/moderatie/{address}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
