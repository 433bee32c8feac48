"""A question is put to who may know, who answers, and its asker accepts: in a real browser."""

import re

from tests.end_to_end.signing_in import sign_in

TITLE = "Hoe weeg je bewijs van de werkplek?"
SUBJECT_OF_MAIL = f"Weet jij dit? {TITLE}"
SUBJECT = "Leerwegonafhankelijke toetsing"
A_WEEK_LATER = """
from datetime import timedelta

import time_machine
from django.utils import timezone

from cms import mailing
from forum_integration.services import letters, news

news.spread()
with time_machine.travel(timezone.now() + timedelta(days=8)):
    for _ in range(2):
        letters.write_weekly()
        mailing.deliver_waiting()
"""


def test_who_may_know_is_asked_and_answers_and_the_asker_accepts(site, new_context, signed_in, axe):
    follower = signed_in("moderator")
    follower.goto(site.url + "/onderwerpen/leerwegonafhankelijke-toetsing/")
    follower.get_by_role("button", name="Volg dit onderwerp", exact=True).click()
    follower.locator(".messages").wait_for()

    asker = signed_in("lid")
    asker.goto(site.url + "/forum/")
    asker.get_by_role("main").get_by_role("link", name="Stel je vraag").click()
    asker.get_by_label("Titel").fill(TITLE)
    asker.get_by_label("Je bericht").fill("Studenten leveren van alles in. Wat telt mee?")
    asker.get_by_label(SUBJECT).check()
    asker.get_by_role("button", name="Plaats", exact=True).click()
    asker.get_by_text("Je gesprek staat op het forum.").wait_for()
    topic = asker.url.partition("?")[0]
    for _ in range(2):  # one run puts the question, the next sends its mails
        site.manage("run_jobs")

    asker.goto(topic)
    put_to = asker.locator(".put-to").inner_text()
    assert "Demo vertegenwoordiger (namens Netwerk Toetsbekwaamheid h(b)o)" in put_to
    assert "Demo expert (expert)" in put_to
    assert "@" not in put_to
    axe(asker)
    mails = {
        mail["To"]: mail.get_body(["plain"]).get_content()
        for mail in site.mails()
        if mail["Subject"] == SUBJECT_OF_MAIL
    }
    assert set(mails) == {"vertegenwoordiger@example.org", "expert@example.org"}

    keeper = new_context().new_page()
    keeper.goto(re.search(rf"{site.url}/forum/\S+", mails["vertegenwoordiger@example.org"])[0])
    keeper.get_by_role("link", name="Log in om te antwoorden").click()
    sign_in(keeper, "vertegenwoordiger")
    assert keeper.url.startswith(topic)
    keeper.get_by_role("link", name="Citeer").first.click()
    keeper.get_by_label("Je bericht").press("ControlOrMeta+End")
    keeper.keyboard.type("Wij kijken naar de leeruitkomst.")
    keeper.get_by_role("button", name="Plaats je antwoord").click()
    badge = keeper.locator(".post__badge")
    assert badge.inner_text() == "namens Netwerk Toetsbekwaamheid h(b)o"
    axe(keeper)

    asker.goto(topic)
    asker.get_by_role("button", name="Dit is het antwoord").click()
    accepted = asker.locator("#geaccepteerd")
    assert "Wij kijken naar de leeruitkomst." in accepted.inner_text()
    assert "namens Netwerk Toetsbekwaamheid h(b)o" in accepted.inner_text()
    axe(asker)
    asker.goto(site.url + "/forum/onbeantwoord/")
    assert asker.get_by_role("link", name=TITLE).count() == 0

    reader = signed_in("expert")
    reader.goto(topic)
    reader.get_by_role("button", name="Deze vraag heb ik ook").click()
    reader.get_by_role("button", name="Deze vraag heb ik ook (1)").wait_for()
    reader.get_by_role("button", name=re.compile(r"^Nuttig\W+het bericht van Demo vertegenwoordiger")).click()
    reader.get_by_role("button", name=re.compile(r"^Nuttig \(1\)")).wait_for()
    site.manage("run_jobs")
    assert len([mail for mail in site.mails() if mail["Subject"] == SUBJECT_OF_MAIL]) == 2

    site.manage("shell", "--verbosity=0", "-c", A_WEEK_LATER)
    [letter] = [mail for mail in site.mails() if mail["To"] == "moderator@example.org"]
    text = letter.get_body(["plain"]).get_content()
    assert letter["Subject"].startswith("Weekmail")
    assert text.count(TITLE) == 1
    assert "OPGELOST" in text
