"""Entries and knowledge as lists in /beheer/, beside Wagtail's tree of pages; and who represents which entry."""

from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from pages.models import (
    ActivityPage,
    ArticlePage,
    CardPage,
    NetworkPage,
    PartnershipPage,
    Representation,
    ResearchGroupPage,
    ResourcePage,
)


class EntryAdmin(ModelAdmin):
    list_display = ["title", "kind", "live", "checked_on", "data_from", "website"]
    list_filter = ["live", "kind", "subjects", "sectors", "regions"]
    list_export = [
        "title",
        "slug",
        "kind",
        "live",
        "website",
        "checked_on",
        "review_on",
        "data_from",
        "ended_on",
        "editor_note",
    ]
    search_fields = ["title", "abbreviation", "blurb"]
    ordering = ["title"]
    list_per_page = 50
    empty_value_display = "–"


class NetworkAdmin(EntryAdmin):
    model = NetworkPage
    menu_icon = "group"


class PartnershipAdmin(EntryAdmin):
    model = PartnershipPage
    menu_icon = "site"


class ResearchGroupAdmin(EntryAdmin):
    model = ResearchGroupPage
    menu_icon = "search"


class RepresentationAdmin(ModelAdmin):
    model = Representation
    menu_icon = "user"
    list_display = ["user", "entry", "rank"]
    list_export = ["user", "entry", "rank"]
    list_filter = ["rank"]
    list_select_related = ["user", "entry"]
    search_fields = ["user__display_name", "entry__title"]
    ordering = ["entry__title", "rank"]
    empty_value_display = "–"


@modeladmin_register
class EntriesGroup(ModelAdminGroup):
    menu_label = "Vermeldingen"
    menu_icon = "group"
    menu_order = 200
    items = [NetworkAdmin, PartnershipAdmin, ResearchGroupAdmin, RepresentationAdmin]


class KnowledgeAdmin(ModelAdmin):
    list_display = ["title", "live", "latest_revision_created_at"]
    list_filter = ["live", "subjects"]
    list_export = ["title", "slug", "live", "editor_note"]
    search_fields = ["title"]
    ordering = ["title"]
    list_per_page = 50
    empty_value_display = "–"


class ResourceAdmin(KnowledgeAdmin):
    model = ResourcePage
    menu_icon = "link"
    list_display = ["title", "kind", "live", "url", "checked_on", "data_from"]
    list_filter = ["live", "kind", "subjects"]
    list_export = ["title", "slug", "kind", "live", "url", "source_text", "checked_on", "data_from", "editor_note"]


class ArticleAdmin(KnowledgeAdmin):
    model = ArticlePage
    menu_icon = "doc-full"


class CardAdmin(KnowledgeAdmin):
    model = CardPage
    menu_icon = "openquote"
    ordering = ["number"]


class ActivityAdmin(KnowledgeAdmin):
    model = ActivityPage
    menu_icon = "date"
    list_display = ["title", "kind", "starts_on", "live"]
    list_filter = ["live", "kind", "mode", "subjects"]
    list_export = ["title", "slug", "kind", "mode", "starts_on", "ends_on", "date_text", "place", "live", "editor_note"]
    ordering = ["-starts_on", "title"]


@modeladmin_register
class KnowledgeGroup(ModelAdminGroup):
    menu_label = "Kennis en agenda"
    menu_icon = "doc-full-inverse"
    menu_order = 210
    items = [ResourceAdmin, ArticleAdmin, CardAdmin, ActivityAdmin]
