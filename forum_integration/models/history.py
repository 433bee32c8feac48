"""What a post said before it was changed."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from machina.apps.forum_conversation.models import Post

from forum_integration import markup


class EarlierText(models.Model):
    """One step in the history of a post, for moderators; it goes with the post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="earlier_texts", verbose_name="bericht")
    title = models.CharField("titel", max_length=255)
    text = models.TextField("tekst")
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="gewijzigd door"
    )
    changed_on = models.DateTimeField("gewijzigd op", default=timezone.now)
    reason = models.CharField("waarom", max_length=200, blank=True)

    class Meta:
        verbose_name = "eerdere tekst van een bericht"
        verbose_name_plural = "eerdere teksten van berichten"
        ordering = ["-changed_on", "-pk"]

    def __str__(self) -> str:
        return f"bericht {self.post_id} tot {self.changed_on}"

    @property
    def rendered(self) -> str:
        return markup.render(self.text)
