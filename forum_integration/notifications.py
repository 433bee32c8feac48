"""What a member is told on the site, as far as that member may read it now; and how much there is to read."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration import correspondence
from forum_integration.counting import MOST_COUNTED
from forum_integration.models import NewsKind, Notification, PersonalMessage
from forum_integration.rights import ForumRights, rights_of
from pages.lifecycle.reading import successors_of
from pages.models import EntryPage


def notifications_for(rights: ForumRights, member: User) -> QuerySet[Notification]:
    """Latest first."""
    posts = Q(
        post__approved=True,
        post__topic__approved=True,
        post__topic__forum__in=rights.forums_with("can_read_forum"),
    )
    entries = Q(entry__in=EntryPage.objects.listed().order_by().values("pk"))
    return Notification.objects.filter(posts | entries, member=member).order_by("-made_on", "-pk")


def add_successors(notifications: Iterable[Notification]) -> None:
    """Give each entry that ended what continues it."""
    ended = [one.entry for one in notifications if one.entry and one.kind == NewsKind.ENDED]
    successors = successors_of([entry.pk for entry in ended])
    for entry in ended:
        entry.successors = successors[entry.pk][0]


def unread(member: User) -> QuerySet[Notification]:
    return Notification.objects.filter(member=member, read_on=None)


@dataclass(frozen=True, slots=True)
class Unread:
    """Of what a member has not read everything."""

    notifications: bool
    messages: bool


def has_unread(request: HttpRequest, member: User) -> Unread:
    """Asked once in a request; for who has read everything, as most members have, this is all that is asked."""
    found: Unread | None = getattr(request, "has_unread", None)
    if found is None:
        asked = User.objects.filter(pk=member.pk).annotate(
            notifications_wait=Exists(Notification.objects.filter(member=OuterRef("pk"), read_on=None)),
            messages_wait=Exists(PersonalMessage.objects.filter(recipient=OuterRef("pk"), is_read=False)),
        )
        found = Unread(*(asked.values_list("notifications_wait", "messages_wait").first() or (False, False)))
        request.has_unread = found  # type: ignore[attr-defined]
    return found


def unread_messages_count(request: HttpRequest, member: User) -> int:
    """Personal messages that this member did not open; at most ``MOST_COUNTED``."""
    return correspondence.unread(member)[:MOST_COUNTED].count() if has_unread(request, member).messages else 0


def unread_count(request: HttpRequest, member: User) -> int:
    """Of what this member may read now; at most ``MOST_COUNTED``."""
    if not has_unread(request, member).notifications:
        return 0
    return notifications_for(rights_of(request), member).filter(read_on=None).order_by()[:MOST_COUNTED].count()


def mark_all_read(member: User) -> None:
    unread(member).update(read_on=timezone.now())


def mark_topic_read(request: HttpRequest, member: User, topic: Topic) -> None:
    if has_unread(request, member).notifications:
        unread(member).filter(post__topic=topic).update(read_on=timezone.now())
