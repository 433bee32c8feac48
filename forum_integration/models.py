"""What the platform keeps about a forum, a topic and a post, beside machina's own tables."""

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import Sector, Subject


class TopicKind(models.TextChoices):
    QUESTION = "vraag", "Vraag"
    CONVERSATION = "gesprek", "Gesprek"
    IDEA = "idee", "Idee"
    POLL = "peiling", "Peiling"


class ForumDetails(models.Model):
    """What kind of topics a forum holds; ``key`` is how code knows the forum, whatever its name becomes."""

    forum = models.OneToOneField(Forum, models.CASCADE, primary_key=True, related_name="details")
    key = models.SlugField(unique=True)
    topic_kind = models.CharField("soort gesprek", max_length=10, choices=TopicKind, default=TopicKind.CONVERSATION)

    class Meta:
        verbose_name = verbose_name_plural = "gegevens van een forum"

    def __str__(self) -> str:
        return self.key


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
    """How a post was rendered, and why it was refused. Every post has a row, made with it (receivers.py)."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="details")
    markup_version = models.PositiveSmallIntegerField(
        "versie van de opmaak", default=0, help_text="Van forum_integration.markup, waarmee de tekst is gemaakt."
    )
    refused_on = models.DateTimeField("geweigerd op", null=True, blank=True)
    refusal_reason = models.CharField("reden van weigeren", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "gegevens van een bericht"

    def __str__(self) -> str:
        return f"bericht {self.pk}"


def private_storage() -> Storage:
    """Files that no web server hands out by itself."""
    return storages["private"]


def server_made_name(attachment: "Attachment", filename: str) -> str:
    """Nothing of the uploader's name but an extension of the allow list reaches the disk."""
    name = uuid.uuid4().hex
    return f"forum/{name[:2]}/{name}.{attachment.extension}"


class Attachment(models.Model):
    """A checked file at a post; the original name is only for show. Stands in for machina's forum_attachments."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="files", verbose_name="bericht")
    file = models.FileField("bestand", upload_to=server_made_name, storage=private_storage)
    name = models.CharField("naam", max_length=120)
    extension = models.CharField("soort bestand", max_length=4)
    content_type = models.CharField("inhoudstype", max_length=100)
    size = models.PositiveIntegerField("grootte in bytes")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_on = models.DateTimeField("toegevoegd op", default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
