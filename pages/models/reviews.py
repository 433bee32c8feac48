from django.conf import settings
from django.db import models

from pages.models.entries import EntryPage


class ReviewReminder(models.Model):
    """That somebody was asked by mail whether an entry still holds: once for each step of each review."""

    entry = models.ForeignKey(EntryPage, models.CASCADE, related_name="review_reminders", verbose_name="vermelding")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_reminders", verbose_name="aan"
    )
    step = models.SmallIntegerField("dagen na de dag van nakijken")
    review_on = models.DateField("na te kijken op")
    sent_on = models.DateField("gevraagd op", db_index=True)

    class Meta:
        verbose_name = "vraag of een vermelding nog klopt"
        verbose_name_plural = "vragen of een vermelding nog klopt"
        constraints = [
            models.UniqueConstraint(fields=["entry", "person", "step", "review_on"], name="one_reminder_per_step")
        ]

    def __str__(self) -> str:
        return f"{self.entry}, {self.sent_on:%d-%m-%Y}"
