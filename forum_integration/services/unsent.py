"""Keeping a topic until its writer has an account, and sending it then."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Q, Sum
from django.urls import Resolver404, resolve
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration import uploads
from forum_integration.models import UnsentFile, UnsentTopic
from forum_integration.models.unsent import KEPT
from forum_integration.rights import ForumRights
from forum_integration.services import writing
from forum_integration.uploads import CheckedFile

ROOM_FOR_FILES = 1024 * uploads.MEBIBYTE
"""How much may wait in all: people without an account cannot fill the disk."""


def has_room() -> bool:
    waiting = UnsentFile.objects.aggregate(size=Sum("size"))["size"] or 0
    return waiting < ROOM_FOR_FILES


@transaction.atomic
def keep(*, forum: Forum, typed: Mapping[str, Any], files: Iterable[CheckedFile] = ()) -> UnsentTopic:
    """Keep what was filled in, by field, for ``KEPT``."""
    topic = UnsentTopic.objects.create(forum=forum, typed=dict(typed))
    for file in files:
        UnsentFile.objects.create(topic=topic, **file.as_fields())
    return topic


def unsent_for(user: User, key: str) -> UnsentTopic:
    """The topic with this key, which belongs to this member from now on.

    Raises UnsentTopic.DoesNotExist when it is another's, was sent or was forgotten.
    """
    topic = UnsentTopic.objects.select_related("forum__details").get(Q(owner=None) | Q(owner=user), pk=key)
    give(topic, user)
    return topic


def give(topic: UnsentTopic, user: User) -> None:
    """Let it belong to this member, unless it belongs to somebody already."""
    if topic.owner_id is None and UnsentTopic.objects.filter(pk=topic.pk, owner=None).update(owner=user):
        topic.owner = user


def unsent_at(address: str) -> UnsentTopic | None:
    """The topic that waits at this address for somebody without an account."""
    try:
        match = resolve(address)
    except Resolver404:
        return None
    if match.view_name != "forum_conversation:unsent_topic":
        return None
    return UnsentTopic.objects.select_related("forum__details").filter(pk=match.kwargs["key"], owner=None).first()


@transaction.atomic
def send(
    *,
    unsent: UnsentTopic,
    by: ForumRights,
    remove: Iterable[UnsentFile] = (),
    files: Iterable[CheckedFile] = (),
    **changes: Any,
) -> Topic:
    """Start the topic with the kept files and others; ``changes`` are the further arguments of ``start_topic``.

    Raises what that raises, and UnsentTopic.DoesNotExist when it was sent a moment ago.
    """
    unsent = UnsentTopic.objects.select_for_update(of=("self",)).select_related("forum__details").get(pk=unsent.pk)
    kept = unsent.files.exclude(pk__in=[file.pk for file in remove])
    checked = [CheckedFile.kept(file) for file in kept]
    topic = writing.start_topic(forum=unsent.forum, by=by, files=[*checked, *files], **changes)
    unsent.delete()
    return topic


def forget_old() -> None:
    UnsentTopic.objects.filter(kept_on__lt=timezone.now() - KEPT).delete()
