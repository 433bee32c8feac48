"""What a member was writing and did not send yet."""

from django.conf import settings
from django.db import models
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Topic


class Draft(models.Model):
    """An answer in a topic, or a new topic in a forum: of each a member has one at a time."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", verbose_name="lid")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="+", verbose_name="antwoord in")
    forum = models.ForeignKey(Forum, models.CASCADE, null=True, related_name="+", verbose_name="nieuw gesprek in")
    typed = models.JSONField("wat er is ingevuld", help_text="Per veld van het formulier.")
    saved_on = models.DateTimeField("bewaard op", db_index=True)

    class Meta:
        verbose_name = "concept"
        verbose_name_plural = "concepten"
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="one_draft_per_topic"),
            models.UniqueConstraint(fields=["member", "forum"], name="one_draft_per_forum"),
            models.CheckConstraint(
                condition=models.Q(topic=None, forum__isnull=False) | models.Q(topic__isnull=False, forum=None),
                name="draft_has_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"concept van {self.member_id}"
