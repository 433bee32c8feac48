"""Which entries on the site are up to date, and who keeps them: a report for editors, also as a spreadsheet."""

from typing import Any, ClassVar

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, QuerySet, Value, When
from django.utils.timezone import localdate
from django_filters import ChoiceFilter, ModelChoiceFilter, MultipleChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView

from cms.admin import HarmlessExport
from cms.categories import Category
from cms.models import Subject
from pages.currency.ladder import UNCONFIRMED_AFTER
from pages.models import EntryPage
from pages.models.entries import ENTRY_MODELS

UNCONFIRMED, DUE, NEVER, CONFIRMED = "niet-bevestigd", "na-te-kijken", "nooit", "bevestigd"
STATES = {
    UNCONFIRMED: "niet bevestigd, lezers zien dat",
    DUE: "na te kijken",
    NEVER: "nog nooit nagekeken",
    CONFIRMED: "op tijd nagekeken",
}
KEPT, UNKEPT = "wel", "niet"


class CurrencyFilterSet(WagtailFilterSet):
    stand = MultipleChoiceFilter(
        field_name="currency", label="Stand", choices=list(STATES.items()), widget=forms.CheckboxSelectMultiple
    )
    categorie = ChoiceFilter(
        label="Categorie",
        choices=[(model.category.value, model.category.label) for model in ENTRY_MODELS],
        method="in_category",
        empty_label="Alle",
        widget=forms.RadioSelect,
    )
    onderwerp = ModelChoiceFilter(
        field_name="subjects", label="Onderwerp", queryset=Subject.objects.all(), to_field_name="slug"
    )
    bijgehouden = ChoiceFilter(
        label="Houdt iemand dit bij?",
        choices=[(KEPT, "Ja"), (UNKEPT, "Nee")],
        method="kept",
        empty_label="Maakt niet uit",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = EntryPage
        fields: ClassVar[list[str]] = []

    def in_category(self, entries: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        [model] = [model for model in ENTRY_MODELS if model.category == value]
        return entries.filter(content_type=ContentType.objects.get_for_model(model))

    def kept(self, entries: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return entries.filter(representations__isnull=value == UNKEPT).distinct()


class EntryColumn(Column):
    cell_template_name = "pages/currency/entry_cell.html"


class CurrencyView(HarmlessExport, ReportView):
    """Of each entry that is on the site and has not ended. It says no more of who keeps it than its page does."""

    page_title = "Wat is actueel?"
    header_icon = "calendar-check"
    results_template_name = "pages/currency/report_results.html"
    filterset_class = CurrencyFilterSet
    is_searchable = True
    search_fields = ["title", "abbreviation"]
    model = EntryPage
    default_ordering = ["review_on", "title"]
    index_url_name = "currency"
    index_results_url_name = "currency_results"
    columns = [
        EntryColumn("title", label="Vermelding", sort_key="title", width="35%"),
        Column("currency", label="Stand", accessor=lambda entry: STATES[entry.currency], sort_key="currency"),
        DateColumn("review_on", label="Na te kijken op", sort_key="review_on"),
        DateColumn("checked_on", label="Laatst nagekeken", sort_key="checked_on"),
        Column("keepers", label="Houdt dit bij", accessor=lambda entry: keepers_of(entry) or "nog niemand"),
    ]
    list_export = ["title", "category", "currency", "review_on", "checked_on", "data_from", "keepers", "address"]
    export_headings = {
        "title": "Vermelding",
        "category": "Categorie",
        "currency": "Stand",
        "review_on": "Na te kijken op",
        "checked_on": "Laatst nagekeken",
        "data_from": "Gegevens uit",
        "keepers": "Houdt dit bij",
        "address": "Adres",
    }
    export_filename = "actueel"

    def get_base_queryset(self) -> QuerySet[Any]:
        today = localdate()
        state = Case(
            When(review_on__lte=today - UNCONFIRMED_AFTER, then=Value(UNCONFIRMED)),
            When(review_on__lte=today, then=Value(DUE)),
            When(checked_on=None, then=Value(NEVER)),
            default=Value(CONFIRMED),
            output_field=CharField(),
        )
        entries: QuerySet[Any] = EntryPage.objects.live().active(today).annotate(currency=state)
        return entries.select_related("content_type").prefetch_related("representations__user")

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By the words of the database: pages have an index of their own, which knows nothing of these columns."""
        if not self.search_query:
            return queryset
        return queryset.filter(title__icontains=self.search_query) | queryset.filter(
            abbreviation__icontains=self.search_query
        )

    def to_row_dict(self, entry: Any) -> dict[str, Any]:
        row = {name: getattr(entry, name, "") for name in self.list_export}
        return row | {
            "category": Category(entry.content_type.model_class().category).label,
            "currency": STATES[entry.currency],
            "keepers": keepers_of(entry),
            "address": entry.full_url,
        }


def keepers_of(entry: Any) -> str:
    return ", ".join(str(kept.user) for kept in entry.representations.all())
