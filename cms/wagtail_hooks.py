"""The lists that editors keep in /beheer/: subjects, sectors, regions and organisations."""

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail_modeladmin.options import ModelAdminGroup, modeladmin_register

from cms.admin import ListAdmin
from cms.models import Organisation, Region, Sector, Subject


class SubjectAdmin(ListAdmin):
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


class SectorAdmin(ListAdmin):
    model = Sector
    menu_icon = "folder-open-inverse"
    list_display = ["abbreviation", "name", "part_of"]
    list_export = ["abbreviation", "name", "slug", "part_of"]
    list_select_related = ["part_of"]
    search_fields = ["abbreviation", "name"]
    prepopulated_fields = {"slug": ["abbreviation"]}


class RegionAdmin(ListAdmin):
    model = Region
    menu_icon = "globe"
    list_display = ["name", "slug"]
    list_export = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


class OrganisationAdmin(ListAdmin):
    model = Organisation
    menu_icon = "home"
    list_display = ["name", "abbreviation", "kind", "website", "is_public"]
    list_filter = ["kind", "is_public", "subjects", "sectors"]
    list_export = ["name", "slug", "abbreviation", "kind", "part_of", "website", "domain", "description", "editor_note"]
    list_select_related = ["part_of"]
    search_fields = ["name", "abbreviation", "description"]
    prepopulated_fields = {"slug": ["name"]}


@modeladmin_register
class ListsGroup(ModelAdminGroup):
    menu_label = "Onderwerpen en lijsten"
    menu_icon = "list-ul"
    menu_order = 220
    items = [SubjectAdmin, SectorAdmin, RegionAdmin, OrganisationAdmin]
