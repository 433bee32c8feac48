"""What members write to each other through the platform, without either seeing the other's address."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from forum_integration.models.moderation import Reported


class PersonalMessage(models.Model):
    """From one member to another; only these two read it, and a moderator once it is reported."""

    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sent_messages", verbose_name="van"
    )
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="received_messages", verbose_name="aan"
    )
    text = models.TextField("bericht")
    sent_on = models.DateTimeField("verstuurd op", default=timezone.now, db_index=True)
    is_read = models.BooleanField("gelezen", default=False)
    """Whether the recipient opened it on the site; who sent it is not told."""

    class Meta:
        verbose_name = "persoonlijk bericht"
        verbose_name_plural = "persoonlijke berichten"
        constraints = [models.CheckConstraint(condition=~Q(sender=F("recipient")), name="nobody_writes_to_oneself")]
        indexes = [
            models.Index(fields=["sender", "recipient"], name="messages_of_two_members"),
            models.Index(fields=["recipient"], condition=Q(is_read=False), name="unread_messages"),
        ]

    def __str__(self) -> str:
        return f"van {self.sender_id} aan {self.recipient_id}"


class MessageReport(Reported):
    """That who received a message asks a moderator to read it; open until one did."""

    message = models.OneToOneField(PersonalMessage, models.CASCADE, related_name="report", verbose_name="bericht")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="melder")

    class Meta:
        verbose_name = "melding van een persoonlijk bericht"
        verbose_name_plural = "meldingen van persoonlijke berichten"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: persoonlijk bericht {self.message_id}"


class ContactRefusal(models.Model):
    """That a member wants no more messages of another; the other is not told."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="lid")
    refused = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="geweigerd")

    class Meta:
        verbose_name = "lid van wie iemand geen berichten wil"
        verbose_name_plural = "leden van wie iemand geen berichten wil"
        constraints = [models.UniqueConstraint(fields=["member", "refused"], name="one_refusal_per_member")]

    def __str__(self) -> str:
        return f"{self.member_id} weigert {self.refused_id}"
