"""``manage.py check``: whatever editors can publish can also be found."""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error
from wagtail.models import get_page_models

from search import sources


def check_sources(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """Every page type with a kind of its own has a source; the pages above them are lists of what is found anyway."""
    for model in get_page_models():
        if hasattr(model, "search_kind") and not model._meta.abstract and model not in sources.BY_MODEL:
            yield Error(
                f"{model.__name__} has no source, so search cannot find it.",
                hint="Add it to SOURCES in search/sources.py.",
                obj=model,
                id="search.E001",
            )
