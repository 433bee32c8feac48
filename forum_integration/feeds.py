"""Feeds of topics and posts: always what a visitor may read, whoever asks, and the newest only."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import Subject
from forum_integration import markup, questions
from forum_integration.rights import rights_of_a_visitor
from forum_integration.topics import author_name, topic_url, visible_posts, visible_topics

LENGTH = 50
SITE = "Platform Flexibel Opleiden"


class TopicFeed(Feed):
    """Topics, the newest first. Every request shares this object, so nothing is kept on it."""

    feed_type = Atom1Feed
    subtitle: Any = "De nieuwste gesprekken"

    def newest(self, topics: QuerySet[Topic]) -> Iterable[Topic]:
        return topics.select_related("forum", "poster", "first_post").order_by("-created", "-pk")[:LENGTH]

    def item_title(self, item: Any) -> str:
        return str(item.subject)

    def item_description(self, item: Any) -> str:
        return markup.excerpt(item.first_post.content.rendered) if item.first_post else ""

    def item_link(self, item: Any) -> str:
        return topic_url(item)

    def item_author_name(self, item: Any) -> str:
        return author_name(item)

    def item_pubdate(self, item: Any) -> datetime:
        created: datetime = item.created
        return created

    def item_updateddate(self, item: Any) -> datetime:
        updated: datetime = item.last_post_on or item.created
        return updated


class NewTopics(TopicFeed):
    """The newest topics of one forum, or of all."""

    def get_object(self, request: HttpRequest, forum_slug: str = "", forum_pk: int = 0) -> Forum | None:
        rights = rights_of_a_visitor()
        if not forum_pk:
            return None
        if not rights.has("can_read_forum", forum_pk):
            raise Http404("Dit forum bestaat niet")
        return rights.forums[forum_pk]

    def title(self, forum: Forum | None) -> str:
        return f"{forum.name if forum else 'Forum'} – {SITE}"

    def link(self, forum: Forum | None) -> str:
        return reverse("forum:forum", args=[forum.slug, forum.pk]) if forum else reverse("forum:index")

    def items(self, forum: Forum | None) -> Iterable[Topic]:
        topics = visible_topics(rights_of_a_visitor())
        return self.newest(topics.filter(forum=forum) if forum else topics)


class TopicsAboutSubject(TopicFeed):
    """The newest topics about one subject, in whatever forum."""

    def get_object(self, request: HttpRequest, subject_slug: str) -> Subject:
        return get_object_or_404(Subject, slug=subject_slug)

    def title(self, subject: Subject) -> str:
        return f"Gesprekken over {subject.name} – {SITE}"

    def link(self, subject: Subject) -> str:
        return subject.get_absolute_url()

    def items(self, subject: Subject) -> Iterable[Topic]:
        return self.newest(visible_topics(rights_of_a_visitor()).filter(details__subjects=subject))


class UnansweredQuestions(TopicFeed):
    """The newest questions that wait for an answer."""

    title = f"Onbeantwoorde vragen – {SITE}"
    subtitle = "Vragen die nog op een antwoord wachten"

    def link(self) -> str:
        return reverse("forum_questions:unanswered")

    def items(self) -> Iterable[Topic]:
        return self.newest(questions.unanswered(rights_of_a_visitor().forums_with("can_read_forum")))


class PostsInTopic(Feed):
    """The newest posts of one topic, each at its lasting address."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, forum_slug: str, forum_pk: int, topic_slug: str, topic_pk: int) -> Topic:
        topics = visible_topics(rights_of_a_visitor()).filter(approved=True, forum=forum_pk)
        return get_object_or_404(topics.select_related("forum"), pk=topic_pk)

    def title(self, topic: Topic) -> str:
        return f"{topic.subject} – {SITE}"

    def subtitle(self, topic: Topic) -> str:
        return "De nieuwste berichten in dit gesprek"

    def link(self, topic: Topic) -> str:
        return topic_url(topic)

    def items(self, topic: Topic) -> Iterable[Post]:
        posts = visible_posts(rights_of_a_visitor()).filter(topic=topic).select_related("poster")
        return posts.order_by("-created", "-pk")[:LENGTH]

    def item_title(self, item: Any) -> str:
        return f"{author_name(item)}: {markup.excerpt(item.content.rendered, 80)}"

    def item_description(self, item: Any) -> str:
        return markup.excerpt(item.content.rendered)

    def item_link(self, item: Any) -> str:
        return reverse("forum_conversation:post", args=[item.pk])

    def item_author_name(self, item: Any) -> str:
        return author_name(item)

    def item_pubdate(self, item: Any) -> datetime:
        created: datetime = item.created
        return created

    def item_updateddate(self, item: Any) -> datetime:
        updated: datetime = item.updated
        return updated
