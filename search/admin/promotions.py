"""Wagtail's screens for promoted results, without the counts of searches that this site keeps elsewhere."""

from typing import Any

from django.core.validators import URLValidator
from django.forms import CharField, ModelForm
from django.http import HttpRequest
from django.urls import path
from django.utils.functional import cached_property
from wagtail.admin.ui.tables import TitleColumn
from wagtail.contrib.search_promotions import forms, views
from wagtail.contrib.search_promotions.models import Query

from search.forms import LONGEST_QUERY

FIELDS = {
    "page": ("Pagina van dit platform", "Of vul hieronder een andere site in."),
    "external_link_url": ("Adres van een andere site", "Begint met http:// of https://."),
    "external_link_text": ("Naam van die andere site", "Dit wordt de tekst van de link."),
    "description": ("Waarom je dit aanraadt", "Staat erbij op de site. Mag leeg blijven."),
}


class PromotionsView(views.IndexView):
    columns = [
        TitleColumn(
            "query_string",
            label="Wat iemand zoekt",
            width="40%",
            url_name="wagtailsearchpromotions:edit",
            sort_key="query_string",
        ),
        views.SearchPromotionColumn("editors_picks", label="Wat bovenaan staat"),
    ]


class WordsForm(forms.QueryForm):
    query_string = CharField(
        label="Wat iemand zoekt", help_text="Alle woorden, zoals iemand ze typt.", max_length=LONGEST_QUERY
    )


class PromotionsFormSet(forms.SearchPromotionsFormSet):
    """What is recommended, asked for in the words of this site; links lead to the web and nowhere else."""

    def add_fields(self, form: ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for name, (label, help_text) in FIELDS.items():
            form.fields[name].label, form.fields[name].help_text = label, help_text
        form.fields["external_link_url"].validators.append(URLValidator(["http", "https"]))


class FormMixin:
    form_class = WordsForm
    request: HttpRequest
    object: Query | None

    @cached_property
    def searchpicks_formset(self) -> PromotionsFormSet:
        return PromotionsFormSet(self.request.POST or None, instance=self.object)


class AddPromotionView(FormMixin, views.CreateView):
    """With ``?query_string=`` the words are filled in."""

    template_name = "search/admin/promotion_add.html"
    success_message = "Wie ‘%(query)s’ zoekt, ziet dit nu bovenaan."

    def get_initial(self) -> dict[str, Any]:
        return {"query_string": self.request.GET.get("query_string", "")}


class EditPromotionView(FormMixin, views.EditView):
    success_message = "De uitgelichte resultaten voor ‘%(query)s’ zijn bewaard."


class DeletePromotionView(views.DeleteView):
    success_message = "De uitgelichte resultaten zijn weg."


urlpatterns = [
    path("", PromotionsView.as_view()),
    path("results/", PromotionsView.as_view(results_only=True)),
    path("add/", AddPromotionView.as_view()),
    path("<int:query_id>/", EditPromotionView.as_view()),
    path("<int:query_id>/delete/", DeletePromotionView.as_view()),
]
"""They stand before those of Wagtail and answer in their place, under the names that its templates use."""
