"""What the platform keeps about a forum, beside machina's own table."""

from django.db import models
from machina.apps.forum.models import Forum

from forum_integration.models.topics import TopicKind


class ForumDetails(models.Model):
    """What kind of topics a forum holds; ``key`` is how code knows the forum, whatever its name becomes."""

    forum = models.OneToOneField(Forum, models.CASCADE, primary_key=True, related_name="details")
    key = models.SlugField(unique=True)
    topic_kind = models.CharField("soort gesprek", max_length=10, choices=TopicKind, default=TopicKind.CONVERSATION)

    class Meta:
        verbose_name = verbose_name_plural = "gegevens van een forum"

    def __str__(self) -> str:
        return self.key
