"""Wagtail's screens for promoted results, without the counts of searches that this site keeps elsewhere."""

from typing import Any

from django.forms import CharField
from django.urls import path
from wagtail.admin.ui.tables import TitleColumn
from wagtail.contrib.search_promotions import forms, views

from search.forms import LONGEST_QUERY


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


class AddPromotionView(views.CreateView):
    """With ``?query_string=`` the words are filled in."""

    form_class = WordsForm
    template_name = "search/admin/promotion_add.html"
    success_message = "Wie ‘%(query)s’ zoekt, ziet dit nu bovenaan."

    def get_initial(self) -> dict[str, Any]:
        return {"query_string": self.request.GET.get("query_string", "")}


class EditPromotionView(views.EditView):
    form_class = WordsForm
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
