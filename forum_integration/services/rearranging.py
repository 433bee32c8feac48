"""What moderators do with whole topics: close, fix on top, move, merge, split. Each raises PermissionDenied."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import (
    Act,
    ForumDetails,
    Idea,
    PostDetails,
    ReplyRole,
    SameQuestion,
    TopicKind,
    TopicRedirect,
)
from forum_integration.rights import ForumRights
from forum_integration.services import questions
from forum_integration.services.following import bring_followers
from forum_integration.services.log import record
from forum_integration.services.writing import lock, poll_of, slug_for


def _demand(by: ForumRights, codename: str, *forum_ids: int) -> None:
    if not all(by.has(codename, forum_id) for forum_id in forum_ids):
        raise PermissionDenied


@transaction.atomic
def set_locked(*, topic: Topic, by: ForumRights, locked: bool) -> None:
    """Close a topic for new answers, or open it again."""
    topic = lock(topic)
    _demand(by, "can_lock_topics", topic.forum_id)
    put_lock_on(topic, locked=locked)
    Idea.objects.filter(topic=topic).update(is_closed_by_writer=False)
    record(Act.Kind.LOCKED if locked else Act.Kind.UNLOCKED, by=by, topic=topic)


def put_lock_on(topic: Topic, *, locked: bool) -> None:
    topic.status = Topic.TOPIC_LOCKED if locked else Topic.TOPIC_UNLOCKED
    topic._simple_save(update_fields=["status"])


@transaction.atomic
def set_sticky(*, topic: Topic, by: ForumRights, sticky: bool) -> None:
    """Keep a topic on top of its forum, or let it find its place again."""
    topic = lock(topic)
    _demand(by, "can_post_stickies", topic.forum_id)
    topic.type = Topic.TOPIC_STICKY if sticky else Topic.TOPIC_POST
    topic._simple_save()
    record(Act.Kind.STUCK if sticky else Act.Kind.UNSTUCK, by=by, topic=topic)


@transaction.atomic
def move(*, topic: Topic, by: ForumRights, to: Forum) -> None:
    """Put a topic in another forum, where it becomes what that forum holds; a poll stays a poll."""
    topic = lock(topic)
    _demand(by, "can_move_topics", topic.forum_id, to.pk)
    left = Forum.objects.get(pk=topic.forum_id)
    record(Act.Kind.MOVED, by=by, topic=topic, note=f"van {left.name} naar {to.name}")
    topic.forum = Forum.objects.get(pk=to.pk)
    topic._simple_save()
    if topic.details.kind != TopicKind.POLL:
        topic.details.kind = ForumDetails.objects.get(forum=to).topic_kind
        topic.details.save()
    left.update_trackers()
    topic.forum.update_trackers()


def first_of(one: Topic, other: Topic) -> tuple[Topic, Topic]:
    """The topic that two become, which is the one that was there first, and the one that goes into it."""
    first, second = sorted((one, other), key=lambda topic: (topic.first_post.created, topic.first_post_id))
    return first, second


def demand_mergeable(into: Topic, gone: Topic) -> None:
    """Raise ValidationError when the one cannot go into the other."""
    if into == gone:
        raise ValidationError("Dit is hetzelfde gesprek.")
    if not (into.approved and gone.approved):
        raise ValidationError("Alleen gesprekken die op het forum staan, kun je samenvoegen.")
    if poll_of(gone):
        raise ValidationError("Het jongste gesprek heeft een peiling; die kan niet mee.")


@transaction.atomic
def merge(*, topic: Topic, other: Topic, by: ForumRights) -> Topic:
    """Make two topics one: the younger goes into the older, with its posts, labels, followers and who asked it too.

    Its address leads there from then on. Of the younger question no answer stays accepted.
    Raises ValidationError when they cannot be one.
    """
    first, second = (lock(found) for found in sorted((topic, other), key=lambda found: found.pk))
    _demand(by, "can_move_topics", first.forum_id, second.forum_id)
    into, gone = first_of(first, second)
    demand_mergeable(into, gone)
    left = Forum.objects.get(pk=gone.forum_id)
    gone.posts.update(topic=into)
    # The question itself answers nothing among the answers to the other one; who asked it asks that one.
    PostDetails.objects.filter(post=gone.first_post_id).update(role=ReplyRole.TIP)
    if into.details.kind == gone.details.kind == TopicKind.QUESTION:
        askers = {*gone.same_questions.values_list("member_id", flat=True), gone.poster_id} - {into.poster_id, None}
        same = [SameQuestion(topic=into, member_id=pk) for pk in askers]
        SameQuestion.objects.bulk_create(same, ignore_conflicts=True)
    bring_followers(of=gone, to=into)
    into.details.subjects.add(*gone.details.subjects.all())
    into.details.sectors.add(*gone.details.sectors.all())
    Act.objects.filter(topic=gone).update(topic=into)
    TopicRedirect.objects.filter(topic=gone).update(topic=into)
    TopicRedirect.objects.create(old_pk=gone.pk, topic=into)
    record(Act.Kind.MERGED, by=by, topic=into, note=f"met {gone.subject}")
    Topic.objects.get(pk=gone.pk).delete()
    into.update_trackers()
    left.update_trackers()
    questions.refresh(into.pk)
    return into


def answers_of(topic: Topic) -> QuerySet[Post]:
    """What can be split off: the answers that stand on the forum."""
    answers: QuerySet[Post] = topic.posts.filter(approved=True).exclude(pk=topic.first_post_id)
    return answers.order_by("created", "pk")


@transaction.atomic
def split(*, topic: Topic, by: ForumRights, posts: Iterable[Post], title: str) -> Topic:
    """Make some answers a topic of their own in the same forum; its author is who wrote the first of them.

    Followers and labels are those of the topic they leave. Raises ValidationError when nothing to split is picked.
    """
    topic = lock(topic)
    _demand(by, "can_move_topics", topic.forum_id)
    picked = answers_of(topic).filter(pk__in=[post.pk for post in posts])
    opening = picked.first()
    if opening is None:
        raise ValidationError("Kies een of meer antwoorden.")
    new = Topic(
        forum=topic.forum,
        poster=opening.poster,
        subject=title,
        slug=slug_for(title),
        type=Topic.TOPIC_POST,
        status=Topic.TOPIC_UNLOCKED,
        approved=True,
    )
    new._simple_save()
    Topic.objects.filter(pk=new.pk).update(created=opening.created)
    new.details.subjects.set(topic.details.subjects.all())
    new.details.sectors.set(topic.details.sectors.all())
    bring_followers(of=topic, to=new)
    picked.order_by().update(topic=new, subject=title)
    new.update_trackers()
    topic.update_trackers()
    for one in (topic, new):
        questions.refresh(one.pk)
    record(Act.Kind.SPLIT, by=by, topic=topic, note=f"nieuw: {title}")
    return new
