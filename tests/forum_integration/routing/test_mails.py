"""Whom a question is put to gets a mail, as long as there is something to ask; and leaves by its link."""

import pytest
from django.core import mail
from django.utils import timezone

from cms import mailing
from cms.models import Mail, Restriction, User
from forum_integration.models import Profile
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, routing
from tests.forum_integration.factories import make_reply, make_topic, topic_address
from tests.forum_integration.routing.steps import asked


def test_each_gets_a_mail_that_leads_to_the_question(question, expert, keeper):
    experts, keepers = expert(), keeper("Netwerk Toetsing")

    routing.put_questions()
    mailing.deliver_waiting()

    by_address = {message.to[0]: message for message in mail.outbox}
    assert set(by_address) == {experts.email, keepers.email}
    assert "omdat je Netwerk Toetsing vertegenwoordigt" in by_address[keepers.email].body
    assert "omdat je hebt gezegd dat we je hierover mogen vragen" in by_address[experts.email].body
    for message in by_address.values():
        assert message.subject == "Weet jij dit? Hoe toets je flexibel?"
        for text in (message.body, message.alternatives[0].content):
            assert f"http://127.0.0.1:8000{topic_address('topic', question)}" in text
            assert not any(address in text for address in by_address)


@pytest.mark.parametrize(
    "change", ["answered", "deleted", "silenced", "asked no more", "pausing", "gone from the forum"]
)
def test_the_mail_does_not_leave_when_there_is_nothing_left_to_ask(
    question, expert, other_member, moderator, set_right, change
):
    known = expert()
    routing.put_questions()

    match change:
        case "answered":
            make_reply(question, other_member)
        case "deleted":
            moderation.delete_post(post=question.first_post, by=ForumRights(moderator))
        case "silenced":
            User.objects.filter(pk=known.pk).update(restriction=Restriction.SILENCED)
        case "asked no more":
            Profile.objects.filter(member=known).update(most_questions_a_month=0)
        case "pausing":
            Profile.objects.filter(member=known).update(paused_until=timezone.localdate())
        case _:
            set_right("can_read_forum", question.forum, granted=False, user=known)
    mailing.deliver_waiting()

    assert not [message for message in mail.outbox if message.to == [known.email]]
    assert not Mail.objects.exists()


def test_who_leaves_this_mail_by_its_link_is_asked_no_more(question, subject, keeper, client, member):
    somebody = keeper()
    routing.put_questions()
    mailing.deliver_waiting()
    link = mail.outbox[0].extra_headers["List-Unsubscribe"].strip("<>")

    client.post(link.removeprefix("http://127.0.0.1:8000"), {"List-Unsubscribe": "One-Click"})
    make_topic(question.forum, member, title="Nog een vraag", subjects=[subject])
    routing.put_questions()

    assert asked() == [somebody]
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200


def test_a_question_that_waits_for_a_moderator_is_put_to_nobody_before(questions, newcomer, moderator, subject, expert):
    known = expert()
    waiting = make_topic(questions, newcomer, subjects=[subject])
    routing.put_questions()
    assert asked() == []
    assert not Mail.objects.exists()

    moderation.approve(post=waiting.first_post, by=ForumRights(moderator))
    routing.put_questions()

    assert asked() == [known]
