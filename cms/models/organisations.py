from django.db import models
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel

from cms.models.links import Link
from cms.models.subjects import LabelManager


class Organisation(ClusterableModel):
    """An institution, association or publisher that other things on the site belong to or come from."""

    class Kind(models.TextChoices):
        COLLEGE = "hogeschool", "Hogeschool"
        UNIVERSITY = "universiteit", "Universiteit"
        GOVERNMENT = "overheid", "Overheid"
        KNOWLEDGE = "kennisorganisatie", "Kennisorganisatie"
        PROGRAMME = "programma", "Programma"
        COMPANY = "bedrijf", "Bedrijf"
        WEBSITE = "website", "Website"
        GROUP = "groep", "Groep"
        NETWORK = "netwerk", "Netwerk"
        PLATFORM = "platform", "Platform"
        ASSOCIATION = "vereniging", "Vereniging"
        UMBRELLA = "koepel", "Koepelorganisatie"
        COOPERATIVE = "cooperatie", "Coöperatie"

    name = models.CharField("naam", max_length=200)
    slug = models.SlugField("adresdeel", max_length=120, unique=True)
    abbreviation = models.CharField("afkorting", max_length=40, blank=True)
    kind = models.CharField("soort", max_length=20, choices=Kind)
    description = models.TextField("wat het is of doet", max_length=600, blank=True)
    website = models.URLField("website", max_length=500, blank=True)
    domain = models.CharField(
        "domein in de bron",
        max_length=120,
        blank=True,
        help_text="Wordt geen link zolang niemand het adres heeft nagekeken.",
    )
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name="onderdeel van"
    )
    subjects = models.ManyToManyField(
        "cms.Subject", blank=True, related_name="organisations", verbose_name="onderwerpen"
    )
    sectors = models.ManyToManyField("cms.Sector", blank=True, related_name="organisations", verbose_name="sectoren")
    is_public = models.BooleanField("staat op de site", default=True)
    editor_note = models.TextField("notitie voor de redactie", blank=True, help_text="Bezoekers zien dit niet.")

    objects = LabelManager()

    panels = [
        MultiFieldPanel(["name", "slug", "abbreviation", "kind", "part_of"], "Wat is het"),
        FieldPanel("description"),
        MultiFieldPanel(["website", "domain"], "Website"),
        MultiFieldPanel(
            [FieldPanel(name, widget=CheckboxSelectMultiple) for name in ("subjects", "sectors")],
            "Waarover en voor wie",
        ),
        InlinePanel("links", heading="Links", label="link"),
        MultiFieldPanel(["is_public", "editor_note"], "Voor de redactie"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("pages:organisation", args=[self.slug])


class OrganisationLink(Link):
    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="links")
