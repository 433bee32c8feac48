"""Which topics a member has not read since something was said in them."""

from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from machina.apps.forum_conversation.models import Topic
from machina.apps.forum_tracking.models import ForumReadTrack, TopicReadTrack

from cms.models import User
from forum_integration.rights import ForumRights


def unread(topics: QuerySet[Topic], rights: ForumRights) -> QuerySet[Topic]:
    """Those of ``topics`` with a post since this member read their whole forum, or else signed up, and the topic.

    The moments are plain values, so that a database finds the latest few by its index, however many there are.
    """
    user = rights.user
    if not isinstance(user, User):
        return topics.none()  # for a visitor nothing is new
    read_whole = dict(ForumReadTrack.objects.filter(user=user).values_list("forum_id", "mark_time"))
    since = {pk: read_whole.get(pk, user.date_joined) for pk in rights.forums_with("can_read_forum")}
    if not since:
        return topics.none()
    said_since = reduce(or_, (Q(forum=pk, last_post_on__gt=moment) for pk, moment in since.items()))
    read_since = TopicReadTrack.objects.filter(user=user, topic=OuterRef("pk"), mark_time__gte=OuterRef("last_post_on"))
    return topics.filter(said_since, ~Exists(read_since), approved=True, last_post_on__gt=min(since.values()))


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
