"""What the platform keeps about a topic and a post, beside machina's own tables."""

from django.db import models
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import Sector, Subject


class TopicKind(models.TextChoices):
    QUESTION = "vraag", "Vraag"
    CONVERSATION = "gesprek", "Gesprek"
    IDEA = "idee", "Idee"
    POLL = "peiling", "Peiling"


class ReplyRole(models.TextChoices):
    """What a reply is meant to be; only an answer takes a question off the list of open ones."""

    ANSWER = "antwoord", "Antwoord"
    TIP = "tip", "Tip"
    ADDITION = "aanvulling", "Verzoek om aanvulling"
    SUMMARY = "samenvatting", "Samenvatting"


class TopicDetails(models.Model):
    """What a topic is and what it is about. Every topic has a row, made with it (receivers.py)."""

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="details")
    kind = models.CharField("soort", max_length=10, choices=TopicKind, default=TopicKind.CONVERSATION)
    subjects = models.ManyToManyField(Subject, verbose_name="onderwerpen", related_name="topics", blank=True)
    sectors = models.ManyToManyField(Sector, verbose_name="sectoren", related_name="topics", blank=True)

    class Meta:
        verbose_name = "gesprek"
        verbose_name_plural = "gesprekken"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class PostDetails(models.Model):
    """What a reply is meant to be, and how it was rendered. Every post has a row, made with it (receivers.py)."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="details")
    role = models.CharField("soort reactie", max_length=15, choices=ReplyRole, default=ReplyRole.ANSWER)
    markup_version = models.PositiveSmallIntegerField(
        "versie van de opmaak", default=0, help_text="Van forum_integration.markup, waarmee de tekst is gemaakt."
    )
    edited_on = models.DateTimeField("bewerkt op", null=True, editable=False)
    announced_on = models.DateTimeField("bekendgemaakt op", null=True, editable=False)
    """When it became news to who follows; once, however often it is hidden and put back."""

    class Meta:
        verbose_name = verbose_name_plural = "gegevens van een bericht"

    def __str__(self) -> str:
        return f"bericht {self.pk}"
