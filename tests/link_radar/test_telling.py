"""Who keeps an entry is told of its dead links: in one mail for all of them, and no more than one a week."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django.utils.timezone import localdate

from cms import mailing
from cms.link_radar import rounds, telling
from cms.models import CheckedLink, Mail
from pages.models import Representation
from tests.factories import NetworkPageFactory, OrganisationFactory, UserFactory

NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)


def days_ago(number):
    return NOW - timedelta(days=number)


@pytest.mark.parametrize(
    ("told", "broken", "expected"),
    [
        (None, [1], True),
        (None, [], False),
        (8, [1], True),
        (7, [1], True),
        (6, [1], False),
        (8, [9], False),
        (8, [9, 1], True),
        (30, [40, 50], False),
        (8, [-1], False),
    ],
)
def test_when_there_is_something_to_tell(told, broken, expected):
    told_at = telling.NEVER if told is None else days_ago(told)

    assert telling.is_due(told_at, [days_ago(number) for number in broken], NOW) == expected


@pytest.fixture
def owner(home):
    return UserFactory(email="noor@example.org")


def kept_by(user, *urls, rank=1, **more):
    entry = NetworkPageFactory(website=urls[0], newsletter_url=urls[-1], **more)
    Representation.objects.create(entry=entry, user=user, rank=rank)
    return entry


def breaks(*urls):
    rounds.gather()
    CheckedLink.objects.filter(url__in=urls).update(state="stuk", since=timezone.now())


def sent():
    mailing.deliver_waiting()
    return mail.outbox


def test_one_mail_tells_of_all_dead_links_with_where_they_stand(owner):
    one = kept_by(owner, "https://a.example/", "https://b.example/", title="Netwerk <b>Een</b>")
    two = kept_by(owner, "https://a.example/", "https://wel.example/")
    breaks("https://a.example/", "https://b.example/")

    telling.tell_owners()

    [letter] = sent()
    assert letter.to == ["noor@example.org"]
    assert letter.subject == "2 links werken niet meer"
    said = ["https://a.example/", "https://b.example/", "/mijn/", "werkt niet meer (gezien op"]
    assert all(text in letter.body for text in [one.title, two.title, *said])
    assert "https://wel.example/" not in letter.body
    assert "<b>" not in letter.alternatives[0].content


def test_however_often_the_job_runs_a_week_brings_one_mail(owner):
    kept_by(owner, "https://a.example/", "https://b.example/")
    breaks("https://a.example/")
    start = timezone.now()
    for day in range(14):
        with time_machine.travel(start + timedelta(days=day, minutes=1)):
            if day == 2:
                breaks("https://b.example/")
            telling.tell_owners()
            telling.tell_owners()

    assert Mail.objects.count() == 2


def test_only_the_first_who_keeps_an_entry_is_told(owner):
    entry = kept_by(owner, "https://a.example/")
    Representation.objects.create(entry=entry, user=UserFactory(), rank=2)
    OrganisationFactory(website="https://a.example/")
    breaks("https://a.example/")

    telling.tell_owners()

    assert [one.to for one in Mail.objects.all()] == [owner]


def test_nobody_is_told_of_what_wavers_or_is_right_by_the_editors_word(owner):
    kept_by(owner, "https://a.example/", "https://b.example/")
    rounds.gather()
    CheckedLink.objects.filter(url="https://a.example/").update(state="hapert")
    CheckedLink.objects.filter(url="https://b.example/").update(
        state="stuk", ignored_until=localdate() + timedelta(days=1)
    )

    telling.tell_owners()

    assert not Mail.objects.exists()


def test_what_works_again_or_is_kept_by_another_when_the_mail_leaves_is_left_out(owner):
    kept_by(owner, "https://a.example/")
    breaks("https://a.example/")
    telling.tell_owners()

    Representation.objects.update(user=UserFactory())

    assert sent() == []
    assert not Mail.objects.exists()
