"""What somebody wrote before having an account, kept until it can be sent."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from machina.apps.forum.models import Forum

from forum_integration.models.attachments import KeptFile

KEPT = timedelta(days=14)


def new_key() -> str:
    return secrets.token_urlsafe(32)


class UnsentTopic(models.Model):
    """A topic as it was filled in; whoever holds the key may send it, until it belongs to an account."""

    key = models.CharField(max_length=43, primary_key=True, default=new_key, editable=False)
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="+", verbose_name="forum")
    typed = models.JSONField("wat er is ingevuld", help_text="Per veld van het formulier.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="unsent_topics", verbose_name="van wie"
    )
    kept_on = models.DateTimeField("bewaard op", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "gesprek dat nog niet verstuurd is"
        verbose_name_plural = "gesprekken die nog niet verstuurd zijn"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum_conversation:unsent_topic", args=[self.key])

    @property
    def forgotten_on(self) -> datetime:
        return self.kept_on + KEPT

    @property
    def title(self) -> str:
        title: str = self.typed["title"]
        return title


class UnsentFile(KeptFile):
    topic = models.ForeignKey(UnsentTopic, models.CASCADE, related_name="files")

    class Meta(KeptFile.Meta):
        verbose_name = "bijlage die nog niet verstuurd is"
        verbose_name_plural = "bijlagen die nog niet verstuurd zijn"
