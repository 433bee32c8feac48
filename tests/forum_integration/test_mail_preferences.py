"""Members choose which mail they get, and leave a mailing with one click and without signing in."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from cms import mailing
from forum_integration.models import MailPreferences, Notification
from forum_integration.services import letters, news
from forum_integration.services.following import is_following, set_following
from tests.forum_integration.factories import make_reply, make_topic

PAGE = "/mijn/mail/"
CHOSEN = {"mention": "dagelijks", "topic": "niet", "subject": "direct", "entry": "wekelijks", "weekmail": "on"}


def test_a_member_chooses_how_often_mail_comes_per_kind(home, member, browser_of):
    browser = browser_of(member)
    assert PAGE in browser.get("/mijn/").content.decode()
    assert browser.get(PAGE).context["form"]["subject"].value() == "wekelijks"

    browser.post(PAGE, CHOSEN)

    chosen = MailPreferences.objects.get(member=member)
    assert (chosen.mention, chosen.topic, chosen.subject, chosen.entry) == ("dagelijks", "niet", "direct", "wekelijks")
    assert chosen.weekmail
    assert not chosen.follows_by_writing


def test_a_choice_that_does_not_exist_is_refused_and_changes_nothing(home, member, browser_of):
    page = browser_of(member).post(PAGE, {**CHOSEN, "topic": "elk uur"})

    assert "Fout:" in page.content.decode()
    assert not MailPreferences.objects.exists()


def test_a_visitor_chooses_nothing(home, visitor):
    assert visitor.get(PAGE).status_code == 302
    assert visitor.post(PAGE, CHOSEN).status_code == 302


@pytest.fixture
def topic(home, conversations, member, other_member):
    topic = make_topic(conversations, member)
    news.spread()
    make_reply(topic, other_member)
    return topic


def sent():
    news.spread()
    letters.write_direct()
    letters.write_daily()
    letters.write_weekly()
    mailing.deliver_waiting()
    [one] = mail.outbox
    return one


def link_in(one):
    """Where the mail says that one can leave; the same in its head, its text and its HTML."""
    address = re.fullmatch(r"<(https?://[^>]+)>", one.extra_headers["List-Unsubscribe"]).group(1)
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in one.body
    assert address in one.alternatives[0].content
    return "/" + address.split("/", 3)[3]


def test_the_link_in_a_mail_shows_a_button_and_changes_nothing(topic, member, other_member, browser_of):
    link = link_in(sent())

    for client in (Client(), browser_of(other_member)):
        page = client.get(link)
        assert page.status_code == 200
        assert "Meld me af" in page.content.decode()
        client.head(link)

    assert is_following(member, topic)
    assert not Client().get(link).cookies


def test_one_post_without_account_ends_that_one_subscription(topic, member, other_member):
    other = make_topic(topic.forum, member)
    link = link_in(sent())
    program = Client(enforce_csrf_checks=True)

    for _ in range(2):
        answer = program.post(link, {"List-Unsubscribe": "One-Click"})
        assert answer.status_code == 200
        assert "Je bent afgemeld" in answer.content.decode()

    assert not is_following(member, topic)
    assert is_following(member, other)
    assert is_following(other_member, topic)


@pytest.mark.parametrize("letter", ["dagelijks", "wekelijks"])
def test_leaving_a_letter_ends_all_that_came_in_it_and_nothing_else(topic, member, letter):
    MailPreferences.objects.create(member=member, topic=letter, subject="direct", entry=letter)
    with time_machine.travel(timezone.now() + timedelta(days=8)):  # past the next issue of either
        link = link_in(sent())

    Client().post(link)

    chosen = MailPreferences.objects.get(member=member)
    assert (chosen.mention, chosen.topic, chosen.subject, chosen.entry) == ("direct", "niet", "direct", "niet")
    assert chosen.weekmail == (letter == "dagelijks")
    assert is_following(member, topic)


def test_who_left_gets_nothing_that_was_still_to_come(home, conversations, member, other_member):
    set_following(member, conversations, follows=True)
    MailPreferences.objects.create(member=member, subject="direct")
    make_topic(conversations, other_member)
    link = link_in(sent())
    make_topic(conversations, other_member)
    news.spread()

    Client().post(link)

    assert set(Notification.objects.filter(member=member).values_list("letter", flat=True)) == {""}
    letters.write_direct()
    mailing.deliver_waiting()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("change", ["one character", "another purpose", "gone"])
def test_a_link_that_nobody_here_made_does_nothing(topic, member, change):
    link = link_in(sent())
    if change == "one character":
        middle = len("/mijn/mail/afmelden/") + 3
        link = f"{link[:middle]}{'a' if link[middle] != 'a' else 'b'}{link[middle + 1 :]}"
    elif change == "another purpose":
        link = f"/mijn/mail/afmelden/{signing.dumps([member.pk, 'gesprek'], salt='another')}/"
    else:
        member.posts.update(poster=None)
        topic.__class__.objects.update(poster=None)
        member.delete()

    for method in (Client().get, Client().post):
        answer = method(link)
        assert answer.status_code == 404
        assert "Deze link werkt niet" in answer.content.decode()
    assert change == "gone" or is_following(member, topic)
