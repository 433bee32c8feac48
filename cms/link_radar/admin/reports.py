"""All links to elsewhere as editors see them: what is wrong first."""

from typing import Any

from django import forms
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django_filters import MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from cms.admin import HarmlessExport
from cms.models import CheckedLink

State = CheckedLink.State
WORST_FIRST = [State.BROKEN, State.MOVED, State.WAVERING, State.UNCLEAR, State.NEW, State.WORKS]


class LinkFilterSet(WagtailFilterSet):
    stand = MultipleChoiceFilter(
        field_name="state", label="Stand", choices=State.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = CheckedLink
        fields: list[str] = []


class AddressColumn(Column):
    cell_template_name = "link_radar/address_cell.html"


class StateColumn(Column):
    cell_template_name = "link_radar/state_cell.html"


class PlacesColumn(Column):
    cell_template_name = "link_radar/places_cell.html"

    class Media:
        css = {"all": ["css/beheer.css"]}


class LinksView(HarmlessExport, ReportView):
    page_title = "Links naar elders"
    header_icon = "link"
    results_template_name = "link_radar/results.html"
    filterset_class = LinkFilterSet
    is_searchable = True
    search_fields = ["url", "uses__title"]
    model = CheckedLink
    default_ordering = ["rank", "since", "pk"]
    index_url_name = "link_radar:links"
    index_results_url_name = "link_radar:links_results"
    columns = [
        AddressColumn("url", label="Adres", sort_key="url", width="35%"),
        StateColumn("state", label="Stand", sort_key="rank"),
        DateColumn("since", label="Sinds", sort_key="since"),
        PlacesColumn("places", label="Waar"),
    ]
    list_export = ["url", "get_state_display", "since", "reason", "moved_to", "checked_at", "places"]
    export_headings = {
        "url": "Adres",
        "get_state_display": "Stand",
        "since": "Sinds",
        "reason": "Wat we zagen",
        "moved_to": "Nieuw adres",
        "checked_at": "Laatst bekeken",
        "places": "Waar",
    }
    export_filename = "links-naar-elders"

    def get_base_queryset(self) -> QuerySet[Any]:
        ranks = [When(state=state, then=Value(rank)) for rank, state in enumerate(WORST_FIRST)]
        links = CheckedLink.objects.annotate(rank=Case(*ranks, output_field=IntegerField()))
        return links.prefetch_related("uses")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """A link that stands in several places of that name is one line."""
        found: QuerySet[Any] = super().search_queryset(queryset).distinct()
        return found
