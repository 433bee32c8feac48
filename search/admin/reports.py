"""What visitors search for most, and what they do not find: only what several of them searched for."""

from datetime import date as Date
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import Model, QuerySet
from django.utils.timezone import localdate
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from cms.admin import HarmlessExport
from search.models import HelpedBefore, SearchedText
from search.promotions import promoted_for

DEFAULT_DAYS = 30
OTHER_PERIODS = [("7", "De laatste 7 dagen"), ("365", "Het laatste jaar")]


class PeriodFilterSet(WagtailFilterSet):
    periode = ChoiceFilter(
        label="Periode",
        choices=OTHER_PERIODS,
        empty_label=f"De laatste {DEFAULT_DAYS} dagen",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = SearchedText
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """The counts themselves are already those of the period."""
        return queryset

    @property
    def since(self) -> Date:
        chosen = self.form.cleaned_data.get("periode") if self.is_valid() else None
        return localdate() - timedelta(days=int(chosen or DEFAULT_DAYS) - 1)


class TextColumn(Column):
    cell_template_name = "search/admin/searched_text.html"


class PromoteColumn(Column):
    cell_template_name = "search/admin/promote.html"

    def get_value(self, instance: dict[str, Any]) -> bool:
        """Whether something is promoted for this text already."""
        promoted = promoted_for(instance["text"])
        return bool(promoted.ids or promoted.links)


class SearchedView(HarmlessExport, ReportView):
    page_title = "Meest gezocht"
    header_icon = "search"
    results_template_name = "search/admin/searched_results.html"
    filterset_class = PeriodFilterSet
    is_searchable = True
    search_fields = ["text"]
    model: type[Model] = SearchedText
    default_ordering = ["-times", "text"]
    index_url_name = "search_admin:searched"
    index_results_url_name = "search_admin:searched_results"
    columns = [
        TextColumn("text", label="Gezocht", sort_key="text", width="40%"),
        NumberColumn("times", label="Keer gezocht", sort_key="times"),
        NumberColumn("people", label="Bezoekers", sort_key="people"),
        Column("last_on", label="Laatst gezocht op", sort_key="last_on"),
        PromoteColumn("promote", label="Uitlichten"),
    ]
    list_export = ["text", "times", "people", "last_on"]
    export_headings = {
        "text": "Gezocht",
        "times": "Keer gezocht",
        "people": "Bezoekers",
        "last_on": "Laatst gezocht op",
    }
    export_filename = "meest-gezocht"

    def get_base_queryset(self) -> QuerySet[Any]:
        return SearchedText.objects.among_several(self.filters.since)


class SearchedInVainView(SearchedView):
    page_title = "Vergeefs gezocht"
    header_icon = "warning"
    index_url_name = "search_admin:searched_in_vain"
    index_results_url_name = "search_admin:searched_in_vain_results"
    export_filename = "vergeefs-gezocht"

    def get_base_queryset(self) -> QuerySet[Any]:
        return SearchedText.objects.in_vain_among_several(self.filters.since)


class HelpedColumn(Column):
    cell_template_name = "search/admin/helped_title.html"


class HelpedView(SearchedView):
    """What people who were about to ask something said that helped them already."""

    page_title = "Hielp voor het vragen"
    header_icon = "pick"
    results_template_name = "search/admin/helped_results.html"
    index_url_name = "search_admin:helped"
    index_results_url_name = "search_admin:helped_results"
    export_filename = "hielp-voor-het-vragen"
    search_fields = ["title"]
    model = HelpedBefore
    default_ordering = ["-people", "title"]
    columns = [
        HelpedColumn("title", label="Wat hielp", sort_key="title", width="60%"),
        NumberColumn("people", label="Bezoekers", sort_key="people"),
        Column("last_on", label="Laatst op", sort_key="last_on"),
    ]
    list_export = ["title", "url", "people", "last_on"]
    export_headings = {"title": "Wat hielp", "url": "Adres", "people": "Bezoekers", "last_on": "Laatst op"}

    def get_base_queryset(self) -> QuerySet[Any]:
        return HelpedBefore.objects.by_thing(self.filters.since)
