"""The lists in /beheer/: subjects, sectors, regions and organisations, mail that was given up, links to elsewhere."""

from django.contrib.admin import display
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from cms.admin import LabelAdmin, PermittedMenuItem, RelatedFilter, permitted
from cms.handbook.views import for_editors
from cms.link_radar.admin import urls as link_radar
from cms.mail_admin import GivenUpMailAdmin
from cms.models import Organisation, Region, Sector, Subject
from cms.todo_panel import put_first

ENTERS = "wagtailadmin.access_admin"


class SubjectAdmin(LabelAdmin):
    model = Subject
    menu_icon = "tag"
    list_display = ["name", "tier", "words"]
    list_filter = ["tier"]
    list_export = ["name", "slug", "tier", "scope", "words"]
    search_fields = ["name", "terms__term"]
    prepopulated_fields = {"slug": ["name"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subject]:
        found: QuerySet[Subject] = super().get_queryset(request)
        return found.prefetch_related("terms")


class SectorAdmin(LabelAdmin):
    model = Sector
    menu_icon = "folder-open-inverse"
    list_display = ["abbreviation", "name", "part_of"]
    list_export = ["abbreviation", "name", "slug", "part_of"]
    list_select_related = ["part_of"]
    search_fields = ["abbreviation", "name"]
    prepopulated_fields = {"slug": ["abbreviation"]}


class RegionAdmin(LabelAdmin):
    model = Region
    menu_icon = "globe"
    list_display = ["name", "slug"]
    list_export = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


class OrganisationAdmin(LabelAdmin):
    model = Organisation
    menu_icon = "home"
    list_display = ["name", "abbreviation", "kind", "website", "stands_on_site"]
    list_filter = ["kind", "is_public", ("subjects", RelatedFilter), ("sectors", RelatedFilter)]
    list_export = ["name", "slug", "abbreviation", "kind", "part_of", "website", "domain", "description", "editor_note"]
    list_select_related = ["part_of"]
    search_fields = ["name", "abbreviation", "description"]
    prepopulated_fields = {"slug": ["name"]}

    @display(description="staat op de site", ordering="is_public")
    def stands_on_site(self, organisation: Organisation) -> str:
        return "ja" if organisation.is_public else "nee"


@modeladmin_register
class ListsGroup(ModelAdminGroup):
    menu_label = "Lijsten"
    menu_icon = "list-ul"
    menu_order = 220
    items = [SubjectAdmin, SectorAdmin, RegionAdmin, OrganisationAdmin]


modeladmin_register(GivenUpMailAdmin)
hooks.register("construct_homepage_panels", put_first)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [
        path("links/", include(link_radar)),
        permitted("handboek/", for_editors, ENTERS, "editors_handbook"),
        permitted("handboek/<slug:slug>/", for_editors, ENTERS, "editors_handbook"),
    ]


@hooks.register("register_admin_menu_item")
def lead_to_handbook() -> MenuItem:
    return PermittedMenuItem("Handboek", "editors_handbook", permission=ENTERS, icon="help", order=240)


@hooks.register("register_reports_menu_item")
def register_links_report() -> MenuItem:
    return PermittedMenuItem(
        "Links naar elders", "link_radar:links", permission=link_radar.SEES_LINKS, icon="link", order=100
    )


@hooks.register("register_permissions")
def register_permissions() -> QuerySet[Permission]:
    codenames = ["view_checkedlink", "change_checkedlink"]
    return Permission.objects.filter(content_type__app_label="cms", codename__in=codenames)
