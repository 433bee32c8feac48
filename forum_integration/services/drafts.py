"""Keeping what a member is writing, until it is sent or thrown away."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration import markup
from forum_integration.models import Draft

KEPT = timedelta(days=90)
LONGEST = 2 * markup.LONGEST_TEXT
"""In characters, over all fields; a text that is a little too long to send is worth keeping."""

Place: TypeAlias = Topic | Forum


def _in(place: Place) -> dict[str, Any]:
    return {"topic" if isinstance(place, Topic) else "forum": place}


def draft_of(member: User | AnonymousUser, place: Place) -> Draft | None:
    if member.pk is None:
        return None
    return Draft.objects.filter(member=member.pk, **_in(place)).first()


def keep(*, member: User, place: Place, typed: Mapping[str, Any]) -> None:
    """Keep what was filled in, by field, in place of what was kept before; without a text there is nothing to keep.

    Raises ValueError when it is longer than anyone could send.
    """
    if sum(len(str(value)) for value in typed.values()) > LONGEST:
        raise ValueError
    if not any(str(typed.get(name) or "").strip() for name in ("title", "text")):
        forget(member=member, place=place)
        return
    changed = {"typed": dict(typed), "saved_on": timezone.now()}
    Draft.objects.update_or_create(member=member, **_in(place), defaults=changed)


def forget(*, member: User, place: Place) -> None:
    Draft.objects.filter(member=member, **_in(place)).delete()


def forget_old() -> None:
    Draft.objects.filter(saved_on__lt=timezone.now() - KEPT).delete()
