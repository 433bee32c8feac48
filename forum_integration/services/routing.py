"""Putting questions to people who may know the answer, circle after circle until somebody answers.

A run may die at any point: each question goes with its mails in one transaction, and nobody is put the same question to
twice.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone
from machina.apps.forum_conversation.models import Topic

from cms import mailing
from cms.models import User
from forum_integration import authority, put_to_you
from forum_integration.letters import is_absent
from forum_integration.models import Circle, Profile, Question, QuestionState, Referral, Routing
from forum_integration.rights import ForumRights
from forum_integration.routing import MOST_ASKED, Candidate, begin_of_month, in_turn, latest_asked
from forum_integration.services.writing import lock
from pages.roles import editors

OLDEST = timedelta(days=30)
"""A question that nobody was asked by then is no longer news."""

MOST_AT_ONCE = 200


def put_questions() -> None:
    """Put every question to the next circle whose turn it is."""
    now = timezone.now()
    for pk in list(due(now).values_list("pk", flat=True)[:MOST_AT_ONCE]):
        with suppress(Topic.DoesNotExist):  # deleted a moment ago
            put_to_next_circle(pk, now)


def due(now: datetime) -> QuerySet[Question]:
    """Questions on the forum that nobody answered: new ones, and those whose last circle had its time."""
    begins = Q(routing=None, asked_on__gte=now - OLDEST)
    goes_on = Q(routing__circle__lt=Circle.EDITORS, routing__since__lt=latest_asked(now))
    is_open = Q(state=QuestionState.NEW, topic__approved=True, topic__status=Topic.TOPIC_UNLOCKED)
    return Question.objects.filter(is_open, begins | goes_on).order_by("asked_on", "pk")


@transaction.atomic
def put_to_next_circle(topic_id: int, now: datetime) -> None:
    """Ask the next circle that has somebody in it; of a question that is no longer due this does nothing."""
    topic = lock(Topic(pk=topic_id))
    question = due(now).select_related("routing").filter(pk=topic_id).first()
    if question is None:
        return
    routing: Routing | None = getattr(question, "routing", None)
    circle = Circle(routing.circle + 1) if routing else Circle.FIRST
    people = _circle_of(topic, circle, now)
    if circle == Circle.SECOND and not people:
        circle = Circle.EDITORS
        people = _circle_of(topic, circle, now)
    for candidate in people:
        _ask(topic, candidate, circle, now)
    Routing.objects.update_or_create(question=question, defaults={"circle": circle, "since": now})


def _circle_of(topic: Topic, circle: Circle, now: datetime) -> list[Candidate]:
    """The first who can read and answer it among those whose turn it is."""
    pool = _editors(topic) if circle == Circle.EDITORS else _who_may_know(topic, now)
    asked = set(Referral.objects.filter(question=topic.pk).values_list("member_id", flat=True))
    chosen: list[Candidate] = []
    for candidate in in_turn(pool, timezone.localdate(now)):
        if len(chosen) == MOST_ASKED:
            break
        if candidate.member_id not in asked and _may_answer(candidate, topic, now):
            chosen.append(candidate)
    return chosen


def _may_answer(candidate: Candidate, topic: Topic, now: datetime) -> bool:
    """Who stayed away for long gets no mail any more."""
    member = User.objects.get(pk=candidate.member_id)
    return not is_absent(member, now) and ForumRights(member).may_reply(topic)


def _who_may_know(topic: Topic, now: datetime) -> Sequence[Candidate]:
    subjects = authority.subjects_of(topic.pk)
    experts = authority.experts_about(subjects).values_list("pk", flat=True)
    entry_of: dict[int, int | None] = dict.fromkeys(experts)
    entry_of |= dict(authority.representations_about(subjects).values_list("user", "entry"))
    entry_of.pop(topic.poster_id or 0, None)
    return _candidates(entry_of, now)


def _candidates(entry_of: dict[int, int | None], now: datetime) -> list[Candidate]:
    """With how often each was asked and wants to be."""
    this_month = Count("pk", filter=Q(asked_on__gte=begin_of_month(now)))
    asked = Referral.objects.filter(member__in=entry_of).order_by().values("member")
    history = {
        pk: (last, number)
        for pk, last, number in asked.annotate(last=Max("asked_on"), number=this_month).values_list(
            "member", "last", "number"
        )
    }
    wishes = Profile.objects.in_bulk(list(entry_of))
    candidates = []
    for pk, entry_id in entry_of.items():
        last, number = history.get(pk, (None, 0))
        profile = wishes.get(pk) or Profile()
        candidates.append(
            Candidate(
                member_id=pk,
                entry_id=entry_id,
                last_asked=last,
                asked_this_month=number,
                most_a_month=profile.most_questions_a_month,
                paused_until=profile.paused_until,
            )
        )
    return candidates


def _editors(topic: Topic) -> Iterable[Candidate]:
    """They keep the platform: no maximum holds for them."""
    others = editors().exclude(pk=topic.poster_id)
    last = others.annotate(last=Max("referrals__asked_on")).values_list("pk", "last")
    return [Candidate(member_id=pk, last_asked=asked) for pk, asked in last]


def _ask(topic: Topic, candidate: Candidate, circle: Circle, now: datetime) -> None:
    member = User.objects.get(pk=candidate.member_id)
    referral = Referral.objects.create(
        question_id=topic.pk, member=member, entry_id=candidate.entry_id, circle=circle, asked_on=now
    )
    mailing.send(put_to_you.TEMPLATE, member, topic.subject, {"referral": referral.pk})
