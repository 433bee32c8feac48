"""The addresses of topics, for crawlers."""

from datetime import datetime

from django.db.models import QuerySet

from cms.machine_readers import PublicSitemap
from forum_integration.rights import rights_of_a_visitor
from forum_integration.topics import Topic, topic_url, visible_topics


class TopicSitemap(PublicSitemap):
    """Every topic that a visitor may read, latest first."""

    def items(self) -> QuerySet[Topic]:
        return visible_topics(rights_of_a_visitor()).select_related("forum").order_by("-last_post_on")

    def location(self, item: Topic) -> str:
        return topic_url(item)

    def lastmod(self, item: Topic) -> datetime | None:
        return item.last_post_on
