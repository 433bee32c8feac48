"""What several page types share."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page


class FixedAddress(models.Model):
    """A page that stands at one address for ever; links all over the site rely on it."""

    fixed_slug: ClassVar[str]

    promote_panels = [MultiFieldPanel(["seo_title", "search_description"], "Voor zoekmachines")]
    max_count = 1

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug != self.fixed_slug:  # type: ignore[attr-defined]
            raise ValidationError({"slug": f"Het adres van deze pagina is altijd ‘{self.fixed_slug}’."})

    def full_clean(self, *args: object, **kwargs: object) -> None:
        if not self.slug:  # type: ignore[has-type]
            self.slug = self.fixed_slug
        super().full_clean(*args, **kwargs)  # type: ignore[arg-type]


class AboutSubjects(models.Model):
    """Something that is about subjects of the controlled list."""

    subjects = ParentalManyToManyField("cms.Subject", blank=True, related_name="%(class)ss", verbose_name="onderwerpen")

    subjects_panel = FieldPanel("subjects")

    class Meta:
        abstract = True


class EditorNote(models.Model):
    """A page with a note that only editors see."""

    editor_note = models.TextField("notitie voor de redactie", blank=True, help_text="Bezoekers zien dit niet.")

    class Meta:
        abstract = True


NO_CHILDREN: list[str] = []
__all__ = ["NO_CHILDREN", "AboutSubjects", "EditorNote", "FixedAddress", "Page"]
