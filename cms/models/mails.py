import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone


class Mail(models.Model):
    """A mail that is still to be sent; see cms/mailing.py. It goes when its receiver's account goes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    to = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    template = models.SlugField()
    subject = models.CharField(max_length=200)
    context = models.JSONField(default=dict)
    due_at = models.DateTimeField(default=timezone.now, null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.subject
