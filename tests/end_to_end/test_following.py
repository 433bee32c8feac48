"""A member follows things, is told of what is new, and chooses and leaves mail, in a real browser."""

import re

import pytest


def first_topic(site, page):
    page.goto(site.url + "/forum/")
    page.locator("main .topic-item a").first.click()


def test_a_member_follows_is_told_and_leaves_the_mail_without_scripts(site, signed_in, new_context):
    reader = signed_in("lid", java_script_enabled=False)
    first_topic(site, reader)
    reader.get_by_role("button", name="Volg dit gesprek", exact=True).click()
    assert "Je volgt dit gesprek." in reader.locator(".messages").inner_text()
    title = reader.get_by_role("heading", level=1).inner_text()

    writer = signed_in("expert", java_script_enabled=False)
    first_topic(site, writer)
    writer.get_by_label("Je bericht").fill("Dat doen wij met een portfolio.")
    writer.get_by_role("button", name="Plaats je antwoord").click()
    for _ in range(2):
        site.manage("run_jobs")

    reader.goto(site.url + "/mijn/")
    assert reader.get_by_role("link", name=re.compile("Meldingen.*1 ongelezen", re.DOTALL)).count() == 1
    reader.goto(site.url + "/forum/meldingen/")
    assert title in reader.get_by_role("main").inner_text()
    reader.get_by_role("button", name="Zet alles op gelezen").click()
    assert "ongelezen" not in reader.get_by_role("banner").inner_text()

    [mail] = [one for one in site.mails() if one["To"] == "lid@example.org" and one["List-Unsubscribe"]]
    assert title in mail["Subject"]
    link = mail["List-Unsubscribe"].strip("<>")
    visitor = new_context(java_script_enabled=False).new_page()
    visitor.goto(site.url + "/mijn/" + link.split("/mijn/", 1)[1])
    visitor.get_by_role("button", name="Meld me af").click()
    assert "Je bent afgemeld" in visitor.get_by_role("main").inner_text()
    reader.goto(site.url + "/forum/gevolgd/")
    assert title not in reader.get_by_role("main").inner_text()


@pytest.mark.parametrize("width", [320, 768, 1440])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_pages_of_following_fit_and_are_accessible(site, signed_in, axe, width, look):
    page = signed_in("moderator", viewport={"width": width, "height": 900}, color_scheme=look)
    page.goto(site.url + "/netwerken/")
    page.locator("main article a").first.click()
    for address in (page.url, site.url + "/onderwerpen/flexibilisering/", site.url + "/forum/"):
        page.goto(address)
        follow = page.get_by_role("button", name=re.compile("^Volg (deze|dit) \\w+$"))
        if follow.count():
            follow.first.click()
            axe(page)
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    first_topic(site, page)
    follow = page.get_by_role("button", name="Volg dit gesprek", exact=True)
    if follow.count():
        follow.click()

    for address in ["/forum/gevolgd/", "/forum/meldingen/", "/mijn/mail/"]:
        page.goto(site.url + address)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
