"""What a member is told on the site, as far as that member may read it now."""

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.utils import timezone
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration.models import Notification
from forum_integration.rights import ForumRights
from pages.models import EntryPage

MOST_COUNTED = 100


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


def unread_count(rights_of_member: Callable[[], ForumRights], member: User) -> int:
    """At most ``MOST_COUNTED``. For who has read everything, as most members have, this is one query."""
    if not unread(member).exists():
        return 0
    return notifications_for(rights_of_member(), member).filter(read_on=None).order_by()[:MOST_COUNTED].count()


def mark_all_read(member: User) -> None:
    unread(member).update(read_on=timezone.now())


def mark_topic_read(member: User, topic: Topic) -> None:
    unread(member).filter(post__topic=topic).update(read_on=timezone.now())
