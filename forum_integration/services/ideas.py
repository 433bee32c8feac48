"""Asking feedback on an idea, and closing it with what one takes along."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import Act, Idea, ReplyRole
from forum_integration.rights import ForumRights
from forum_integration.services.log import record
from forum_integration.services.writing import lock, reply
from forum_integration.uploads import CheckedFile


@transaction.atomic
def close(*, topic: Topic, by: ForumRights, text: str, files: Iterable[CheckedFile] = ()) -> Post:
    """Write the last reply, which sums up, and take no others after it. Raises PermissionDenied, and as ``reply``."""
    if not by.may_close_idea(lock(topic)):
        raise PermissionDenied
    post = reply(topic=topic, by=by, text=text, role=ReplyRole.SUMMARY, files=files)
    Idea.objects.update_or_create(topic=topic, defaults={"summary": post})
    topic = lock(topic)
    topic.status = Topic.TOPIC_LOCKED
    topic._simple_save()
    if not by.is_author(topic):
        record(Act.Kind.LOCKED, by=by, topic=topic, note="met een samenvatting")
    return post
