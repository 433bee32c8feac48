"""Feeds of new topics: always what a visitor may read, whoever asks."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Topic

from forum_integration import markup
from forum_integration.rights import rights_of_a_visitor
from forum_integration.topics import author_name, topic_url, visible_topics

LENGTH = 50


class NewTopics(Feed):
    """The newest topics of one forum, or of all. Every request shares this object, so nothing is kept on it."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, forum_slug: str = "", forum_pk: int = 0) -> Forum | None:
        rights = rights_of_a_visitor()
        if not forum_pk:
            return None
        if not rights.has("can_read_forum", forum_pk):
            raise Http404("Dit forum bestaat niet")
        return rights.forums[forum_pk]

    def title(self, forum: Forum | None) -> str:
        return f"{forum.name if forum else 'Forum'} – Platform Flexibel Opleiden"

    def subtitle(self, forum: Forum | None) -> str:
        return "De nieuwste gesprekken"

    def link(self, forum: Forum | None) -> str:
        return reverse("forum:forum", args=[forum.slug, forum.pk]) if forum else reverse("forum:index")

    def items(self, forum: Forum | None) -> Iterable[Topic]:
        topics = visible_topics(rights_of_a_visitor()).select_related("forum", "poster", "first_post")
        return (topics.filter(forum=forum) if forum else topics).order_by("-created", "-pk")[:LENGTH]

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
