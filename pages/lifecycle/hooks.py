"""Where /beheer/ leads to the life of entries; registered by pages/wagtail_hooks.py importing this."""

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from cms.admin import PermittedMenuItem
from cms.models import User
from pages.lifecycle import log, views
from pages.models import EntryPage, PartnershipPage, Succession


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("levensloop/", include(views))]


@hooks.register("register_admin_menu_item")
def lead_to_lifecycle() -> MenuItem:
    return PermittedMenuItem(views.TITLE, "lifecycle:index", permission=views.ENDS_ENTRIES, icon="history", order=205)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def lead_to_life(page: Page, user: User, *args: Any, **kwargs: Any) -> Iterator[Button]:
    if page.live and issubclass(page.specific_class, EntryPage) and user.has_perm(views.ENDS_ENTRIES):
        yield Button(views.TITLE, reverse("lifecycle:entry", args=[page.pk]), icon_name="history", priority=71)


@hooks.register("before_delete_page")
def keep_what_others_lead_to(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Old addresses lead to it: without it readers would be led nowhere."""
    if not Succession.objects.filter(successor__path__startswith=page.path).exists():
        return None
    messages.error(request, f"{page.title} kan niet weg: iets dat beëindigd is, gaat hier verder. Beëindig het liever.")
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_bulk_action")
def keep_those_that_others_lead_to(
    request: HttpRequest, action_type: str, objects: Iterable[Page], action: BulkAction
) -> HttpResponse | None:
    if action_type != "delete" or action.model is not Page:
        return None
    return next(filter(None, (keep_what_others_lead_to(request, page) for page in objects)), None)


@hooks.register("register_bulk_action")
class Merge(PageBulkAction):
    """From pages that were ticked in the list to the form that merges them, with those ticked that can be."""

    display_name = "Voeg samen tot onderwijsregio"
    action_type = "merge_into_region"
    aria_label = "Voeg de gekozen samenwerkingsverbanden samen tot een onderwijsregio"
    action_priority = 50

    def check_perm(self, page: Page) -> bool:
        is_partnership = issubclass(page.specific_class, PartnershipPage)
        return is_partnership and bool(self.request.user.has_perm(views.ENDS_ENTRIES))

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen, _others = self.get_actionable_objects()
        query = urlencode([("vermelding", page.pk) for page in chosen])
        return redirect(f"{reverse('lifecycle:merge')}?{query}")


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    log.register(actions)
