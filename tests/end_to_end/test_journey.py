"""From the front door to an answer, in a real browser: the walk that the platform exists for."""

import pytest

SUBJECT = "Leerwegonafhankelijke toetsing"
ENTRY = "Netwerk Toetsbekwaamheid h(b)o"
PASSWORD = "demo-flexibel"


def listed(page):
    return page.locator("[data-vermelding]").evaluate_all("found => found.map(one => one.dataset.vermelding).sort()")


@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_member_finds_a_network_and_its_subject_and_a_reply_is_found_by_search(demo_site, new_context, axe, look):
    page = new_context(color_scheme=look).new_page()
    page.goto(demo_site.url + "/")
    axe(page)

    page.get_by_role("main").get_by_role("link", name="Netwerken", exact=False).first.click()
    page.get_by_label(SUBJECT).check()
    page.get_by_role("button", name="Pas toe").click()
    page.wait_for_url("**onderwerp=leerwegonafhankelijke-toetsing**")
    in_category = listed(page)
    assert in_category == sorted(set(in_category))
    axe(page)

    page.get_by_role("link", name=ENTRY).click()
    assert page.get_by_role("heading", level=1).inner_text() == ENTRY
    assert "Zo doe je mee" in page.get_by_role("main").inner_text()
    axe(page)

    page.get_by_role("main").get_by_role("link", name=SUBJECT).first.click()
    assert page.url.endswith("/onderwerpen/leerwegonafhankelijke-toetsing/")
    axe(page)
    page.goto(page.url + "?categorie=netwerken")
    assert listed(page) == in_category

    page.goto(demo_site.url + "/onderwerpen/leerwegonafhankelijke-toetsing/?categorie=forum")
    page.locator('[data-resultaat="forumonderwerp"] a').first.click()
    topic = page.url
    axe(page)

    page.get_by_role("main").get_by_role("link", name="Log in").first.click()
    page.get_by_label("E-mailadres").fill("lid@example.org")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log in").click()
    assert page.url.startswith(topic)
    axe(page)

    word = f"kalibratiezolder{look}"
    page.get_by_label("Je bericht").fill(f"Wij noemen dat de {word}, en het werkt.")
    page.get_by_role("button", name="Plaats").click()
    page.get_by_text(word).first.wait_for()

    page.goto(f"{demo_site.url}/zoeken/?q={word}")
    assert page.locator('[data-resultaat="forumonderwerp"]').count() == 1
    axe(page)
