"""Who keeps an entry is asked whether it still holds, and says so with one click."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from wagtail.models import PageLogEntry

from cms import mailing
from pages.currency import confirming, reminding
from pages.models import EntryPage, NetworkPage, ReviewReminder
from pages.representing import representatives
from tests.factories import NetworkPageFactory, UserFactory
from tests.pages.browsing import browser_of

REVIEW = date(2026, 6, 15)


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def entry(home):
    entry = NetworkPageFactory(title="Netwerk Doen", review_on=REVIEW, checked_on=REVIEW - timedelta(days=365))
    entry.save_revision()
    return entry


def run(day, *, times=1):
    with time_machine.travel(noon(day), tick=False):
        for _ in range(times):
            reminding.remind()
        mailing.deliver_waiting()


def mails_to(user):
    return [sent for sent in mail.outbox if sent.to == [user.email]]


def link_in(sent, title=""):
    return re.search(rf"{title}.*?Klopt nog: http://127.0.0.1:8000(\S+)", sent.body, re.DOTALL)[1]


def test_two_entries_of_one_person_come_in_one_mail_and_not_twice(entry, keeper):
    second = NetworkPageFactory(title="Netwerk Laten", review_on=REVIEW)
    representatives.add(entry=second, user=keeper, by=keeper)

    run(REVIEW - timedelta(days=31))
    assert not mail.outbox
    run(REVIEW - timedelta(days=30), times=2)
    run(REVIEW - timedelta(days=29))

    [sent] = mails_to(keeper)
    assert "Netwerk Doen" in sent.body
    assert "Netwerk Laten" in sent.body
    assert sent.subject == "Kloppen deze 2 pagina’s nog?"


def test_one_click_confirms_for_a_year_and_names_who_did(entry, keeper):
    run(REVIEW - timedelta(days=30))
    link, visitor = link_in(mails_to(keeper)[0]), Client()

    with time_machine.travel(noon(REVIEW - timedelta(days=29)), tick=False):
        opened = visitor.get(link)
        assert EntryPage.objects.get(pk=entry.pk).review_on == REVIEW
        assert "Hier vinden opleiders elkaar" in opened.content.decode()
        assert not opened.cookies
        done = visitor.post(link)
        again = visitor.get(link)
        posted_again = visitor.post(link)

    assert "Dank je" in done.content.decode()
    found = EntryPage.objects.get(pk=entry.pk)
    assert found.checked_on == REVIEW - timedelta(days=29)
    assert found.review_on == found.checked_on + timedelta(days=365)
    log = PageLogEntry.objects.get(page=entry.pk, action="pages.currency.confirm")
    assert log.user == keeper
    assert again.status_code == posted_again.status_code == 410
    assert EntryPage.objects.get(pk=entry.pk).review_on == found.review_on


def test_links_that_do_not_hold_are_refused_alike(entry, keeper):
    with time_machine.travel(noon(REVIEW), tick=False):
        good = confirming.confirm_path(entry, keeper)
        token = good.rstrip("/").rpartition("/")[2]
        said = signing.loads(token, salt=confirming.PURPOSE)
        tokens = {
            "altered": token[:-1] + ("a" if token[-1] != "a" else "b"),
            "nonsense": "x",
            "for something else": signing.dumps(said, salt="iets.anders"),
            "for another review": signing.dumps([*said[:2], "2025-06-15"], salt=confirming.PURPOSE),
            "odd": signing.dumps("iets", salt=confirming.PURPOSE),
        }
        refused = [f"/mijn/paginas/klopt-nog/{token}/" for token in tokens.values()]
        answers = [getattr(Client(), how)(link) for link in refused for how in ("get", "post")]
    with time_machine.travel(noon(REVIEW + confirming.WORKS_FOR + timedelta(days=1)), tick=False):
        answers += [Client().get(good), Client().post(good)]
    representatives.remove(kept=entry.representations.get(), by=keeper)
    with time_machine.travel(noon(REVIEW), tick=False):
        answers += [Client().get(good), Client().post(good)]

    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1
    assert EntryPage.objects.get(pk=entry.pk).review_on == REVIEW


def test_a_form_of_another_site_confirms_nothing(entry, keeper):
    link = confirming.confirm_path(entry, keeper)

    answer = Client().post(link, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403
    assert EntryPage.objects.get(pk=entry.pk).review_on == REVIEW


def test_nobody_reacts_and_it_goes_up_the_ladder(entry, keeper, editor):
    second = UserFactory()
    representatives.add(entry=entry, user=second, by=second)
    seen = {}
    for days in range(-31, 62):
        run(REVIEW + timedelta(days=days))
        for sent in mail.outbox:
            seen.setdefault((sent.to[0], sent.extra_headers["Message-ID"]), days)

    asked = sorted((days, {keeper.email: 1, second.email: 2, editor.email: 3}[to]) for (to, _), days in seen.items())
    assert asked == [(-30, 1), (0, 1), (14, 2), (30, 3)]
    for days, is_told in ((59, False), (60, True)):
        with time_machine.travel(noon(REVIEW + timedelta(days=days)), tick=False):
            for address in (entry.url, "/netwerken/"):
                shown = Client().get(address).content.decode()
                assert ("niet bevestigd" in shown) == is_told, (days, address)
    with time_machine.travel(noon(REVIEW + timedelta(days=30)), tick=False):
        assert "Netwerk Doen" in browser_of(editor).get("/beheer/nakijken/").content.decode()
    with time_machine.travel(noon(REVIEW + timedelta(days=29)), tick=False):
        assert "Netwerk Doen" not in browser_of(editor).get("/beheer/nakijken/").content.decode()


def test_a_mail_that_is_late_asks_only_what_is_still_open(entry, keeper):
    second = NetworkPageFactory(title="Netwerk Laten", review_on=REVIEW)
    representatives.add(entry=second, user=keeper, by=keeper)
    with time_machine.travel(noon(REVIEW), tick=False):
        reminding.remind()
        confirming.confirm(entry=entry, by=keeper, review_on=REVIEW)
        mailing.deliver_waiting()

    [sent] = mails_to(keeper)
    assert "Netwerk Laten" in sent.body
    assert "Netwerk Doen" not in sent.body


@pytest.mark.parametrize(
    "change", [{"live": False}, {"ended_on": REVIEW - timedelta(days=40), "ended_as": "opgeheven"}]
)
def test_nobody_is_asked_about_what_is_no_longer_there(entry, keeper, change):
    NetworkPage.objects.filter(pk=entry.pk).update(**change)

    run(REVIEW)

    assert not mail.outbox
    assert not ReviewReminder.objects.exists()


def test_confirming_leaves_what_is_being_written_and_it_says_the_same_later(entry, keeper):
    draft = NetworkPage.objects.get(pk=entry.pk)
    draft.blurb = "Een nieuwe tekst."
    draft.save_revision()

    with time_machine.travel(noon(REVIEW), tick=False):
        browser_of(keeper).post(f"/mijn/paginas/{entry.pk}/klopt-nog/")

    found = NetworkPage.objects.get(pk=entry.pk)
    assert found.checked_on == REVIEW
    assert found.blurb != "Een nieuwe tekst."
    newest = found.get_latest_revision_as_object()
    assert (newest.blurb, newest.checked_on) == ("Een nieuwe tekst.", REVIEW)
    assert newest.review_on == found.review_on


def test_asking_takes_as_many_queries_for_many_entries_as_for_one(entry, keeper, django_assert_max_num_queries):
    def owed():
        return reminding._owed(REVIEW)

    with django_assert_max_num_queries(10) as few:
        assert len(owed()) == 1
    for _ in range(9):
        another = NetworkPageFactory(review_on=REVIEW)
        representatives.add(entry=another, user=keeper, by=keeper)
    with django_assert_max_num_queries(10) as many:
        assert len(owed()[keeper.pk]) == 20

    assert len(many) == len(few)


def test_nobody_confirms_what_has_ended(entry, keeper):
    NetworkPage.objects.filter(pk=entry.pk).update(ended_on=REVIEW - timedelta(days=40), ended_as="opgeheven")
    before = NetworkPage.objects.get(pk=entry.pk).checked_on

    said = browser_of(keeper).post(f"/mijn/paginas/{entry.pk}/klopt-nog/", follow=True).content.decode()

    assert "Dank je" not in said
    assert NetworkPage.objects.get(pk=entry.pk).checked_on == before
