"""Logos that representatives send for an entry: none of the images of the site, and nobody's until it is published."""

import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cms.storage import private_storage


def name_on_disk(logo: "Logo", filename: str) -> str:
    return f"logos/{uuid.uuid4().hex}.png"


class Logo(models.Model):
    """A picture as it was drawn again; an entry shows the one that its published version names."""

    entry = models.ForeignKey("pages.EntryPage", models.CASCADE, related_name="logos", verbose_name="vermelding")
    file = models.ImageField(
        "bestand", upload_to=name_on_disk, storage=private_storage, width_field="width", height_field="height"
    )
    width = models.PositiveSmallIntegerField("breedte", editable=False)
    height = models.PositiveSmallIntegerField("hoogte", editable=False)
    alt = models.CharField("wat staat er op het logo?", max_length=120)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="van"
    )
    made_at = models.DateTimeField("gestuurd op", default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = "logo"
        verbose_name_plural = "logo’s"

    def __str__(self) -> str:
        return f"{self.alt} ({date_format(timezone.localtime(self.made_at), 'j F Y')})"

    def get_absolute_url(self) -> str:
        return reverse("pages:logo", args=[self.pk])
