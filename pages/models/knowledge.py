"""Bronnen en voorbeelden: resources elsewhere, and articles of our own."""

from itertools import groupby
from typing import Any

from django.db import models
from django.http import HttpRequest
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.categories import Category, Kind
from cms.models import Link
from pages.models.base import (
    NO_CHILDREN,
    SECTORS_PANEL,
    SUBJECTS_PANEL,
    AboutSubjects,
    EditorNote,
    FixedAddress,
    SitePage,
)


class KnowledgeIndexPage(FixedAddress, SitePage):
    """All resources and articles."""

    category = Category.KNOWLEDGE
    fixed_slug = "bronnen"

    intro = models.TextField("inleiding", max_length=400, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    promote_panels = FixedAddress.promote_panels
    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ResourcePage", "pages.ArticlePage"]
    max_count = 1

    class Meta:
        verbose_name = "bronnen en voorbeelden"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        kinds = list(ResourcePage.ResourceKind)
        resources = sorted(
            ResourcePage.objects.live().public().order_by("title"), key=lambda resource: kinds.index(resource.kind)
        )
        groups = groupby(resources, key=ResourcePage.get_kind_display)
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {
            **context,
            "articles": ArticlePage.objects.live().public().order_by("title"),
            "resource_groups": [(label, list(found)) for label, found in groups],
        }


class ResourcePage(AboutSubjects, EditorNote, SitePage):
    """Something worth reading or following elsewhere, with who offers it."""

    category = Category.KNOWLEDGE
    search_kind = Kind.RESOURCE

    class ResourceKind(models.TextChoices):
        INFORMATION = "informatie", "Informatie"
        TRAINING = "scholing", "Scholing"
        BEST_PRACTICE = "best-practice", "Goed voorbeeld"
        PUBLICATION = "publicatie", "Publicatie"
        TOOL = "tool", "Hulpmiddel"
        OVERVIEW = "overzicht", "Overzicht"

    kind = models.CharField("soort", max_length=16, choices=ResourceKind)
    description = models.TextField("wat je er vindt", max_length=1000)
    website = models.URLField("adres", max_length=500, blank=True, help_text="Laat leeg zolang je het niet zeker weet.")
    source_text = models.CharField("linktekst of domein in de bron", max_length=255, blank=True)
    organisation = models.ForeignKey(
        "cms.Organisation", models.SET_NULL, null=True, blank=True, related_name="resources", verbose_name="aanbieder"
    )
    provider_entry = models.ForeignKey(
        "pages.EntryPage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="resources",
        verbose_name="aanbieder met een vermelding",
    )
    authors = models.CharField("auteurs", max_length=300, blank=True)
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    data_from = models.PositiveSmallIntegerField("gegevens uit het jaar", null=True, blank=True)
    checked_on = models.DateField("laatst gecontroleerd", null=True, blank=True)
    related = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="hoort bij"
    )

    page_relations = ["organisation"]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["kind", "description"], "Wat is het"),
        MultiFieldPanel([FieldRowPanel(["website", "source_text"])], "Waar vind je het"),
        MultiFieldPanel(
            ["organisation", PageChooserPanel("provider_entry"), FieldRowPanel(["authors", "year"])], "Van wie"
        ),
        SUBJECTS_PANEL,
        PageChooserPanel("related"),
        FieldRowPanel(["data_from", "checked_on"]),
        FieldPanel("editor_note"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("description"), index.SearchField("authors")]
    parent_page_types = ["pages.KnowledgeIndexPage"]
    subpage_types = NO_CHILDREN

    class Meta:
        verbose_name = "bron"
        verbose_name_plural = "bronnen"


class ArticlePage(AboutSubjects, EditorNote, SitePage):
    """A piece of our own that explains something."""

    category = Category.KNOWLEDGE
    search_kind = Kind.ARTICLE

    summary = models.TextField("samenvatting", max_length=400)
    body = StreamField(BodyBlock(), blank=True, verbose_name="inhoud")
    sectors = ParentalManyToManyField("cms.Sector", blank=True, related_name="articlepages", verbose_name="sectoren")

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([SUBJECTS_PANEL, SECTORS_PANEL], "Waarover en voor wie"),
        InlinePanel("references", heading="Literatuur", label="bron"),
        FieldPanel("editor_note"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    parent_page_types = ["pages.KnowledgeIndexPage"]
    subpage_types = NO_CHILDREN

    class Meta:
        verbose_name = "artikel"
        verbose_name_plural = "artikelen"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "references": self.references.select_related("resource")}


class ArticleReference(Link):
    """A line of literature under an article; it leads to the resource's own page when there is one."""

    article = ParentalKey(ArticlePage, on_delete=models.CASCADE, related_name="references")
    resource = models.ForeignKey(
        ResourcePage, models.SET_NULL, null=True, blank=True, related_name="cited_in", verbose_name="bron op deze site"
    )
    authors = models.CharField("auteurs", max_length=300, blank=True)
    year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)

    panels = [PageChooserPanel("resource"), FieldRowPanel(["authors", "year"]), *Link.panels]
