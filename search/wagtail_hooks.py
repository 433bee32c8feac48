"""What editors do for search in /beheer/."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from cms.admin import PermittedMenuItem, permitted
from search.admin import in_vain_panel, promotions, urls
from search.admin.missing import missing

ITEMS = [
    PermittedMenuItem("Meest gezocht", "search_admin:searched", permission=urls.TELLS_SEARCHES, icon="search"),
    PermittedMenuItem(
        "Vergeefs gezocht", "search_admin:searched_in_vain", permission=urls.TELLS_SEARCHES, icon="warning"
    ),
    PermittedMenuItem("Hielp voor het vragen", "search_admin:helped", permission=urls.TELLS_SEARCHES, icon="pick"),
    PermittedMenuItem(
        "Waarom wordt dit gevonden?", "search_admin:explain", permission=urls.TELLS_SEARCHES, icon="help"
    ),
    PermittedMenuItem(
        "Uitgelichte resultaten",
        "wagtailsearchpromotions:index",
        permission="wagtailsearchpromotions.change_searchpromotion",
        icon="pick",
    ),
    PermittedMenuItem("Zoekindex", "search_admin:index_state", permission=urls.TELLS_INDEX, icon="cogs"),
]


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("searchpicks/", include(promotions)),
        path("zoeken/", include(urls)),
        permitted("ontbreekt/", missing, urls.TELLS_SEARCHES, "missing"),
    ]


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    codenames = [name.partition(".")[2] for name in urls.PERMISSIONS]
    return Permission.objects.filter(content_type__app_label="search", codename__in=codenames)


@hooks.register("register_admin_menu_item")
def register_menu() -> MenuItem:
    return SubmenuMenuItem("Zoekfunctie", Menu(items=ITEMS), name="zoekfunctie", icon_name="search", order=230)


hooks.register("construct_homepage_panels", in_vain_panel.add)


@hooks.register("register_admin_menu_item")
def lead_to_what_is_missing() -> MenuItem:
    return PermittedMenuItem("Wat ontbreekt er?", "missing", permission=urls.TELLS_SEARCHES, icon="view", order=195)


@hooks.register("construct_settings_menu")
def leave_promotions_to_our_own_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != "promoted-search-results"]


@hooks.register("construct_reports_menu")
def leave_out_the_report_of_all_searches(request: HttpRequest, items: list[MenuItem]) -> None:
    """It shows Wagtail's own counts, which this site does not keep."""
    items[:] = [item for item in items if item.name != "search-terms"]
