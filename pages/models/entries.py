"""Entries (vermeldingen): networks, partnerships and research groups, in one table that others point at."""

from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.utils.timezone import localdate
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.categories import Category, Kind
from cms.models import Link, User
from pages.currency.ladder import is_unconfirmed
from pages.models.base import NO_CHILDREN, SECTORS_PANEL, SUBJECTS_PANEL, EditorNote, SitePage
from pages.permissions import EntryPermissions
from pages.querysets import EntryQuerySet

EntryManager = PageManager.from_queryset(EntryQuerySet)


OWN_LISTS = ["links", "names", "people", "regions", "sectors", "subjects"]


class EntryPage(EditorNote, SitePage):
    """What one network, partnership or research group is, and how you join it."""

    category: ClassVar[Category]
    search_kind: ClassVar[Kind]

    class Stage(models.TextChoices):
        ACTIVE = "actief", "Actief"
        DEVELOPING = "in-ontwikkeling", "In ontwikkeling"

    class Ending(models.TextChoices):
        DISSOLVED = "opgeheven", "Opgeheven"
        MERGED = "opgegaan", "Opgegaan in een ander verband"
        RENAMED = "hernoemd", "Gaat verder onder een andere naam"
        SPLIT = "gesplitst", "Gesplitst"
        PARTLY_TAKEN_OVER = "deels-overgenomen", "Deels overgenomen"

    class Checker(models.TextChoices):
        EDITORS = "redactie", "de redactie"
        REPRESENTATIVE = "vertegenwoordiger", "een vertegenwoordiger"

    abbreviation = models.CharField("afkorting", max_length=40, blank=True)
    is_overview = models.BooleanField(
        "landelijk overzicht", default=False, help_text="Staat vooraan in de categorie en kan niet eindigen."
    )
    blurb = models.TextField(
        "wat doen jullie voor flexibel opleiden?",
        max_length=2500,
        help_text="80 tot 200 woorden, in je eigen woorden. De eerste zin staat ook in lijsten.",
    )
    audience = models.TextField("voor wie?", max_length=600, blank=True)
    how_to_join = models.TextField("hoe doe je mee?", max_length=1000, blank=True)
    offers = models.TextField("wat is er te doen?", max_length=1000, blank=True, help_text="Eén ding per regel.")
    examples = models.TextField("goede voorbeelden", max_length=2000, blank=True, help_text="Eén per alinea.")
    body = StreamField(BodyBlock(), blank=True, verbose_name="meer")
    driving_force = models.CharField(
        "trekker", max_length=200, blank=True, help_text="Wie het netwerk draaiende houdt."
    )
    organisation = models.ForeignKey(
        "cms.Organisation", models.SET_NULL, null=True, blank=True, related_name="entries", verbose_name="instelling"
    )

    logo = models.ForeignKey(
        "pages.Logo", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="logo"
    )
    website = models.URLField(
        "website", max_length=500, blank=True, help_text="Laat leeg zolang je het niet zeker weet."
    )
    website_source_text = models.CharField("linktekst in de bron", max_length=255, blank=True)
    linkedin_name = models.CharField("naam op LinkedIn", max_length=200, blank=True)
    linkedin_url = models.URLField("adres op LinkedIn", max_length=500, blank=True)
    newsletter_url = models.URLField("nieuwsbrief", max_length=500, blank=True)
    contact_name = models.CharField("contactpersoon", max_length=120, blank=True)
    contact_url = models.URLField(
        "contactpagina", max_length=500, blank=True, help_text="Een pagina met een formulier; geen e-mailadres."
    )

    subjects = ParentalManyToManyField("cms.Subject", blank=True, related_name="entries", verbose_name="onderwerpen")
    sectors = ParentalManyToManyField("cms.Sector", blank=True, related_name="entries", verbose_name="sectoren")
    regions = ParentalManyToManyField("cms.Region", blank=True, related_name="entries", verbose_name="regio's")
    region_text = models.CharField(
        "regio in eigen woorden", max_length=120, blank=True, help_text="Bijvoorbeeld: Zuidoost-Nederland."
    )

    stage = models.CharField("stand", max_length=16, choices=Stage, default=Stage.ACTIVE)
    ended_on = models.DateField("eerste dag dat het niet meer bestaat", null=True, blank=True, editable=False)
    """Changed by pages/lifecycle/ alone, and no part of what a revision brings back; so is how it ended."""

    ended_as = models.CharField("hoe het eindigde", max_length=20, choices=Ending, blank=True, editable=False)
    intended_successor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="intended_for", verbose_name="beoogde opvolger"
    )
    intended_successor_text = models.CharField(
        "toelichting bij de beoogde opvolger",
        max_length=255,
        blank=True,
        help_text="Een voornemen. Het beëindigt deze vermelding niet.",
    )

    criterion = models.ForeignKey(
        "pages.Criterion",
        models.PROTECT,
        null=True,  # a draft may do without
        related_name="entries",
        verbose_name="op grond waarvan staat dit hier?",
        help_text="Zonder grond komt een vermelding niet op de site. Lezers zien hem erbij staan.",
        error_messages={"blank": "Kies op grond waarvan dit hier staat; zonder grond komt het niet op de site."},
    )
    proposed_by = models.CharField(
        "voorgedragen door",
        max_length=200,
        blank=True,
        help_text="Zichtbaar voor lezers, dus een instelling of een rol. Leeg betekent: de redactie.",
    )
    listing_reason = models.TextField("toelichting bij de grond", max_length=600, blank=True)
    source = models.CharField("bron", max_length=300, blank=True, help_text="Waar de redactie dit vandaan heeft.")
    data_from = models.PositiveSmallIntegerField("gegevens uit het jaar", null=True, blank=True)
    checked_on = models.DateField("laatst gecontroleerd", null=True, blank=True)
    checked_by = models.CharField("gecontroleerd door", max_length=20, choices=Checker, blank=True)
    review_on = models.DateField("opnieuw nakijken op", null=True, blank=True)
    review_days = models.PositiveSmallIntegerField(
        "om de hoeveel dagen nakijken", default=365, validators=[MinValueValidator(30), MaxValueValidator(3 * 365)]
    )

    objects = EntryManager()
    page_relations = ["organisation", "criterion"]
    page_lists = OWN_LISTS
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["abbreviation", "is_overview", "organisation", "driving_force"], "Wat is het"),
        MultiFieldPanel(["blurb", "audience", "how_to_join", "offers", "examples"], "Het stukje"),
        MultiFieldPanel(
            [
                FieldRowPanel(["website", "website_source_text"]),
                FieldRowPanel(["linkedin_name", "linkedin_url"]),
                FieldRowPanel(["newsletter_url"]),
                FieldRowPanel(["contact_name", "contact_url"]),
            ],
            "Waar je het vindt",
        ),
        InlinePanel("links", heading="Meer links", label="link"),
        InlinePanel("people", heading="Mensen", label="persoon"),
        FieldPanel("body"),
    ]
    label_panels = [
        SUBJECTS_PANEL,
        SECTORS_PANEL,
        MultiFieldPanel([FieldPanel("regions", widget=CheckboxSelectMultiple), "region_text"], "Regio"),
        InlinePanel("names", heading="Andere namen", label="naam"),
    ]
    lifecycle_panels = [
        FieldPanel("stage"),
        HelpPanel("Bestaat het niet meer? Kies boven aan deze pagina ‘Levensloop’: daar beëindig je het."),
        MultiFieldPanel([PageChooserPanel("intended_successor"), "intended_successor_text"], "Beoogde opvolger"),
    ]
    currency_panels = [
        HelpPanel("Wat hier staat, beantwoordt de vraag van lezers: wie beslist, en klopt dit nog?"),
        MultiFieldPanel(["criterion", "listing_reason", "proposed_by", "source"], "Waarom staat dit hier?"),
        FieldRowPanel(["data_from", "checked_on", "checked_by", "review_on", "review_days"]),
        FieldPanel("editor_note"),
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("abbreviation"),
        index.SearchField("blurb"),
        index.SearchField("editor_note"),
    ]
    exclude_fields_in_copy = ["ended_on", "ended_as"]
    template = "pages/entry_page.html"
    parent_page_types: ClassVar[list[str]] = []
    subpage_types = NO_CHILDREN
    is_creatable = False

    class Meta:
        verbose_name = "vermelding"
        verbose_name_plural = "vermeldingen"

    def clean(self) -> None:
        super().clean()
        errors = {}
        if self.is_overview and self.ended_on:
            errors["ended_on"] = "Een landelijk overzicht kan niet eindigen."
        if self.ended_on and not self.ended_as:
            errors["ended_as"] = "Kies hoe het eindigde."
        if self.ended_as and not self.ended_on:
            errors["ended_on"] = "Vul de dag in waarop het ophield te bestaan."
        if self.intended_successor_id and self.intended_successor_id == self.pk:
            errors["intended_successor"] = "Een vermelding kan niet zichzelf opvolgen."
        if errors:
            raise ValidationError(errors)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from pages.mentions import mentions_of

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        own = {name: getattr(self, name).all() for name in OWN_LISTS}
        return {**context, **own, "mentions": mentions_of(self.pk) if self.pk else None}

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """A text of before it ended, or one that was sent before, does not bring it back."""
        page: Self = super().with_content_json(content)
        now = EntryPage.objects.filter(pk=self.pk).values_list("ended_on", "ended_as").first()
        page.ended_on, page.ended_as = now or (None, "")
        return page

    def permissions_for_user(self, user: User) -> EntryPermissions:
        return EntryPermissions(user, self)

    @property
    def trail(self) -> list[tuple[str, str]]:
        return [("Home", "/"), (self.category.label, f"/{self.category}/")]

    @property
    def has_ended(self) -> bool:
        return bool(self.ended_on and self.ended_on <= localdate())

    def note_checked(self, on: date, by: Checker) -> None:
        """Somebody looked at it that day; it is not saved yet."""
        self.checked_on, self.checked_by = on, by
        self.review_on, self.data_from = on + timedelta(days=self.review_days), None

    @property
    def is_unconfirmed(self) -> bool:
        """Whether nobody said in time that it still holds; readers are told so."""
        return not self.has_ended and is_unconfirmed(self.review_on, localdate())

    @property
    def summary(self) -> str:
        """The first sentence of the blurb, for lists."""
        first, mark, _rest = self.blurb.partition(". ")
        return f"{first}{mark}".strip()

    @property
    def offer_list(self) -> list[str]:
        return [line.strip() for line in self.offers.splitlines() if line.strip()]


class NetworkPage(EntryPage):
    category = Category.NETWORKS
    search_kind = Kind.NETWORK

    class NetworkKind(models.TextChoices):
        NETWORK = "netwerk", "Netwerk"
        THEME_GROUP = "themagroep", "Themagroep"
        LEARNING_NETWORK = "leernetwerk", "Leernetwerk"
        PLATFORM = "platform", "Platform"
        ASSOCIATION = "vereniging", "Vereniging"
        UMBRELLA = "koepel", "Koepel"
        COOPERATIVE = "cooperatie", "Coöperatie"
        PROGRAMME = "programma", "Programma"

    kind = models.CharField("soort", max_length=32, choices=NetworkKind)

    parent_page_types = ["pages.NetworkIndexPage"]
    template = EntryPage.template

    class Meta:
        verbose_name = "netwerk"
        verbose_name_plural = "netwerken"


class PartnershipPage(EntryPage):
    """A regional partnership, or the national overview of one sort of them."""

    category = Category.PARTNERSHIPS
    search_kind = Kind.PARTNERSHIP

    class PartnershipKind(models.TextChoices):
        RAPS = "raps", "Regionale aanpak personeelstekort"
        TRAINING_PARTNERSHIP = "partnerschap-samen-opleiden", "Partnerschap Samen Opleiden"
        PO_ACADEMY = "po-academie", "PO-Academie"
        ALLIANCE = "educatieve-alliantie", "Educatieve alliantie"
        EDUCATION_REGION = "onderwijsregio", "Onderwijsregio"

    kind = models.CharField("soort", max_length=32, choices=PartnershipKind, blank=True)
    partners = models.TextField("wie doen er mee", max_length=1000, blank=True, help_text="Eén partner per regel.")
    aims = models.TextField("wat ze willen bereiken", max_length=1000, blank=True, help_text="Eén doel per regel.")

    parent_page_types = ["pages.PartnershipIndexPage"]
    template = EntryPage.template

    class Meta:
        verbose_name = "regionaal samenwerkingsverband"
        verbose_name_plural = "regionale samenwerkingsverbanden"

    @property
    def partner_list(self) -> list[str]:
        return [line.strip() for line in self.partners.splitlines() if line.strip()]

    @property
    def aim_list(self) -> list[str]:
        return [line.strip() for line in self.aims.splitlines() if line.strip()]


class ResearchGroupPage(EntryPage):
    category = Category.RESEARCH_GROUPS
    search_kind = Kind.RESEARCH_GROUP

    class ResearchGroupKind(models.TextChoices):
        OVERVIEW = "overzicht", "Landelijk overzicht"
        PRACTORATE = "practoraat", "Practoraat"
        LECTORATE = "lectoraat", "Lectoraat"
        CHAIR = "leerstoel", "Leerstoel"
        RESEARCH_LINE = "onderzoekslijn", "Onderzoekslijn"

    kind = models.CharField("soort", max_length=32, choices=ResearchGroupKind)

    parent_page_types = ["pages.ResearchGroupIndexPage"]
    template = EntryPage.template

    class Meta:
        verbose_name = "onderzoeksgroep"
        verbose_name_plural = "onderzoeksgroepen"


ENTRY_MODELS: list[type[EntryPage]] = [NetworkPage, PartnershipPage, ResearchGroupPage]


def _edit_handler(page_type: type[EntryPage], kind_panels: list[str]) -> TabbedInterface:
    """The tabs in the order in which an editor thinks: what it is, where it belongs, does it still hold."""
    return TabbedInterface(
        [
            ObjectList([*Page.content_panels, *kind_panels, *page_type.content_panels[1:]], heading="Inhoud"),
            ObjectList(page_type.label_panels, heading="Onderwerpen en regio"),
            ObjectList(page_type.lifecycle_panels, heading="Levensloop"),
            ObjectList(page_type.currency_panels, heading="Actueel"),
            ObjectList(page_type.promote_panels, heading="Adres en zoekmachines"),
        ]
    )


NetworkPage.edit_handler = _edit_handler(NetworkPage, ["kind"])
PartnershipPage.edit_handler = _edit_handler(PartnershipPage, ["kind", "partners", "aims"])
ResearchGroupPage.edit_handler = _edit_handler(ResearchGroupPage, ["kind"])


class EntryName(Orderable):
    """Another name that people know an entry by; search finds it too."""

    entry = ParentalKey(EntryPage, on_delete=models.CASCADE, related_name="names")
    name = models.CharField("naam", max_length=200)
    is_former = models.BooleanField("vroegere naam", default=False)

    panels = [FieldRowPanel(["name", "is_former"])]

    def __str__(self) -> str:
        return self.name


class EntryPerson(Orderable):
    """Someone who leads a group; only what the group itself made public."""

    entry = ParentalKey(EntryPage, on_delete=models.CASCADE, related_name="people")
    name = models.CharField("naam", max_length=120)
    title = models.CharField("titel", max_length=40, blank=True)
    role = models.CharField("rol", max_length=80, blank=True)
    url = models.URLField("eigen pagina", max_length=500, blank=True)

    panels = [FieldRowPanel(["title", "name"]), FieldRowPanel(["role", "url"])]

    def __str__(self) -> str:
        return f"{self.title} {self.name}".strip()


class EntryLink(Link):
    entry = ParentalKey(EntryPage, on_delete=models.CASCADE, related_name="links")
