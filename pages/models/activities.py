"""Activities: study days, network meetings, training."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.timezone import localdate
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.categories import Category, Kind
from cms.models import Link
from pages.models.base import NO_CHILDREN, SUBJECTS_PANEL, AboutSubjects, EditorNote, FixedAddress, SitePage
from pages.querysets import ActivityQuerySet

ActivityManager = PageManager.from_queryset(ActivityQuerySet)


class ActivityIndexPage(FixedAddress, SitePage):
    """What is coming, and below it what has been."""

    category = Category.KNOWLEDGE
    fixed_slug = "agenda"

    intro = models.TextField("inleiding", max_length=400, blank=True)
    guide = StreamField(BodyBlock(), blank=True, verbose_name="soorten activiteiten")

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("guide")]
    promote_panels = FixedAddress.promote_panels
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ActivityPage"]
    max_count = 1

    class Meta:
        verbose_name = "agenda"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        activities, today = ActivityPage.objects.live().public(), localdate()
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "coming": activities.coming(today), "past": activities.past(today)}


class ActivityPage(AboutSubjects, EditorNote, SitePage):
    category = Category.KNOWLEDGE
    search_kind = Kind.ACTIVITY

    class ActivityKind(models.TextChoices):
        STUDY_DAY = "studiedag", "Studiedag"
        NETWORK_MEETING = "netwerkbijeenkomst", "Netwerkbijeenkomst"
        KNOWLEDGE_SESSION = "kennisdeelsessie", "Kennisdeelsessie"
        SPARRING = "sparringssessie", "Sparringssessie met een expert"
        LEARNING_NETWORK = "leernetwerk", "Leernetwerk of learning community"
        LESSON_STUDY = "lesson-study", "Lesson Study"
        COACHING = "coaching", "Coaching op het werk"
        WORKSHOP = "workshop", "Workshop"
        CONFERENCE = "congres", "Congres"
        COURSE = "leergang", "Leergang of training"
        TALKS = "gespreksronde", "Gespreksronde"

    class Mode(models.TextChoices):
        ON_SITE = "fysiek", "Op locatie"
        ONLINE = "online", "Online"
        UNKNOWN = "onbekend", "Niet vermeld"

    kind = models.CharField("soort", max_length=20, choices=ActivityKind)
    mode = models.CharField("vorm", max_length=10, choices=Mode, default=Mode.UNKNOWN)
    description = models.TextField("wat er gebeurt", max_length=1500)
    starts_on = models.DateField("eerste dag", null=True, blank=True)
    ends_on = models.DateField("laatste dag", null=True, blank=True)
    start_time = models.TimeField("begint om", null=True, blank=True)
    end_time = models.TimeField("eindigt om", null=True, blank=True)
    date_text = models.CharField(
        "wanneer, in woorden",
        max_length=120,
        blank=True,
        help_text="Voor wat geen vaste dag heeft. De eerste en laatste dag bepalen dan alleen de plaats in de lijst.",
    )
    is_recurring = models.BooleanField("komt vaker terug", default=False)
    is_cancelled = models.BooleanField(
        "gaat niet door", default=False, help_text="Blijft op de agenda staan, met erbij dat het niet doorgaat."
    )
    place = models.CharField("plaats", max_length=200, blank=True)
    participants = models.CharField("voor wie", max_length=200, blank=True)
    organiser = models.ForeignKey(
        "cms.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="organisator",
    )
    organiser_entry = models.ForeignKey(
        "pages.EntryPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="organisator met een vermelding",
    )
    website = models.URLField("adres", max_length=500, blank=True)
    source_text = models.CharField("linktekst of domein in de bron", max_length=255, blank=True)

    objects = ActivityManager()

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldRowPanel(["kind", "mode"]), "description", "participants"], "Wat is het"),
        MultiFieldPanel(
            [
                FieldRowPanel(["starts_on", "ends_on"]),
                FieldRowPanel(["start_time", "end_time"]),
                "date_text",
                FieldRowPanel(["is_recurring", "is_cancelled"]),
                "place",
            ],
            "Wanneer en waar",
        ),
        MultiFieldPanel(["organiser", PageChooserPanel("organiser_entry")], "Van wie"),
        MultiFieldPanel([FieldRowPanel(["website", "source_text"])], "Meer informatie"),
        InlinePanel("links", heading="Meer links", label="link"),
        SUBJECTS_PANEL,
        FieldPanel("editor_note"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("description")]
    parent_page_types = ["pages.ActivityIndexPage"]
    subpage_types = NO_CHILDREN

    class Meta:
        verbose_name = "activiteit"
        verbose_name_plural = "activiteiten"

    def clean(self) -> None:
        super().clean()
        if self.ends_on and not self.starts_on:
            raise ValidationError({"starts_on": "Vul ook de eerste dag in."})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "De laatste dag ligt voor de eerste."})

    @property
    def is_past(self) -> bool:
        last_day = self.ends_on or self.starts_on
        return bool(last_day and last_day < localdate())


class ActivityLink(Link):
    activity = ParentalKey(ActivityPage, on_delete=models.CASCADE, related_name="links")
