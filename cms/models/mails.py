import uuid

from django.db import models
from django.utils import timezone

from cms.models.users import User


class Mail(models.Model):
    """A mail that is still to be sent; see cms/mailing.py. It goes when its receiver's account goes.

    Somebody without an account has an ``address`` instead.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    to = models.ForeignKey(User, models.CASCADE, related_name="+", null=True)
    address = models.EmailField(blank=True)
    template = models.SlugField()
    subject = models.CharField(max_length=200)
    context = models.JSONField(default=dict)
    due_at = models.DateTimeField(default=timezone.now, null=True, db_index=True)
    """Nothing when it was given up."""

    attempts = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)
    """What the mail server said the last time; for administrators only, since it may hold the address."""

    class Meta:
        verbose_name = "niet bezorgde mail"
        verbose_name_plural = "niet bezorgde mail"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to=None, address__gt="") | models.Q(to__isnull=False, address=""),
                name="mail_has_one_receiver",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def receiver(self) -> User:
        """Raises ValueError for a mail to somebody without an account."""
        if self.to is None:
            raise ValueError("This mail goes to somebody without an account")
        return self.to
