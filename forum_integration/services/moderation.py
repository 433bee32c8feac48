"""What becomes of a post: let through, refused, hidden, deleted, put back.

Each verb raises PermissionDenied, and AlreadyDecidedError when the post is not what it was when somebody looked.
A topic is shown as long as its opening post is: machina keeps ``approved`` of the two alike.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from machina.apps.forum_conversation.models import Post

from cms import mailing
from forum_integration.access import post_url
from forum_integration.models import Act, Report, Withheld
from forum_integration.rights import ForumRights
from forum_integration.services.log import record
from forum_integration.services.writing import lock_post
from forum_integration.setup import establish

State = Withheld.State


KEPT = timedelta(days=30)
"""How long what is deleted can be put back; then it is gone for good, with its files."""

REMEMBERED = timedelta(days=730)
"""How long moderators can read what was reported and decided."""


class AlreadyDecidedError(Exception):
    """Somebody else was first."""


def moderated_posts(by: ForumRights) -> QuerySet[Post]:
    """Every post in the forums of this moderator, whatever became of it."""
    posts: QuerySet[Post] = Post.objects.filter(topic__forum__in=by.forums_with("can_approve_posts"))
    return posts.select_related("poster", "topic__forum", "withheld").prefetch_related("files")


def posts_to_decide(by: ForumRights) -> QuerySet[Post]:
    """What waits for this moderator: posts to let through and posts that were reported, the oldest first."""
    waiting = Post.objects.filter(approved=False, withheld=None).exclude(
        topic__first_post__withheld__state=State.DELETED
    )
    reported = Report.objects.filter(closed_on=None)
    either = waiting.order_by().values("pk").union(reported.values("post"))
    return moderated_posts(by).filter(pk__in=either).order_by("created", "pk")


def next_to_decide(by: ForumRights, decided: Post) -> int | None:
    """The key of the post that comes after this one in the queue."""
    later = Q(created__gt=decided.created) | Q(created=decided.created, pk__gt=decided.pk)
    return posts_to_decide(by).filter(later).values_list("pk", flat=True).first()


def deleted_posts(by: ForumRights) -> QuerySet[Post]:
    """What this moderator can put back, the last deleted first."""
    return moderated_posts(by).filter(withheld__state=State.DELETED).order_by("-withheld__since", "-pk")


def state_of(post: Post) -> str:
    """Why a post is not shown; nothing when it is, or when it waits for its first reading."""
    withheld: Withheld | None = getattr(post, "withheld", None)
    return withheld.state if withheld else ""


def is_waiting(post: Post) -> bool:
    return not post.approved and not state_of(post)


def can_be_approved(post: Post) -> bool:
    return not post.approved and state_of(post) in {"", State.REFUSED}


def can_be_put_back(post: Post) -> bool:
    return state_of(post) in {State.HIDDEN, State.DELETED}


def _demand(by: ForumRights, codename: str, post: Post) -> None:
    if not by.has(codename, post.topic.forum_id):
        raise PermissionDenied


def _show(post: Post) -> None:
    Withheld.objects.filter(post=post).delete()
    post.approved = True
    post.save()


def withhold(post: Post, state: Withheld.State, reason: str = "") -> None:
    """Take a post off the forum; ``post.topic`` is locked."""
    defaults = {"state": state, "reason": reason, "since": timezone.now()}
    Withheld.objects.update_or_create(post=post, defaults=defaults)
    post.approved = False
    post.save()


def close_reports(post: Post) -> bool:
    """Whether any was open."""
    return bool(post.reports.filter(closed_on=None).update(closed_on=timezone.now()))


def tell_author(template: str, subject: str, post: Post, **more: Any) -> None:
    if post.poster:
        mailing.send(template, post.poster, subject, {"title": post.topic.subject, "path": post_url(post), **more})


@transaction.atomic
def approve(*, post: Post, by: ForumRights) -> None:
    """Let a post through that waits or was refused; from now on its author is established and need not wait."""
    post = lock_post(post)
    _demand(by, "can_approve_posts", post)
    if not can_be_approved(post):
        raise AlreadyDecidedError
    _show(post)
    if post.poster:
        establish(post.poster)
    record(Act.Kind.APPROVED, by=by, topic=post.topic, post=post)
    tell_author("post_approved", "Je bericht staat op het forum", post)


@transaction.atomic
def refuse(*, post: Post, by: ForumRights, reason: str) -> None:
    """Take a waiting post out of the queue; only its author still sees it, with the reason."""
    post = lock_post(post)
    _demand(by, "can_approve_posts", post)
    if not is_waiting(post):
        raise AlreadyDecidedError
    withhold(post, State.REFUSED, reason)
    record(Act.Kind.REFUSED, by=by, topic=post.topic, post=post, note=reason)
    tell_author("post_refused", "Je bericht is niet geplaatst", post, reason=reason)


@transaction.atomic
def restore(*, post: Post, by: ForumRights) -> None:
    """Put back a post that was hidden or deleted, or let a reported one stand; its reports are closed."""
    post = lock_post(post)
    _demand(by, "can_approve_posts", post)
    had_reports = close_reports(post)
    if not (can_be_put_back(post) or (post.approved and had_reports)):
        raise AlreadyDecidedError
    if post.approved:
        record(Act.Kind.KEPT, by=by, topic=post.topic, post=post)
        return
    _show(post)
    record(Act.Kind.RESTORED, by=by, topic=post.topic, post=post)
    tell_author("post_restored", "Je bericht staat weer op het forum", post)


@transaction.atomic
def delete_post(*, post: Post, by: ForumRights, reason: str = "") -> None:
    """Take a post away, the opening post with its whole topic; a moderator can put it back.

    Whose post a moderator takes away is told so, with the ``reason``.
    """
    post = lock_post(post)
    if not by.may_delete(post, post.topic):
        raise PermissionDenied
    if state_of(post) == State.DELETED:
        raise AlreadyDecidedError
    withhold(post, State.DELETED, reason)
    close_reports(post)
    if not by.is_author(post):
        record(Act.Kind.DELETED, by=by, topic=post.topic, post=post, note=reason)
        tell_author("post_deleted", "Je bericht is van het forum gehaald", post, reason=reason)


def forget_decided() -> None:
    """Remove reports and lines of the log from long ago; what says why an account is restricted now stays."""
    long_ago = timezone.now() - REMEMBERED
    Report.objects.filter(closed_on__lt=long_ago).delete()
    Act.objects.filter(Q(member=None) | Q(member__restriction=""), at__lt=long_ago).delete()


def forget_deleted() -> None:
    """Remove for good what was deleted long enough ago; with an opening post its whole topic."""
    for post in Post.objects.filter(withheld__state=State.DELETED, withheld__since__lt=timezone.now() - KEPT):
        with transaction.atomic():
            post = lock_post(post)
            if post.pk == post.topic.first_post_id:
                post.topic.delete()
            else:
                post.delete()
