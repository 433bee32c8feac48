""" "Ik pas het aan" in the mail leads to the form of that entry, with a code by mail instead of a password."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client

from cms import mailing
from pages.currency import confirming, reminding
from pages.models import EntryPage
from pages.representing import representatives
from tests.factories import NetworkPageFactory
from tests.pages.browsing import browser_of

REVIEW = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))
CODE_PAGE = "/account/code/"


@pytest.fixture
def entry(home):
    entry = NetworkPageFactory(title="Netwerk Doen", review_on=REVIEW)
    entry.save_revision()
    return entry


@pytest.fixture
def owner(keeper):
    keeper.set_unusable_password()  # forgotten
    keeper.save()
    return keeper


@pytest.fixture(autouse=True)
def clock(home):
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def code_to(person):
    [sent] = [sent for sent in mail.outbox if sent.to == [person.email]][-1:]
    return re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]{3,})$", sent.body, re.MULTILINE)[1]


def asks_for_code(link):
    browser = Client()
    assert browser.post(link).url == CODE_PAGE
    return browser


def enters(browser, code, **more):
    return browser.post(CODE_PAGE, {"code": code, **more})


def is_signed_in(browser):
    return browser.get("/mijn/").status_code == 200


def test_an_owner_who_forgot_the_password_writes_after_a_code_by_mail(entry, owner):
    reminding.remind()
    mailing.deliver_waiting()
    link = re.search(r"Ik pas het aan: http://127.0.0.1:8000(\S+)", mail.outbox[-1].body)[1]
    browser = Client()

    opened = browser.get(link)
    assert "Stuur me een code" in opened.content.decode()
    assert len(mail.outbox) == 1, "opening a link sends nothing: mail programs open links too"
    asked = browser.post(link, follow=True).content.decode()
    assert "Vul de code in" in asked
    assert owner.email not in asked
    arrived = enters(browser, code_to(owner), next="https://evil.example/")

    assert arrived.url == f"/mijn/paginas/{entry.pk}/"
    assert "Schrijf over Netwerk Doen" in browser.get(arrived.url).content.decode()
    assert mail.outbox[-1].subject == "Je code om in te loggen"


def test_a_code_opens_the_form_of_no_other_entry(entry, owner):
    other = NetworkPageFactory(title="Netwerk Anders")
    browser = asks_for_code(confirming.change_path(entry, owner))

    enters(browser, code_to(owner), next=f"/mijn/paginas/{other.pk}/")

    assert browser.get(f"/mijn/paginas/{other.pk}/").status_code == 403


def test_codes_that_do_not_hold_are_refused_alike(entry, owner, clock):
    link = confirming.change_path(entry, owner)
    used = asks_for_code(link)
    code = code_to(owner)
    assert enters(used, code).status_code == 302
    used.post("/account/uitloggen/")
    used.get("/account/inloggen/")  # which says that it is so
    replayed, elsewhere, late = enters(used, code), enters(Client(), code), asks_for_code(link)
    clock.shift(timedelta(minutes=15, seconds=1))
    expired = enters(late, code_to(owner))
    guessing = asks_for_code(link)
    guesses = [enters(guessing, "WXYZ-WXYZ") for _ in range(3)]
    after_guesses = enters(guessing, code_to(owner))

    refused = [replayed, elsewhere, expired, guesses[-1], after_guesses]
    assert {answer.status_code for answer in refused} == {410}
    assert len({answer.content for answer in refused}) == 1
    assert [answer.status_code for answer in guesses[:2]] == [200, 200]
    assert "Deze code klopt niet" in guesses[0].content.decode()
    assert not any(is_signed_in(browser) for browser in (used, late, guessing))


def test_a_code_works_only_in_the_browser_that_asked_for_it(entry, owner):
    mine, theirs = (asks_for_code(confirming.change_path(entry, owner)) for _ in range(2))
    first, second = (re.search(r"^([A-Z0-9-]{6,})$", sent.body, re.MULTILINE)[1] for sent in mail.outbox)

    assert enters(theirs, first).status_code == 200
    assert not is_signed_in(theirs)
    assert enters(mine, first).status_code == 302
    assert first != second


def test_links_that_do_not_hold_are_refused_alike(entry, owner, clock):
    good = confirming.change_path(entry, owner)
    token = good.rstrip("/").rpartition("/")[2]
    said = signing.loads(token, salt=confirming.TO_CHANGE)
    tokens = [
        token[:-1] + ("a" if token[-1] != "a" else "b"),
        "x",
        signing.dumps(said, salt=confirming.PURPOSE),
        signing.dumps([*said[:2], "2025-06-15"], salt=confirming.TO_CHANGE),
        signing.dumps("iets", salt=confirming.TO_CHANGE),
    ]
    refused = [f"/mijn/paginas/aanpassen/{token}/" for token in tokens]
    refused.append(f"/mijn/paginas/klopt-nog/{token}/")  # made for the other purpose
    answers = [getattr(Client(), how)(link) for link in refused for how in ("get", "post")]
    representatives.remove(kept=entry.representations.get(), by=owner)
    answers += [Client().get(good), Client().post(good)]
    representatives.add(entry=entry, user=owner, by=owner)
    assert Client().get(good).status_code == 200
    clock.shift(confirming.WORKS_FOR + timedelta(seconds=1))
    answers += [Client().get(good), Client().post(good)]

    assert {answer.status_code for answer in answers} == {410}
    assert len({answer.content for answer in answers}) == 1
    assert not mail.outbox
    assert EntryPage.objects.get(pk=entry.pk).review_on == REVIEW


def test_a_link_ends_when_somebody_confirms(entry, owner):
    link = confirming.change_path(entry, owner)
    confirming.confirm(entry=entry, by=owner, review_on=REVIEW)

    assert Client().post(link).status_code == 410


def test_who_speaks_for_the_platform_signs_in_with_a_password(entry, editor):
    link = confirming.change_path(entry, editor)
    representatives.add(entry=entry, user=editor, by=editor)

    answers = [Client().get(link), Client().post(link)]

    assert {answer.url for answer in answers} == {f"/account/inloggen/?next=/mijn/paginas/{entry.pk}/"}
    assert not mail.outbox


def test_a_code_asked_for_before_somebody_joined_the_staff_opens_nothing(entry, owner, editor):
    browser = asks_for_code(confirming.change_path(entry, owner))
    owner.groups.set(editor.groups.all())

    answer = enters(browser, code_to(owner))

    assert answer.status_code == 410
    assert not is_signed_in(browser)


def test_codes_come_three_a_minute_and_ten_an_hour(entry, owner, clock):
    link = confirming.change_path(entry, owner)
    sent = []
    for minute in range(8):
        sent += [Client().post(link).status_code for _ in range(4 if not minute else 2)]
        clock.shift(timedelta(minutes=1, seconds=1))

    assert sent[:4] == [302, 302, 302, 429]
    assert sent.count(302) == len(mail.outbox) == 10


def test_who_is_signed_in_needs_no_code_and_another_is_told_whose_link_it_is_not(entry, owner, editor):
    link = confirming.change_path(entry, owner)

    assert browser_of(owner).get(link).url == f"/mijn/paginas/{entry.pk}/"
    other = browser_of(editor)
    assert "deze link is van iemand anders" in other.get(link).content.decode()
    assert "deze link is van iemand anders" in other.post(link).content.decode()
    assert not mail.outbox


def test_a_form_of_another_site_sends_no_code(entry, owner):
    browser = Client(enforce_csrf_checks=True)

    assert browser.post(confirming.change_path(entry, owner)).status_code == 403
    assert not mail.outbox
