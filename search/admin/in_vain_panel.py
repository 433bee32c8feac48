"""What visitors searched in vain, on the home of /beheer/."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.forms import Media
from django.http import HttpRequest
from django.utils.timezone import localdate
from wagtail.admin.ui.components import Component

from search.admin.reports import DEFAULT_DAYS
from search.admin.urls import TELLS_SEARCHES
from search.models import SearchedText

MOST = 10
PROMOTES = "wagtailsearchpromotions.add_searchpromotion"


class InVainPanel(Component):
    """Only what several visitors searched for, as in the report that it leads to."""

    name = "searched_in_vain"
    template_name = "search/admin/in_vain_panel.html"
    order = 110

    @property
    def media(self) -> Media:
        return Media(css={"all": ["css/beheer.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        texts = SearchedText.objects.in_vain_among_several(localdate() - timedelta(days=DEFAULT_DAYS - 1))
        may_promote = parent_context["request"].user.has_perm(PROMOTES)
        return {"searched": texts.order_by("-people", "text")[:MOST], "days": DEFAULT_DAYS, "may_promote": may_promote}


def add(request: HttpRequest, panels: list[Any]) -> None:
    if request.user.has_perm(TELLS_SEARCHES):
        panels.append(InVainPanel())
