"""Which topics a member has not read since something was said in them."""

from django.db.models import DateTimeField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from machina.apps.forum_conversation.models import Topic
from machina.apps.forum_tracking.models import ForumReadTrack, TopicReadTrack

from cms.models import User
from forum_integration.rights import ForumRights


def unread(topics: QuerySet[Topic], user: User) -> QuerySet[Topic]:
    """Those of ``topics`` with a post later than this member's last visit; before the first visit, than the sign-up."""
    of_topic = TopicReadTrack.objects.filter(user=user, topic=OuterRef("pk")).values("mark_time")
    of_forum = ForumReadTrack.objects.filter(user=user, forum=OuterRef("forum")).values("mark_time")
    joined = Value(user.date_joined, output_field=DateTimeField())
    read_on = Coalesce(Subquery(of_topic), Subquery(of_forum), joined)
    return topics.filter(approved=True).annotate(read_on=read_on).filter(last_post_on__gt=F("read_on"))


def mark_read(topic: Topic, user: User) -> None:
    """One statement: this happens with every topic that a member opens."""
    TopicReadTrack.objects.bulk_create(
        [TopicReadTrack(topic=topic, user=user)],
        update_conflicts=True,
        unique_fields=["user", "topic"],
        update_fields=["mark_time"],
    )


def mark_all_read(rights: ForumRights) -> None:
    """Mark every forum that this member may read; the marks of single topics are no longer needed then."""
    readable = rights.forums_with("can_read_forum")
    for forum_id in readable:
        ForumReadTrack.objects.update_or_create(forum_id=forum_id, user=rights.user)
    TopicReadTrack.objects.filter(user=rights.user, topic__forum__in=readable).delete()
