"""A question is put to people who may know the answer, and to nobody who cannot or does not want to."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from cms import jobs
from cms.models import Restriction
from forum_integration.models import Circle, Profile
from forum_integration.services import routing
from tests.factories import SubjectFactory, UserFactory
from tests.forum_integration.factories import make_topic
from tests.forum_integration.routing.steps import asked


def test_keepers_of_entries_and_experts_of_its_subjects_are_asked(question, expert, keeper, subject):
    wanted = {expert(), keeper()}
    elsewhere = Profile.objects.create(member=UserFactory(), is_askable=True)
    elsewhere.expertise.add(SubjectFactory())

    routing.put_questions()

    assert set(asked(Circle.FIRST)) == wanted


@pytest.mark.parametrize(
    "unwilling",
    [{"is_askable": False}, {"paused_until": date(2026, 11, 30)}, {"most_questions_a_month": 0}],
)
def test_who_does_not_want_to_be_asked_is_not(question, expert, unwilling):
    expert(**unwilling)

    routing.put_questions()

    assert asked() == []


def test_who_keeps_an_entry_can_pause_too(question, keeper):
    Profile.objects.create(member=keeper(), paused_until=date(2026, 11, 30))

    routing.put_questions()

    assert asked() == []


@pytest.mark.parametrize("change", ["blocked", "silenced", "away", "asker", "ended", "unpublished"])
def test_who_cannot_answer_is_not_asked(question, member, expert, keeper, subject, change):
    if change in {"blocked", "silenced"}:
        user = expert()
        user.is_active = change != "blocked"
        user.restriction = {"blocked": Restriction.BLOCKED, "silenced": Restriction.SILENCED}[change]
        user.save()
    elif change == "away":
        user = expert()
        user.date_joined = user.last_login = timezone.now() - timedelta(days=181)
        user.save()
    elif change == "asker":
        profile = Profile.objects.create(member=member, is_askable=True)
        profile.expertise.add(subject)
    elif change == "ended":
        keeper(ended_on=date(2026, 1, 1), ended_as="opgeheven")
    else:
        keeper(live=False)

    routing.put_questions()

    assert asked() == []


def test_who_may_not_read_the_forum_hears_nothing(question, expert, close):
    expert()
    close(question.forum)

    routing.put_questions()

    assert asked() == []


def test_no_more_than_five_are_asked_and_who_was_asked_longest_ago_goes_first(
    questions, member, subject, expert, clock
):
    first = [expert() for _ in range(5)]
    make_topic(questions, member, subjects=[subject])
    routing.put_questions()
    clock.shift(timedelta(hours=1))
    later = [expert() for _ in range(2)]
    make_topic(questions, member, subjects=[subject])

    routing.put_questions()

    assert asked()[:5] == first
    assert asked()[5:] == [*later, *first[:3]]


def test_nobody_is_asked_more_often_in_a_month_than_they_want(questions, member, subject, expert, clock):
    busy = expert(most_questions_a_month=1)
    for _ in range(2):
        make_topic(questions, member, subjects=[subject])
        routing.put_questions()
    assert asked() == [busy]

    clock.move_to("2026-12-01T09:00+01:00")
    make_topic(questions, member, subjects=[subject])
    routing.put_questions()

    assert asked() == [busy, busy]


def test_putting_questions_is_periodic_work():
    assert jobs._jobs["put-questions-to-people"].every == jobs.EVERY_RUN
