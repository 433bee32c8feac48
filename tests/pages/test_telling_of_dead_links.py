"""Who keeps an entry is told of its dead links in the one mail of the week, beside what is to be looked at again."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from django.utils.timezone import localdate

from cms import mailing
from cms.link_radar import rounds
from cms.models import CheckedLink, Mail
from pages.currency import reminding
from pages.models import Representation
from tests.factories import NetworkPageFactory, OrganisationFactory, UserFactory


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

    reminding.remind()

    [letter] = sent()
    assert letter.to == ["noor@example.org"]
    assert letter.subject == "2 links werken niet meer"
    said = ["https://a.example/", "https://b.example/", "/mijn/paginas/aanpassen/", "werkt niet meer (gezien op"]
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
            reminding.remind()
            reminding.remind()

    assert Mail.objects.count() == 2


def test_only_the_first_who_keeps_an_entry_is_told(owner):
    entry = kept_by(owner, "https://a.example/")
    Representation.objects.create(entry=entry, user=UserFactory(), rank=2)
    OrganisationFactory(website="https://a.example/")
    breaks("https://a.example/")

    reminding.remind()

    assert [one.to for one in Mail.objects.all()] == [owner]


def test_nobody_is_told_of_what_wavers_or_is_right_by_the_editors_word(owner):
    kept_by(owner, "https://a.example/", "https://b.example/")
    rounds.gather()
    CheckedLink.objects.filter(url="https://a.example/").update(state="hapert")
    CheckedLink.objects.filter(url="https://b.example/").update(
        state="stuk", ignored_until=localdate() + timedelta(days=1)
    )

    reminding.remind()

    assert not Mail.objects.exists()


def test_what_works_again_or_is_kept_by_another_when_the_mail_leaves_is_left_out(owner):
    kept_by(owner, "https://a.example/")
    breaks("https://a.example/")
    reminding.remind()

    Representation.objects.update(user=UserFactory())

    assert sent() == []
    assert not Mail.objects.exists()


def test_dead_links_stand_with_the_entry_that_is_to_be_looked_at(owner):
    entry = kept_by(owner, "https://a.example/", title="Netwerk Doen", review_on=localdate())
    kept_by(owner, "https://b.example/", title="Netwerk Laten")
    breaks("https://a.example/", "https://b.example/")

    reminding.remind()

    [letter] = sent()
    assert letter.subject == "Klopt Netwerk Doen nog?"
    first, second = letter.body.split("Netwerk Laten")
    assert first.index(entry.title) < first.index("https://a.example/") < first.index("Klopt nog:")
    assert "https://b.example/" in second
    assert "Klopt nog:" not in second


def test_a_link_that_dies_in_a_week_with_a_mail_waits_for_the_next(owner):
    kept_by(owner, "https://a.example/", "https://b.example/", review_on=localdate())
    start = timezone.now()
    told = []
    for day in range(15):
        with time_machine.travel(start + timedelta(days=day, minutes=1)):
            if day == 3:
                breaks("https://a.example/")
            reminding.remind()
            told += [(day, letter.subject) for letter in sent()]
            mail.outbox.clear()

    assert [day for day, _ in told] == [0, 7, 14]
    assert told[1][1] == "1 link werkt niet meer"


def test_who_is_asked_as_an_editor_reads_the_dead_links_too(owner, editor):
    kept_by(owner, "https://a.example/", review_on=localdate() - timedelta(days=30))
    breaks("https://a.example/")

    reminding.remind()

    letters = {letter.to[0]: letter.body for letter in sent()}
    assert letters.keys() == {owner.email, editor.email}
    assert all("https://a.example/" in body for body in letters.values())


def test_an_entry_that_left_the_site_is_told_of_to_nobody(owner):
    entry = kept_by(owner, "https://a.example/")
    breaks("https://a.example/")
    entry.unpublish()

    reminding.remind()

    assert not Mail.objects.exists()


def test_telling_takes_as_many_queries_for_many_links_as_for_one(owner, django_assert_max_num_queries):
    def compose():
        return reminding.compose(Mail(to=owner, context={"entries": {}}))

    kept_by(owner, "https://a.example/")
    breaks("https://a.example/")
    with django_assert_max_num_queries(12) as few:
        assert len(compose().context["entries"]) == 1
    kept_by(owner, "https://c.example/", "https://d.example/")
    breaks("https://c.example/", "https://d.example/")
    with django_assert_max_num_queries(12) as more:
        assert sum(len(row["links"]) for row in compose().context["entries"]) == 4

    assert len(more) == len(few)
