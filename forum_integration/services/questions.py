"""How far a question is, accepting an answer, and saying "I have this question too" and "useful"."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import (
    Question,
    QuestionState,
    ReplyRole,
    SameQuestion,
    TopicDetails,
    TopicKind,
    UsefulMark,
)
from forum_integration.models.questions import Mark
from forum_integration.rights import ForumRights
from forum_integration.services.news import announce_acceptance
from forum_integration.services.writing import lock, lock_post


def state_of(
    *, is_accepted: bool, answered: datetime | None, asked_for_more: datetime | None, added: datetime | None
) -> QuestionState:
    """How far a question is, from when somebody last answered or asked for more, and when its asker last wrote."""
    if is_accepted:
        return QuestionState.SOLVED
    if asked_for_more and not any(later and later > asked_for_more for later in (answered, added)):
        return QuestionState.WAITING
    return QuestionState.ANSWERED if answered else QuestionState.NEW


def keep_row(details: TopicDetails) -> None:
    """Give a question its row, and take it from what is no question any more."""
    if details.kind == TopicKind.QUESTION:
        Question.objects.get_or_create(topic_id=details.pk, defaults={"asked_on": details.topic.created})
        refresh(details.pk)
    else:
        Question.objects.filter(pk=details.pk).delete()


def refresh(topic_id: int) -> None:
    """Bring the state of a question in line with what stands under it; of any other topic this does nothing.

    Every post that is saved or deleted through its model leads here; who moves posts in bulk calls it.
    """
    question = Question.objects.select_related("topic", "accepted_answer").filter(pk=topic_id).first()
    if question is None:
        return
    topic, accepted = question.topic, question.accepted_answer
    by_asker = Q(poster=topic.poster_id) if topic.poster_id else Q(pk=topic.first_post_id)
    posts = Post.objects.filter(topic=topic, approved=True).exclude(pk=topic.first_post_id)
    moments = posts.aggregate(
        answered=Max("created", filter=~by_asker & Q(details__role=ReplyRole.ANSWER)),
        asked_for_more=Max("created", filter=~by_asker & Q(details__role=ReplyRole.ADDITION)),
        added=Max("created", filter=by_asker),
    )
    is_accepted = accepted is not None and accepted.approved and accepted.topic_id == topic_id
    state = state_of(is_accepted=is_accepted, **moments)
    if (state, topic.created) != (question.state, question.asked_on):
        question.state, question.asked_on = state, topic.created
        question.save(update_fields=["state", "asked_on"])


@transaction.atomic
def accept(*, post: Post, by: ForumRights) -> None:
    """Let this answer stand under its question, in place of an earlier one. Raises PermissionDenied."""
    post = lock_post(post)
    if not by.may_accept_answer(post, post.topic):
        raise PermissionDenied
    _set_accepted(post.topic, post, by)


@transaction.atomic
def take_back_acceptance(*, topic: Topic, by: ForumRights) -> None:
    """Let no answer stand under the question any more. Raises PermissionDenied."""
    topic = lock(topic)
    if not by.may_choose_answer(topic):
        raise PermissionDenied
    _set_accepted(topic, None, by)


def _set_accepted(topic: Topic, post: Post | None, by: ForumRights) -> None:
    question = Question.objects.get(topic=topic)
    question.accepted_answer = post
    question.accepted_by_id, question.accepted_on = (by.user.pk, timezone.now()) if post else (None, None)
    question.save()
    refresh(topic.pk)
    if post:
        announce_acceptance(post, by.user.pk)


@transaction.atomic
def set_same_question(*, topic: Topic, by: ForumRights, holds: bool) -> None:
    """Say that one has this question too, or take that back; saying it twice counts once. Raises PermissionDenied."""
    if not by.may_share_question(topic):
        raise PermissionDenied
    _set_mark(SameQuestion, holds=holds, topic=topic, member=by.user)


@transaction.atomic
def set_useful(*, post: Post, by: ForumRights, holds: bool) -> None:
    """Say that a reply is useful, or take that back; saying it twice counts once. Raises PermissionDenied."""
    if not by.may_find_useful(post, post.topic):
        raise PermissionDenied
    _set_mark(UsefulMark, holds=holds, post=post, member=by.user)


def _set_mark(mark: type[Mark], *, holds: bool, **of: Any) -> None:
    if holds:
        mark._default_manager.get_or_create(**of)
    else:
        mark._default_manager.filter(**of).delete()
