"""Without an answer a question goes on to the next circle; whatever happens, nobody is asked twice."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import mail

from cms import mailing
from cms.models import Mail
from forum_integration.models import Circle, Referral, Routing
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, routing
from forum_integration.services import questions as verbs
from pages.roles import EDITORS
from tests.factories import UserFactory
from tests.forum_integration.factories import make_reply, make_topic
from tests.forum_integration.routing.steps import asked, wait_a_week


def test_without_an_answer_others_are_asked_and_then_the_editors(question, expert, clock):
    everybody = [expert() for _ in range(7)]
    editor = UserFactory()
    editor.groups.add(Group.objects.get_or_create(name=EDITORS)[0])

    routing.put_questions()
    clock.move_to("2026-11-30T23:59+01:00")
    routing.put_questions()
    assert asked() == everybody[:5]
    clock.move_to("2026-12-01T00:05+01:00")
    routing.put_questions()
    assert asked(Circle.SECOND) == everybody[5:]
    wait_a_week(clock)
    routing.put_questions()
    assert asked(Circle.EDITORS) == [editor]
    wait_a_week(clock)
    routing.put_questions()

    assert len(asked()) == 8
    mailing.deliver_waiting()
    assert "Op deze vraag kwam nog geen antwoord" in next(m.body for m in mail.outbox if m.to == [editor.email])


def test_without_anybody_else_to_ask_the_editors_are_next(question, expert, clock):
    expert()
    editor = UserFactory()
    editor.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
    routing.put_questions()

    wait_a_week(clock)
    routing.put_questions()

    assert asked(Circle.SECOND) == []
    assert asked(Circle.EDITORS) == [editor]


@pytest.mark.parametrize("what", ["answer", "tip", "accept", "lock", "delete"])
def test_only_a_question_that_still_waits_goes_on(question, expert, other_member, moderator, clock, what):
    for _ in range(6):
        expert()
    routing.put_questions()
    if what in {"answer", "tip", "accept"}:
        post = make_reply(question, other_member, **({"role": "tip"} if what == "tip" else {}))
    if what == "accept":
        verbs.accept(post=post, by=ForumRights(question.poster))
    elif what == "lock":
        type(question).objects.update(status=question.TOPIC_LOCKED)
    elif what == "delete":
        moderation.delete_post(post=question.first_post, by=ForumRights(moderator))

    wait_a_week(clock)
    routing.put_questions()

    assert bool(asked(Circle.SECOND)) is (what == "tip")


def test_an_old_question_is_not_put_to_anybody_any_more(question, expert, clock):
    expert()
    clock.shift(timedelta(days=31))

    routing.put_questions()

    assert asked() == []


def test_a_conversation_is_put_to_nobody(conversations, member, subject, expert):
    expert()
    make_topic(conversations, member, subjects=[subject])

    routing.put_questions()

    assert asked() == []


@pytest.mark.parametrize("step", ["_ask", "mailing.send", "Routing.objects.update_or_create"])
def test_a_run_that_dies_is_taken_up_and_asks_nobody_twice(questions, member, subject, expert, monkeypatch, step):
    everybody = [expert() for _ in range(3)]
    for _ in range(2):
        make_topic(questions, member, subjects=[subject])
    with monkeypatch.context() as broken:
        calls = []

        def dies_at_the_second(*args, **kwargs):
            calls.append(args)
            if len(calls) == 2:
                raise RuntimeError
            return original(*args, **kwargs)

        where, _, name = step.rpartition(".")
        owner = {"": routing, "mailing": mailing, "Routing.objects": Routing.objects}[where]
        original = getattr(owner, name)
        broken.setattr(owner, name, dies_at_the_second)
        with pytest.raises(RuntimeError):
            routing.put_questions()

    routing.put_questions()
    routing.put_questions()

    assert Referral.objects.count() == Mail.objects.count() == 2 * len(everybody)
