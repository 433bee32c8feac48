"""Asking feedback on an idea, closing it with what one takes along, and opening it again."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import Act, Idea, PostDetails, ReplyRole
from forum_integration.rights import ForumRights
from forum_integration.services.log import record
from forum_integration.services.rearranging import put_lock_on
from forum_integration.services.writing import lock, reply
from forum_integration.uploads import CheckedFile


@transaction.atomic
def close(*, topic: Topic, by: ForumRights, text: str, files: Iterable[CheckedFile] = ()) -> Post:
    """Write the last reply, which sums up, and take no others after it; an earlier summary is a reply from then on.

    Raises PermissionDenied, and as ``reply``.
    """
    topic = lock(topic)
    if not by.may_close_idea(topic):
        raise PermissionDenied
    is_writer = by.is_author(topic)
    PostDetails.objects.filter(post__topic=topic, role=ReplyRole.SUMMARY).update(role=ReplyRole.ANSWER)
    post = reply(topic=topic, by=by, text=text, role=ReplyRole.SUMMARY, files=files)
    closed = {"summary": post, "is_closed_by_writer": is_writer}
    Idea.objects.update_or_create(topic=topic, defaults=closed)
    put_lock_on(topic, locked=True)
    if not is_writer:
        record(Act.Kind.LOCKED, by=by, topic=topic, note="met een samenvatting")
    return post


@transaction.atomic
def reopen(*, topic: Topic, by: ForumRights) -> None:
    """Take replies again on an idea that one closed oneself; its summary stays until the next. Raises PermissionDenied.

    Moderators open any topic: ``rearranging.set_locked``.
    """
    topic = lock(topic)
    if not by.may_reopen_idea(topic):
        raise PermissionDenied
    Idea.objects.filter(topic=topic).update(is_closed_by_writer=False)
    put_lock_on(topic, locked=False)
