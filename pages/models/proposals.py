"""Networks and other entries that members propose, until an editor decides."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from pages.models.criteria import CATEGORIES_OF_ENTRIES
from pages.models.entries import EntryPage


def new_key() -> str:
    return secrets.token_urlsafe(32)


class Proposal(models.Model):
    """What should stand on the site too; it gives no right to anything.

    Somebody without an account writes it first and sends it after signing in: until then whoever holds the key may.
    """

    class State(models.TextChoices):
        UNSENT = "onverstuurd", "nog niet verstuurd"
        OPEN = "open", "wacht op de redactie"
        ACCEPTED = "aangenomen", "aangenomen"
        DUPLICATE = "staat-er-al", "stond er al"
        DECLINED = "afgewezen", "niet aangenomen"

    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="proposals", verbose_name="voorgedragen door"
    )
    category = models.CharField(
        "wat is het?", max_length=40, choices=[(category.value, category.label) for category in CATEGORIES_OF_ENTRIES]
    )
    title = models.CharField("naam", max_length=200)
    text = models.TextField("wat doen ze voor flexibel opleiden?", max_length=1500)
    url = models.URLField("website", max_length=500, blank=True)
    on_behalf_of = models.CharField("namens wie?", max_length=200, blank=True)
    made_at = models.DateTimeField("geschreven op", default=timezone.now, db_index=True)
    state = models.CharField("stand", max_length=12, choices=State, default=State.UNSENT, db_index=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField("besloten op", null=True)
    reason = models.TextField("reden", max_length=600, blank=True)
    entry = models.ForeignKey(EntryPage, models.SET_NULL, null=True, related_name="+", verbose_name="vermelding")
    """What was made of it, or what stood there already."""

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = "voordracht"
        verbose_name_plural = "voordrachten"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("unsent_proposal", args=[self.key])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN
