"""Files that people sent, kept where no web server hands them out."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from machina.apps.forum_conversation.models import Post

from cms.storage import private_storage


def server_made_name(file: "KeptFile", filename: str) -> str:
    """Nothing of the uploader's name but an extension of the allow list reaches the disk."""
    name = uuid.uuid4().hex
    return f"forum/{name[:2]}/{name}.{file.extension}"


class KeptFile(models.Model):
    """A checked file; the original name is only for show."""

    file = models.FileField("bestand", upload_to=server_made_name, storage=private_storage)
    name = models.CharField("naam", max_length=120)
    extension = models.CharField("soort bestand", max_length=4)
    content_type = models.CharField("inhoudstype", max_length=100)
    size = models.PositiveIntegerField("grootte in bytes")

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Attachment(KeptFile):
    """A file at a post. Stands in for machina's forum_attachments."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="files", verbose_name="bericht")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_on = models.DateTimeField("toegevoegd op", default=timezone.now, db_index=True)

    class Meta(KeptFile.Meta):
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
