"""What moderators do: let through, refuse, close, fix on top, move, delete. Each raises PermissionDenied."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import ForumDetails, TopicKind
from forum_integration.rights import ForumRights
from forum_integration.services.writing import lock
from forum_integration.setup import establish


def waiting_posts(by: ForumRights) -> QuerySet[Post]:
    """What this moderator can let through or refuse, the longest waiting first."""
    posts: QuerySet[Post] = Post.objects.filter(
        approved=False, details__refused_on=None, topic__forum__in=by.forums_with("can_approve_posts")
    )
    return posts.select_related("poster", "topic__forum").prefetch_related("files").order_by("created", "pk")


def _demand(by: ForumRights, codename: str, *forum_ids: int) -> None:
    if not all(by.has(codename, forum_id) for forum_id in forum_ids):
        raise PermissionDenied


@transaction.atomic
def approve(*, post: Post, by: ForumRights) -> None:
    """Let a post through; from now on its author is established and need not wait."""
    topic = lock(post.topic)
    _demand(by, "can_approve_posts", topic.forum_id)
    post = topic.posts.get(pk=post.pk)
    post.topic = topic
    post.approved = True
    post.save()
    post.details.refused_on, post.details.refusal_reason = None, ""
    post.details.save()
    if post.poster:
        establish(post.poster)


@transaction.atomic
def refuse(*, post: Post, by: ForumRights, reason: str) -> None:
    """Take a waiting post out of the queue; only its author still sees it, with the reason."""
    topic = lock(post.topic)
    _demand(by, "can_approve_posts", topic.forum_id)
    post = topic.posts.get(pk=post.pk)
    if post.approved:
        raise PermissionDenied
    post.details.refused_on, post.details.refusal_reason = timezone.now(), reason
    post.details.save()


@transaction.atomic
def set_locked(*, topic: Topic, by: ForumRights, locked: bool) -> None:
    """Close a topic for new answers, or open it again."""
    topic = lock(topic)
    _demand(by, "can_lock_topics", topic.forum_id)
    topic.status = Topic.TOPIC_LOCKED if locked else Topic.TOPIC_UNLOCKED
    topic._simple_save()


@transaction.atomic
def set_sticky(*, topic: Topic, by: ForumRights, sticky: bool) -> None:
    """Keep a topic on top of its forum, or let it find its place again."""
    topic = lock(topic)
    _demand(by, "can_post_stickies", topic.forum_id)
    topic.type = Topic.TOPIC_STICKY if sticky else Topic.TOPIC_POST
    topic._simple_save()


@transaction.atomic
def move(*, topic: Topic, by: ForumRights, to: Forum) -> None:
    """Put a topic in another forum, where it becomes what that forum holds; a poll stays a poll."""
    topic = lock(topic)
    _demand(by, "can_move_topics", topic.forum_id, to.pk)
    left = Forum.objects.get(pk=topic.forum_id)
    topic.forum = Forum.objects.get(pk=to.pk)
    topic._simple_save()
    if topic.details.kind != TopicKind.POLL:
        topic.details.kind = ForumDetails.objects.get(forum=to).topic_kind
        topic.details.save()
    left.update_trackers()
    topic.forum.update_trackers()


@transaction.atomic
def delete_topic(*, topic: Topic, by: ForumRights) -> None:
    """Delete a topic with all its answers and files."""
    topic = lock(topic)
    _demand(by, "can_delete_posts", topic.forum_id)
    topic.delete()
