from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable


class Link(Orderable):
    """A way to something elsewhere; an address that nobody checked yet stays empty and reads "Adres volgt"."""

    title = models.CharField("titel", max_length=255)
    url = models.URLField(
        "adres", max_length=500, blank=True, help_text="Laat leeg zolang je het adres niet zeker weet."
    )
    source_text = models.CharField(
        "linktekst in de bron",
        max_length=255,
        blank=True,
        help_text="Staat bij ‘Adres volgt’, zodat lezers weten waar ze zelf kunnen zoeken.",
    )
    description = models.CharField("toelichting", max_length=500, blank=True)

    panels = [FieldRowPanel(["title", "url"]), FieldPanel("source_text"), FieldPanel("description")]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title
