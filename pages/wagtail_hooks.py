"""Entries and knowledge as lists in /beheer/, beside Wagtail's tree of pages; and who represents which entry."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.admin import display
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import BaseViewRestriction, Page
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from cms.admin import LabelAdmin, ListAdmin, OnlyListed, PermittedMenuItem, RelatedFilter, permitted
from cms.models import PlatformDocument, User
from pages.correcting import admin as correcting
from pages.correcting import deciding
from pages.currency.report import CurrencyView
from pages.importing import views as importing
from pages.lifecycle import hooks as lifecycle_hooks  # noqa: F401 - they register themselves
from pages.models import (
    ActivityPage,
    ArticlePage,
    CardPage,
    Claim,
    Criterion,
    NetworkPage,
    PartnershipPage,
    Representation,
    ResearchGroupPage,
    ResourcePage,
)
from pages.proposing import admin as proposing
from pages.proposing import deciding as proposals
from pages.representing import admin as representing
from pages.representing import log, review_views

SUBJECTS = ("subjects", RelatedFilter)


class PageListAdmin(ListAdmin):
    """Pages of one sort, published or not."""

    ordering = ["title"]

    @display(description="stand", ordering="live")
    def state(self, page: Page) -> str:
        if not page.live:
            return "concept"
        return "op de site, met wijziging" if page.has_unpublished_changes else "op de site"

    @display(description="adres")
    def address(self, page: Any) -> str:
        return "ja" if page.website else "volgt nog"


class EntryAdmin(PageListAdmin):
    list_display = ["title", "kind", "state", "address", "checked_on", "data_from"]
    list_filter = [
        "live",
        "kind",
        ("criterion", RelatedFilter),
        SUBJECTS,
        ("sectors", RelatedFilter),
        ("regions", RelatedFilter),
    ]
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


class NetworkAdmin(EntryAdmin):
    model = NetworkPage
    menu_icon = "group"


class PartnershipAdmin(EntryAdmin):
    model = PartnershipPage
    menu_icon = "site"


class ResearchGroupAdmin(EntryAdmin):
    model = ResearchGroupPage
    menu_icon = "search"


class AboutKeepersAdmin(ListAdmin):
    """Changed on the page of the entry that says who keeps it. Names of members go into no spreadsheet."""

    permission_helper_class = OnlyListed
    list_select_related = ["entry"]

    @display(description="vermelding", ordering="entry__title")
    def place(self, thing: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', reverse("representing:keepers", args=[thing.entry_id]), thing.entry)


class RepresentationAdmin(AboutKeepersAdmin):
    model = Representation
    menu_icon = "user"
    list_display = ["user", "place", "rank"]
    list_export = ["entry", "rank"]
    list_filter = ["rank"]
    list_select_related = ["user", "entry"]
    search_fields = ["user__display_name", "entry__title"]
    ordering = ["entry__title", "rank"]


class ClaimAdmin(AboutKeepersAdmin):
    model = Claim
    menu_icon = "form"
    menu_label = "Aanvragen"
    list_display = ["member", "place", "made_at", "state"]
    list_export = ["entry", "made_at", "state", "decided_at"]
    list_filter = ["state"]
    list_select_related = ["member", "entry"]
    search_fields = ["member__display_name", "entry__title"]
    ordering = ["-made_at"]


class CriterionAdmin(LabelAdmin):
    model = Criterion
    menu_icon = "list-ul"
    list_display = ["name", "category", "explanation"]
    list_export = ["name", "category", "explanation"]
    list_filter = ["category"]
    search_fields = ["name", "explanation"]


@modeladmin_register
class EntriesGroup(ModelAdminGroup):
    menu_label = "Vermeldingen"
    menu_icon = "group"
    menu_order = 200
    items = [NetworkAdmin, PartnershipAdmin, ResearchGroupAdmin, RepresentationAdmin, ClaimAdmin, CriterionAdmin]


class KnowledgeAdmin(PageListAdmin):
    list_display = ["title", "state", "latest_revision_created_at"]
    list_filter = ["live", SUBJECTS]
    list_export = ["title", "slug", "live", "editor_note"]
    search_fields = ["title"]


class ResourceAdmin(KnowledgeAdmin):
    model = ResourcePage
    menu_icon = "link"
    list_display = ["title", "kind", "state", "address", "checked_on", "data_from"]
    list_filter = ["live", "kind", SUBJECTS]
    list_export = ["title", "slug", "kind", "live", "website", "source_text", "checked_on", "data_from", "editor_note"]


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
    list_display = ["title", "kind", "starts_on", "state"]
    list_filter = ["live", "kind", "mode", SUBJECTS]
    list_export = ["title", "slug", "kind", "mode", "starts_on", "ends_on", "date_text", "place", "live", "editor_note"]
    ordering = ["-starts_on", "title"]


@modeladmin_register
class KnowledgeGroup(ModelAdminGroup):
    menu_label = "Kennis"
    menu_icon = "doc-full-inverse"
    menu_order = 210
    items = [ResourceAdmin, ArticleAdmin, CardAdmin, ActivityAdmin]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("vertegenwoordigers/", include(representing)),
        path("nakijken/", include(review_views)),
        path("invoeren/", include(importing)),
        path("correcties/", include(correcting)),
        path("voordrachten/", include(proposing)),
        permitted("actueel/", CurrencyView.as_view(), review_views.REVIEWS, "currency"),
        permitted(
            "actueel/resultaten/", CurrencyView.as_view(results_only=True), review_views.REVIEWS, "currency_results"
        ),
    ]


@hooks.register("register_reports_menu_item")
def lead_to_currency() -> MenuItem:
    return PermittedMenuItem(
        CurrencyView.page_title, "currency", permission=review_views.REVIEWS, icon="calendar-check", order=90
    )


@hooks.register("register_admin_menu_item")
def lead_to_review() -> MenuItem:
    return PermittedMenuItem(
        "Na te kijken", "reviewing:to_review", permission=review_views.REVIEWS, icon="edit", order=190
    )


@hooks.register("register_admin_menu_item")
def lead_to_importing() -> MenuItem:
    return PermittedMenuItem("Inlezen", "importing:sheet", permission=review_views.REVIEWS, icon="upload", order=215)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    log.register(actions)
    importing.register_log_action(actions)
    deciding.register(actions)
    proposals.register(actions)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def lead_to_keepers(page: Page, user: User, *args: Any, **kwargs: Any) -> Iterator[Button]:
    if url := representing.button_target(page, user):
        yield Button("Wie houdt dit bij?", url, icon_name="user", priority=70)


@hooks.register("before_serve_page", order=-1)
def refuse_page(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> None:
    _refuse_who_signed_in(page.get_view_restrictions(), request)


@hooks.register("before_serve_document", order=-1)
def refuse_document(document: PlatformDocument, request: HttpRequest) -> None:
    _refuse_who_signed_in(document.collection.get_view_restrictions(), request)


def _refuse_who_signed_in(restrictions: Iterable[BaseViewRestriction], request: HttpRequest) -> None:
    """What is for a group is refused to members of no such group; Wagtail would ask them to sign in again."""
    groups = BaseViewRestriction.GROUPS
    if request.user.is_authenticated and any(
        not one.accept_request(request) for one in restrictions if one.restriction_type == groups
    ):
        raise PermissionDenied
