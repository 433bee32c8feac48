"""Gesprekskaarten: a misconception, an explanation, and statements to talk about."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.categories import Category, Kind
from pages.models.base import NO_CHILDREN, SUBJECTS_PANEL, AboutSubjects, EditorNote, FixedAddress, SitePage


class CardIndexPage(FixedAddress, SitePage):
    """All cards, and how a group uses them."""

    category = Category.KNOWLEDGE
    fixed_slug = "gesprekskaarten"

    intro = models.TextField("inleiding", max_length=600, blank=True)
    guide = StreamField(BodyBlock(), blank=True, verbose_name="zo gebruik je de kaarten")

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("guide")]
    promote_panels = FixedAddress.promote_panels
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.CardPage"]
    max_count = 1

    class Meta:
        verbose_name = "overzicht van gesprekskaarten"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        cards = CardPage.objects.live().public().order_by("number")
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "cards": cards.annotate(statement_count=models.Count("statements"))}


class CardPage(AboutSubjects, EditorNote, SitePage):
    """The page's title is the misconception."""

    category = Category.KNOWLEDGE
    search_kind = Kind.CARD

    number = models.PositiveSmallIntegerField("nummer", default=1)
    opener = models.TextField("opening", blank=True, help_text="Een kort gesprekje dat het misverstand laat horen.")
    explanation = models.TextField("uitleg", max_length=2500)
    reflection = models.CharField("slotvraag", max_length=300, blank=True)
    session_tip = models.TextField("tip voor de gespreksleider", max_length=600, blank=True)

    page_lists = ["subjects", "statements"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("number"),
        MultiFieldPanel(["opener", "explanation"], "Misverstand en uitleg"),
        InlinePanel("statements", heading="Stellingen", label="stelling", min_num=1),
        MultiFieldPanel(["reflection", "session_tip"], "Afronden"),
        SUBJECTS_PANEL,
        FieldPanel("editor_note"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("explanation")]
    parent_page_types = ["pages.CardIndexPage"]
    subpage_types = NO_CHILDREN

    class Meta:
        verbose_name = "gesprekskaart"
        verbose_name_plural = "gesprekskaarten"


class CardStatement(Orderable):
    card = ParentalKey(CardPage, on_delete=models.CASCADE, related_name="statements")
    text = models.TextField("stelling", max_length=400)

    panels = [FieldPanel("text")]

    def __str__(self) -> str:
        return self.text
