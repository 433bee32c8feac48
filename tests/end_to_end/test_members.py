"""Members say who they are, write to each other and stay in charge of what the platform knows, in a real browser."""

import re

import pytest

from tests.end_to_end.signing_in import sign_in

WIDTHS_AND_LOOKS = [(320, "light"), (768, "dark"), (1440, "light"), (320, "dark")]


def main_text(page):
    return page.get_by_role("main").inner_text()


def test_two_members_write_to_each_other_and_a_moderator_reads_what_is_reported(site, signed_in, new_context):
    expert = signed_in("expert", java_script_enabled=False)
    expert.goto(site.url + "/mijn/profiel/")
    expert.get_by_role("textbox", name="Functie").fill("Toetsdeskundige")
    expert.get_by_label("laat mijn functie zien", exact=False).check()
    expert.get_by_label("andere leden kunnen mij schrijven", exact=False).check()
    expert.get_by_role("button", name="Bewaar mijn profiel").click()
    expert.get_by_role("link", name="Bekijk wat anderen zien").click()
    profile = expert.url
    assert "Toetsdeskundige" in main_text(expert)

    visitor = new_context(java_script_enabled=False).new_page()
    visitor.goto(profile)
    assert "Toetsdeskundige" in main_text(visitor)
    visitor.get_by_role("link", name=re.compile("^Schrijf .* een bericht$")).click()
    sign_in(visitor, "lid")  # now a member, who comes back to where the letter is written
    visitor.get_by_label("Je bericht").fill("Mag ik je toetsplan eens zien?")
    visitor.get_by_role("button", name="Verstuur").click()
    assert "Je bericht is verstuurd" in visitor.locator(".messages").inner_text()

    site.manage("run_jobs")
    [mail] = [one for one in site.mails() if one["To"] == "expert@example.org" and "schreef je een" in one["Subject"]]
    text = mail.get_body(("plain",)).get_content()
    assert "> Mag ik je toetsplan eens zien?" in text
    assert "lid@example.org" not in mail.as_string()

    expert.goto(site.url + re.search(r"/mijn/berichten/\d+/", text)[0])
    expert.get_by_label("Je bericht").fill("Natuurlijk, morgen.")
    expert.get_by_role("button", name="Verstuur").click()
    expert.get_by_role("link", name=re.compile("^Meld dit bericht")).click()
    expert.get_by_label("Iets anders").check()
    expert.get_by_label("Wil je er iets bij zeggen?").fill("Kijk even mee.")
    expert.get_by_role("button", name="Meld dit bericht").click()
    assert "Een moderator leest dit bericht" in expert.locator(".messages").inner_text()

    moderator = signed_in("moderator", java_script_enabled=False)
    moderator.goto(site.url + "/forum/moderatie/wachtrij/")
    moderator.get_by_role("link", name="Gemelde persoonlijke berichten (1)").click()
    assert "Mag ik je toetsplan eens zien?" in main_text(moderator)
    moderator.get_by_role("button", name="Gelezen en afgehandeld").click()
    assert "Mag ik je toetsplan eens zien?" not in main_text(moderator)


@pytest.mark.parametrize(("width", "look"), WIDTHS_AND_LOOKS)
def test_the_pages_of_members_fit_and_are_accessible(site, signed_in, axe, width, look):
    page = signed_in("expert", viewport={"width": width, "height": 900}, color_scheme=look)
    page.goto(site.url + "/mijn/")
    own = page.get_by_role("link", name="Mijn bijdragen").get_attribute("href")

    for address in ("/mijn/", "/mijn/profiel/", "/mijn/berichten/", own, "/mijn/vragen/"):
        page.goto(site.url + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    letters = page.goto(site.url + "/mijn/berichten/") and page.locator("main .list a")
    if letters.count():
        letters.first.click()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
