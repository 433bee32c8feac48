from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks import BodyBlock
from pages.models.base import EditorNote, SitePage


class StandardPage(EditorNote, SitePage):
    """A page of the site's own: about, who decides, accessibility, privacy."""

    intro = models.TextField("inleiding", max_length=400, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name="inhoud")

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body"), FieldPanel("editor_note")]
    search_fields = [*Page.search_fields, index.SearchField("intro"), index.SearchField("body")]
    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]

    class Meta:
        verbose_name = "gewone pagina"
        verbose_name_plural = "gewone pagina's"
