"""The controlled lists that everything on the site is labelled with."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField


class LabelManager(models.Manager[Any]):
    def get_by_natural_key(self, slug: str) -> Any:
        return self.get(slug=slug)


class Label(models.Model):
    """A value of a controlled list, known in addresses by its slug."""

    name = models.CharField("naam", max_length=120)
    slug = models.SlugField(
        "adresdeel", max_length=120, unique=True, help_text="Staat in webadressen: verander het niet."
    )
    sort_order = models.PositiveSmallIntegerField("volgorde", default=0)

    objects = LabelManager()

    class Meta:
        abstract = True
        ordering = ["sort_order", "name"]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Subject(ClusterableModel, Label):
    """What something is about. One list for entries, topics, people, activities and resources."""

    class Tier(models.TextChoices):
        CORE = "kern", "Kernonderwerp"
        DEEPENING = "verdieping", "Verdieping"
        REGIONAL = "regio", "Regionaal vraagstuk"

    tier = models.CharField(
        "soort",
        max_length=12,
        choices=Tier,
        default=Tier.DEEPENING,
        help_text="Kernonderwerpen staan vooraan in de Wegwijzer en de filters.",
    )
    scope = models.TextField(
        "waar het over gaat", max_length=400, help_text="Eén zin, boven aan de pagina van dit onderwerp."
    )
    intro = RichTextField("inleiding", blank=True, help_text="Mag leeg blijven. Staat onder de eerste zin.")

    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        MultiFieldPanel(["scope", "intro"], "Op de pagina van dit onderwerp"),
        MultiFieldPanel(["tier", "sort_order"], "Plaats in lijsten"),
        InlinePanel("terms", heading="Andere woorden", label="woord"),
    ]

    class Meta(Label.Meta):
        verbose_name = "onderwerp"
        verbose_name_plural = "onderwerpen"

    def get_absolute_url(self) -> str:
        return reverse("search:subject", args=[self.slug])

    def words(self) -> str:
        """What people type when they mean this subject, for lists in the admin."""
        return ", ".join(term.term for term in self.terms.all() if term.meaning == SubjectTerm.Meaning.SAME)

    words.short_description = "andere woorden"  # type: ignore[attr-defined]


class SubjectTerm(models.Model):
    """A word that people type when they mean a subject, or mix up with it."""

    class Meaning(models.TextChoices):
        SAME = "zelfde", "betekent hetzelfde"
        OTHER = "anders", "lijkt erop, maar is iets anders"

    subject = ParentalKey(Subject, on_delete=models.CASCADE, related_name="terms", verbose_name="onderwerp")
    term = models.CharField("woord of woorden", max_length=120)
    meaning = models.CharField(
        "betekenis",
        max_length=8,
        choices=Meaning,
        default=Meaning.SAME,
        help_text="Wie een woord zoekt dat hetzelfde betekent, vindt dit onderwerp. "
        "Bij een woord dat iets anders is juist niet.",
    )

    class Meta:
        verbose_name = "ander woord"
        verbose_name_plural = "andere woorden"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                "term",
                condition=models.Q(meaning="zelfde"),
                name="term_means_one_subject",
                violation_error_message="Dit woord hoort al bij een onderwerp.",
            )
        ]

    def __str__(self) -> str:
        return self.term

    def clean(self) -> None:
        super().clean()
        self.term = " ".join(self.term.split())
        taken = SubjectTerm.objects.filter(term__iexact=self.term, meaning=self.Meaning.SAME).exclude(pk=self.pk)
        if self.meaning == self.Meaning.SAME and (other := taken.first()):
            raise ValidationError({"term": f"Dit woord hoort al bij het onderwerp ‘{other.subject}’."})


class Sector(Label):
    """A part of education: po, vo, mbo, hbo ...; an umbrella such as ho has parts."""

    abbreviation = models.CharField("afkorting", max_length=20)
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name="onderdeel van"
    )

    panels = [FieldPanel(name) for name in ("abbreviation", "name", "slug", "part_of", "sort_order")]

    class Meta(Label.Meta):
        verbose_name = "sector"
        verbose_name_plural = "sectoren"

    def __str__(self) -> str:
        return self.abbreviation


class Region(Label):
    """A province, *landelijk*, or a region that an editor added."""

    panels = [FieldPanel(name) for name in ("name", "slug", "sort_order")]

    class Meta(Label.Meta):
        verbose_name = "regio"
        verbose_name_plural = "regio's"
