from typing import Any

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from pages.models.base import SitePage


class HomePage(SitePage):
    """The front door: the promise, the search box and the four doors."""

    heading = models.CharField("kop", max_length=100, default="Vind de mensen die al bezig zijn met flexibel opleiden")
    intro = models.TextField("inleiding", max_length=300, blank=True)
    search_example = models.CharField(
        "voorbeeld in het zoekvak", max_length=60, default="Bijvoorbeeld: leeruitkomsten beoordelen"
    )
    popular_searches = models.TextField(
        "veel gezocht", blank=True, help_text="Eén zoekterm per regel, hoogstens vijf.", default=""
    )

    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(["heading", "intro"], "Boven aan de pagina"),
        MultiFieldPanel([FieldPanel("search_example"), FieldPanel("popular_searches")], "Zoeken"),
    ]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "pages.ForumPage",
        "pages.NetworkIndexPage",
        "pages.PartnershipIndexPage",
        "pages.ResearchGroupIndexPage",
        "pages.KnowledgeIndexPage",
        "pages.CardIndexPage",
        "pages.ActivityIndexPage",
        "pages.StandardPage",
    ]
    max_count = 1

    class Meta:
        verbose_name = "voorpagina"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from pages.front import coming_activities, four_doors

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "doors": four_doors(), "activities": coming_activities()}

    @property
    def popular_search_terms(self) -> list[str]:
        return [line.strip() for line in self.popular_searches.splitlines() if line.strip()][:5]
