"""Topics and posts that one person may read, and topics as the other rooms use them.

For search: ``public_topics()`` holds exactly what a visitor may open, each with author, details and posts in a fixed
number of queries; ``opening_of`` and ``replies_of`` give its words. Whatever changes what a visitor can read of a topic
sends ``forum_integration.receivers.topics_changed`` with ``topic_ids``, inside the transaction of the change.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from machina.apps.forum_conversation.models import Post, Topic

from cms.accounts.erasing import FORMER_MEMBER
from cms.categories import Category
from forum_integration import markup
from forum_integration.models import QuestionState, TopicDetails, TopicKind, Withheld
from forum_integration.rights import ForumRights, rights_of_a_visitor, shared_by_readers, shared_by_visitors

NO_ANSWER = "nog geen antwoord"

__all__ = ["Topic", "TopicSummary", "opening_of", "public_topics", "replies_of", "summaries", "topic_url"]


def _approved_or(rights: ForumRights, withheld: QuerySet[Any], *, forum: str, opening: str = "") -> Q:
    """What is approved, and of what is ``withheld`` and not deleted: what this person wrote or decides about.

    As a list of keys, which are few, so that a database need not look at all the others twice.
    """
    if not rights.user.is_authenticated:
        return Q(approved=True)
    concerned = Q(poster=rights.user) | Q(**{f"{forum}__in": rights.forums_with("can_approve_posts")})
    deleted = Q(**{f"{opening}withheld__state": Withheld.State.DELETED})
    return Q(approved=True) | Q(pk__in=withheld.filter(concerned, approved=False).exclude(deleted).values("pk"))


def visible_topics(rights: ForumRights) -> QuerySet[Topic]:
    topics: QuerySet[Topic] = Topic.objects.filter(forum__in=rights.forums_with("can_read_forum"))
    return topics.filter(_approved_or(rights, Topic.objects.order_by(), forum="forum", opening="first_post__"))


def approved_topics(forums: Collection[int]) -> QuerySet[Topic]:
    """What stands in these forums for all who may read them."""
    topics: QuerySet[Topic] = Topic.objects.filter(forum__in=forums, approved=True)
    return topics


def visible_posts(rights: ForumRights) -> QuerySet[Post]:
    return visible_among(rights, Post.objects.filter(topic__in=visible_topics(rights)))


def visible_among(rights: ForumRights, posts: QuerySet[Post]) -> QuerySet[Post]:
    """Those of ``posts``, in topics that this person may read, that this person may read as well."""
    return posts.filter(_approved_or(rights, Post.objects.order_by(), forum="topic__forum"))


def public_topics() -> QuerySet[Topic]:
    """Approved topics in forums that a visitor may read, newest first, with author, text and replies."""
    approved = Post.objects.filter(approved=True).order_by("created", "pk")
    return (
        visible_topics(rights_of_a_visitor())
        .select_related("poster", "details", "forum")
        .prefetch_related(Prefetch("posts", approved, to_attr="public_posts"))
        .order_by("-created", "-pk")
    )


def opening_of(topic: Topic) -> str:
    """The words of the opening post of a topic from ``public_topics()``."""
    return "".join(markup.plain(post.content.rendered) for post in topic.public_posts[:1])


def replies_of(topic: Topic) -> str:
    """The words of all replies in a topic from ``public_topics()``, one under the other."""
    return "\n".join(markup.plain(post.content.rendered) for post in topic.public_posts[1:])


@lru_cache(maxsize=10_000)
def _url(forum_slug: str, forum_pk: int, slug: str, pk: int) -> str:
    where = {"forum_slug": forum_slug, "forum_pk": forum_pk, "slug": slug, "pk": pk}
    return reverse("forum_conversation:topic", kwargs=where)


def topic_url(topic: Topic) -> str:
    return _url(topic.forum.slug, topic.forum_id, topic.slug, topic.pk)


@dataclass(frozen=True, slots=True)
class TopicSummary:
    """A topic as a line in a list: what the component topic_item draws."""

    pk: int
    title: str
    url: str
    kind_label: str
    author_name: str
    posted_on: datetime
    last_post_on: datetime
    reply_count: int
    replies: str
    """How many there are, in words."""

    state_label: str
    """How far a question is; nothing for another kind of topic."""

    about: str
    """The names of its subjects, in a row."""

    is_locked: bool
    is_sticky: bool
    is_waiting: bool


def _replies(number: int, state: str | None) -> str:
    """What stands under a question that nobody answered are tips and the like, no answers."""
    if state in {QuestionState.NEW, QuestionState.WAITING}:
        return f"nog geen antwoord, {number} {'reactie' if number == 1 else 'reacties'}" if number else NO_ANSWER
    return f"{number} {'antwoord' if number == 1 else 'antwoorden'}" if number else NO_ANSWER


def summaries(topics: Any) -> tuple[TopicSummary, ...]:
    """Topics as lines in a list, in two lean queries."""
    columns: tuple[str, ...] = (
        "pk",
        "subject",
        "slug",
        "forum_id",
        "forum__slug",
        "poster__display_name",
        "details__kind",
        "question__state",
        "created",
    )
    columns += ("last_post_on", "posts_count", "status", "type", "approved")
    rows = list(topics.values(*columns))
    names: dict[int, list[str]] = {row["pk"]: [] for row in rows}
    labels = TopicDetails.subjects.through.objects.filter(topicdetails__in=list(names))
    for pk, name in labels.order_by("subject__sort_order").values_list("topicdetails_id", "subject__name"):
        names[pk].append(name)
    return tuple(
        TopicSummary(
            pk=row["pk"],
            title=row["subject"],
            url=_url(row["forum__slug"], row["forum_id"], row["slug"], row["pk"]),
            kind_label=TopicKind(row["details__kind"]).label.lower(),
            state_label=QuestionState(row["question__state"]).label.lower() if row["question__state"] else "",
            author_name=row["poster__display_name"] or FORMER_MEMBER,
            posted_on=row["created"],
            last_post_on=row["last_post_on"] or row["created"],
            reply_count=max(row["posts_count"] - 1, 0),
            replies=_replies(max(row["posts_count"] - 1, 0), row["question__state"]),
            about=", ".join(names[row["pk"]]),
            is_locked=row["status"] == Topic.TOPIC_LOCKED,
            is_sticky=row["type"] != Topic.TOPIC_POST,
            is_waiting=not row["approved"],
        )
        for row in rows
    )


@shared_by_readers
def latest(forums: Collection[int], limit: int) -> tuple[TopicSummary, ...]:
    """The topics in which something was said last."""
    return summaries(approved_topics(forums).order_by("-last_post_on", "-pk")[:limit])


@shared_by_visitors
def newest_about(rights: ForumRights, subject_ids: frozenset[int], limit: int) -> tuple[TopicSummary, ...]:
    """The newest topics about any of these subjects."""
    topics = visible_topics(rights).filter(details__subjects__in=subject_ids).distinct()
    return summaries(topics.order_by("-created", "-pk")[:limit])


@dataclass(frozen=True, slots=True)
class TopicList:
    """The topics of a forum, about one subject if asked, as lines; a paginator counts and cuts it."""

    rights: ForumRights
    forum_id: int
    subject_id: int | None = None

    def count(self) -> int:
        counted = _number_approved(self.rights, self.forum_id, self.subject_id)
        return counted + _number_withheld(self.rights, self.forum_id, self.subject_id)

    def __getitem__(self, part: slice) -> tuple[TopicSummary, ...]:
        return _lines_in(self.rights, self.forum_id, self.subject_id, part.start, part.stop)


def _in_forum(topics: QuerySet[Topic], forum_id: int, subject_id: int | None) -> QuerySet[Topic]:
    found = topics.filter(forum=forum_id)
    return found.filter(details__subjects=subject_id) if subject_id else found


@shared_by_readers
def _number_approved(forums: Collection[int], forum_id: int, subject_id: int | None) -> int:
    return _in_forum(approved_topics(forums), forum_id, subject_id).count()


@shared_by_visitors
def _number_withheld(rights: ForumRights, forum_id: int, subject_id: int | None) -> int:
    return _in_forum(visible_topics(rights).filter(approved=False), forum_id, subject_id).count()


@shared_by_visitors
def _lines_in(
    rights: ForumRights, forum_id: int, subject_id: int | None, start: int, stop: int
) -> tuple[TopicSummary, ...]:
    topics = _in_forum(visible_topics(rights), forum_id, subject_id)
    return summaries(topics.order_by("-type", "-last_post_on", "-pk")[start:stop])


def topic_count() -> dict[Category, int]:
    """How many topics a visitor finds behind the door of the forum."""
    return {Category.FORUM: sum(forum.direct_topics_count for forum in rights_of_a_visitor().readable_forums)}


def author_name(thing: Post | Topic) -> str:
    return thing.poster.display_name if thing.poster else FORMER_MEMBER
