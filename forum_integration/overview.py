"""The front of the forum: each forum with its latest topic, and what is new in all of them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration.models import TopicKind
from forum_integration.rights import ForumRights
from forum_integration.services import tracking
from forum_integration.services.moderation import waiting_posts
from forum_integration.topics import TopicSummary, summaries, topic_url, visible_topics, with_labels

LATEST = 5


@dataclass(frozen=True, slots=True)
class LatestTopic:
    title: str
    url: str
    said_on: datetime


@dataclass(frozen=True, slots=True)
class ForumOnIndex:
    name: str
    url: str
    icon: str
    description: str
    topic_count: int
    latest: LatestTopic | None


@dataclass(frozen=True, slots=True)
class Overview:
    """``unread`` and ``waiting`` count what is there for this member and for this moderator to look at."""

    forums: list[ForumOnIndex]
    latest: list[TopicSummary]
    ask_url: str
    unread: int
    waiting: int | None


def overview(rights: ForumRights) -> Overview:
    forums = list(rights.readable_forums)
    topics = Topic.objects.select_related("forum").filter(last_post__in=[forum.last_post_id for forum in forums])
    latest = {topic.forum_id: LatestTopic(topic.subject, topic_url(topic), topic.last_post_on) for topic in topics}
    visible = visible_topics(rights)
    questions = next((forum for forum in forums if forum.details.topic_kind == TopicKind.QUESTION), None)
    return Overview(
        forums=[
            ForumOnIndex(
                name=forum.name,
                url=reverse("forum:forum", args=[forum.slug, forum.pk]),
                icon=forum.details.topic_kind,
                description=forum.description.rendered if forum.description else "",
                topic_count=forum.direct_topics_count,
                latest=latest.get(forum.pk),
            )
            for forum in forums
        ],
        latest=summaries(with_labels(visible.filter(approved=True)).order_by("-last_post_on", "-pk")[:LATEST]),
        ask_url=reverse("forum_conversation:topic_create", args=[questions.slug, questions.pk]) if questions else "",
        unread=tracking.unread(visible, rights.user).count() if isinstance(rights.user, User) else 0,
        waiting=waiting_posts(rights).count() if rights.is_moderator() else None,
    )
