"""Moderators hear by mail that something waits for them."""

import pytest
import time_machine
from django.core import mail

from cms import jobs, mailing
from forum_integration import reminding
from forum_integration.models import PersonalMessage, Report
from forum_integration.rights import ForumRights
from forum_integration.services import correspondence, moderation
from tests.factories import UserFactory
from tests.forum_integration.factories import make_topic

MONDAY, SUNDAY, CHRISTMAS = "2026-11-23T09:00+01:00", "2026-11-22T09:00+01:00", "2026-12-25T09:00+01:00"


@pytest.fixture
def waiting(home, questions, newcomer):
    return make_topic(questions, newcomer)


def remind_and_send():
    reminding.remind_moderators()
    mailing.deliver_waiting()


@time_machine.travel(MONDAY)
def test_a_moderator_hears_what_waits(waiting, moderator, member):
    remind_and_send()

    [message] = mail.outbox
    assert (message.to, message.subject) == ([moderator.email], "1 bericht wacht op je in de wachtrij")
    assert "http://127.0.0.1:8000/forum/moderatie/wachtrij/" in message.body
    assert waiting.subject not in message.body


@time_machine.travel(MONDAY)
def test_an_administrator_who_is_no_moderator_hears_it_as_well_and_once(waiting, moderator):
    administrator = UserFactory(is_superuser=True)
    both = UserFactory(is_superuser=True)
    both.groups.set(moderator.groups.all())

    remind_and_send()

    assert sorted(message.to for message in mail.outbox) == sorted(
        [one.email] for one in (moderator, administrator, both)
    )


@time_machine.travel(MONDAY)
def test_a_reported_personal_message_waits_for_a_moderator_as_well(home, forums, member, other_member, moderator):
    sent = PersonalMessage.objects.create(sender=member, recipient=other_member, text="Onaardige woorden")
    correspondence.report(message=sent, kind=Report.Kind.UNKIND)

    remind_and_send()

    [message] = mail.outbox
    assert (message.to, message.subject) == ([moderator.email], "1 melding wacht op je")
    for text in (message.body, message.alternatives[0].content):
        assert "1 lid vraagt je een persoonlijk bericht te lezen" in text
        assert "http://127.0.0.1:8000/forum/moderatie/persoonlijke-berichten/" in text
        assert "Onaardige" not in text
        assert "wachtrij/" not in text


@time_machine.travel(MONDAY)
def test_nobody_hears_of_an_empty_queue(home, questions, member, moderator):
    make_topic(questions, member)

    remind_and_send()

    assert mail.outbox == []


@time_machine.travel(MONDAY)
def test_what_was_decided_before_the_mail_left_is_not_mailed(waiting, moderator):
    reminding.remind_moderators()
    moderation.approve(post=waiting.first_post, by=ForumRights(moderator))
    mailing.deliver_waiting()

    assert not [message for message in mail.outbox if message.to == [moderator.email]]


@pytest.mark.parametrize("day", [SUNDAY, CHRISTMAS])
def test_on_a_day_off_nobody_is_disturbed(waiting, moderator, day):
    with time_machine.travel(day):
        remind_and_send()

    assert mail.outbox == []


def test_it_happens_once_a_day(waiting, moderator):
    with time_machine.travel(MONDAY) as clock:
        jobs.run_due()
        clock.shift(3600)
        jobs.run_due()
        mailing.deliver_waiting()

    assert [message.to for message in mail.outbox].count([moderator.email]) == 1
