"""The front of the forum: the forums, and what is new in all of them."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from forum_integration.counting import MOST_COUNTED, counted
from forum_integration.models import TopicKind
from forum_integration.questions import Worklist
from forum_integration.rights import ForumRights, shared_by_visitors
from forum_integration.roles import FOR_STAFF
from forum_integration.services import tracking
from forum_integration.services.moderation import posts_to_decide
from forum_integration.topics import TopicSummary, latest, visible_topics

LATEST = 5


@dataclass(frozen=True, slots=True)
class ForumOnIndex:
    name: str
    url: str
    icon: str
    description: str
    topic_count: int
    last_post_on: datetime | None


@dataclass(frozen=True, slots=True)
class Overview:
    """``unanswered`` counts questions; ``unread`` and ``waiting`` what this member and this moderator can look at.

    All but the last two are the same for whoever may read the same forums.
    """

    forums: tuple[ForumOnIndex, ...]
    latest: tuple[TopicSummary, ...]
    ask_url: str
    unanswered: int
    unread: str
    waiting: int | None


def ask_url(rights: ForumRights) -> str:
    """Where one asks a new question; nothing when there is no forum for it."""
    forums = (forum for forum in rights.readable_forums if forum.details.topic_kind == TopicKind.QUESTION)
    questions = next(forums, None)
    return reverse("forum_conversation:topic_create", args=[questions.slug, questions.pk]) if questions else ""


@shared_by_visitors
def overview(rights: ForumRights) -> Overview:
    unread = tracking.unread(visible_topics(rights), rights).order_by("-last_post_on")
    return Overview(
        forums=tuple(
            ForumOnIndex(
                name=forum.name,
                url=reverse("forum:forum", args=[forum.slug, forum.pk]),
                icon="aankondiging" if forum.details.key in FOR_STAFF else forum.details.topic_kind,
                description=forum.description.rendered if forum.description else "",
                topic_count=forum.direct_topics_count,
                last_post_on=forum.last_post_on,
            )
            for forum in rights.readable_forums
        ),
        latest=latest(rights, LATEST),
        ask_url=ask_url(rights),
        unanswered=Worklist(rights).count(),
        unread=counted(unread[:MOST_COUNTED].count()),
        waiting=posts_to_decide(rights).count() if rights.is_moderator() else None,
    )
