"""Which published page stands at an address."""

import copy
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from cms.memory import remembered
from pages.querysets import path_below_home


def route(address: str) -> RouteResult | None:
    """The page at an address, found by the whole of it instead of level by level.

    What is set on the page stays with the request; its relations and lists are shared, and only read.
    """
    place = _places().get(address)
    page = _page(*place) if place else None
    return RouteResult(copy.copy(page)) if page else None


@remembered
def _places() -> Mapping[str, tuple[int, int]]:
    """Per address the type and the primary key of the page."""
    pages = Page.objects.live().not_exact_type(Page)  # the root, and Wagtail's own first page
    rows = pages.values_list("url_path", "content_type", "pk")
    return MappingProxyType({path_below_home(url_path): place for url_path, *place in rows})


@remembered
def _page(content_type: int, pk: int) -> Any:
    """The page with what it draws of its foreign keys and lists; gone when it was withdrawn a moment ago."""
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    relations = model.page_relations or [None]  # without any, all would be fetched
    pages = model.objects.live().select_related(*relations).prefetch_related(*model.page_lists)
    return pages.filter(pk=pk).first()
