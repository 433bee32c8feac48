"""What a member is told on the site, as far as that member may read it now."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration.counting import MOST_COUNTED
from forum_integration.models import Notification
from forum_integration.rights import ForumRights, rights_of
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


def unread(member: User) -> QuerySet[Notification]:
    return Notification.objects.filter(member=member, read_on=None)


def has_unread(request: HttpRequest, member: User) -> bool:
    """Asked once in a request; for who has read everything, as most members have, this is all that is asked."""
    found: bool | None = getattr(request, "has_unread_notifications", None)
    if found is None:
        found = unread(member).exists()
        request.has_unread_notifications = found  # type: ignore[attr-defined]
    return found


def unread_count(request: HttpRequest, member: User) -> int:
    """Of what this member may read now; at most ``MOST_COUNTED``."""
    if not has_unread(request, member):
        return 0
    return notifications_for(rights_of(request), member).filter(read_on=None).order_by()[:MOST_COUNTED].count()


def mark_all_read(member: User) -> None:
    unread(member).update(read_on=timezone.now())


def mark_topic_read(request: HttpRequest, member: User, topic: Topic) -> None:
    if has_unread(request, member):
        unread(member).filter(post__topic=topic).update(read_on=timezone.now())
