"""The four category pages that editors keep; their addresses are fixed."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.categories import Category
from pages.models.base import NO_CHILDREN, FixedAddress, SitePage


class CategoryPage(FixedAddress, SitePage):
    """A door of the site: what it holds and for whom, in the editor's words."""

    category: ClassVar[Category]

    summary = models.CharField(
        "korte tekst op de deur", max_length=160, help_text="Staat op de voorpagina en boven aan de categorie."
    )
    intro = RichTextField("inleiding", blank=True, features=["bold", "italic", "link", "ul"])

    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("intro")]
    promote_panels = FixedAddress.promote_panels
    parent_page_types = ["pages.HomePage"]
    max_count = 1

    class Meta:
        abstract = True

    @property
    def fixed_slug(self) -> str:  # type: ignore[override]
        return self.category.value


class ForumPage(CategoryPage):
    """The editor's page around the forum; forum_integration draws the forum inside it."""

    category = Category.FORUM
    subpage_types = NO_CHILDREN
    template = "pages/forum_page.html"

    class Meta:
        verbose_name = "forum"


class EntryIndexPage(CategoryPage):
    """A category that lists entries, with filters that narrow each other."""

    template = "pages/entry_index_page.html"

    class Meta:
        abstract = True

    @classmethod
    def entry_model(cls) -> Any:
        """The kind of entry that stands in this category."""
        raise TypeError(f"{cls.__name__} must name its kind of entry")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from pages.listings import EntryListing

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return {**context, "listing": EntryListing(self.entry_model(), request.GET)}


class NetworkIndexPage(EntryIndexPage):
    template = EntryIndexPage.template
    category = Category.NETWORKS
    subpage_types = ["pages.NetworkPage"]

    class Meta:
        verbose_name = "overzicht van netwerken"

    @classmethod
    def entry_model(cls) -> Any:
        from pages.models.entries import NetworkPage

        return NetworkPage


class PartnershipIndexPage(EntryIndexPage):
    template = EntryIndexPage.template
    category = Category.PARTNERSHIPS
    subpage_types = ["pages.PartnershipPage"]

    class Meta:
        verbose_name = "overzicht van regionale samenwerkingsverbanden"

    @classmethod
    def entry_model(cls) -> Any:
        from pages.models.entries import PartnershipPage

        return PartnershipPage


class ResearchGroupIndexPage(EntryIndexPage):
    template = EntryIndexPage.template
    category = Category.RESEARCH_GROUPS
    subpage_types = ["pages.ResearchGroupPage"]

    class Meta:
        verbose_name = "overzicht van onderzoeksgroepen"

    @classmethod
    def entry_model(cls) -> Any:
        from pages.models.entries import ResearchGroupPage

        return ResearchGroupPage


INDEX_MODELS: dict[str, type[EntryIndexPage]] = {
    model.category.value: model for model in (NetworkIndexPage, PartnershipIndexPage, ResearchGroupIndexPage)
}
"""By category, as addresses spell it."""
