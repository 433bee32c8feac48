"""A nudge without a password: asked by mail, confirmed with one click, and up the ladder when nobody reacts."""

import json
import re

REVIEW = "2027-03-15"
READY = f"""
from cms.models import User
from pages.models import NetworkPage
from pages.representing import representatives
keeper = User.objects.get(email="vertegenwoordiger@example.org")
first = NetworkPage.objects.get(slug="netwerk-toetsbekwaamheid")
second = NetworkPage.objects.live().exclude(pk=first.pk).order_by("title").first()
representatives.add(entry=second, user=keeper, by=keeper)
NetworkPage.objects.filter(pk__in=[first.pk, second.pk]).update(review_on="{REVIEW}")
import json
print(json.dumps([[page.title, page.url] for page in (first, second)]))
"""
AT = """
import time_machine
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo
from cms import mailing
from pages.currency import reminding
day = datetime.fromisoformat("{review}T12:00").replace(tzinfo=ZoneInfo("Europe/Amsterdam")) + timedelta(days={days})
with time_machine.travel(day):
    {act}
"""
RUN = "reminding.remind(); reminding.remind(); mailing.deliver_waiting()"
SHOW = """
    from django.test import Client
    from cms.models import User
    browser = Client(SERVER_NAME="127.0.0.1")
    public = browser.get("{path}").content.decode()
    browser.force_login(User.objects.get(email="redacteur@example.org"))
    print("niet bevestigd" in public, "{title}" in browser.get("/beheer/nakijken/").content.decode())
"""


def on_day(site, days, act=RUN):
    return site.manage("shell", "--verbosity=0", "-c", AT.format(review=REVIEW, days=days, act=act.strip()))


def asked(site):
    return [
        mail for mail in site.mails() if mail["To"] == "vertegenwoordiger@example.org" and "nog?" in mail["Subject"]
    ]


def test_who_keeps_entries_is_asked_and_answers_without_a_password(site, new_context, axe):
    (title, path), (other, other_path) = json.loads(site.manage("shell", "--verbosity=0", "-c", READY))

    # Thirty days before: one mail for both, also when the job runs twice.
    on_day(site, -30)
    [mail] = asked(site)
    text = mail.get_body(["plain"]).get_content()
    assert title in text
    assert other in text

    # "Klopt nog" is a page and one click; the link works once.
    link = re.search(rf"{re.escape(title)}.*?Klopt nog: (\S+)", text, re.DOTALL)[1]
    page = new_context().new_page()
    page.goto(link)
    axe(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_role("button", name="Klopt nog").click()
    page.get_by_role("heading", name="Dank je").wait_for()
    axe(page)
    assert page.context.cookies() == []
    again = page.request.get(link)
    assert again.status == 410
    assert "verlopen" in again.text()
    page.goto(site.url + path)
    assert "Laatst gecontroleerd op" in page.get_by_role("main").inner_text()

    # For the other nobody does anything: it comes to the editors, and then readers are told.
    for days in (0, 14, 29):
        on_day(site, days)
    shown = SHOW.format(path=other_path, title=other)
    assert on_day(site, 29, shown).split() == ["False", "False"]
    on_day(site, 30)
    assert on_day(site, 30, shown).split() == ["False", "True"]
    assert on_day(site, 60, shown).split() == ["True", "True"]
    assert any(mail["To"] == "redacteur@example.org" and other in mail["Subject"] for mail in site.mails())
    assert all(title not in mail.get_body(["plain"]).get_content() for mail in asked(site)[1:])
