"""``manage.py check``: whatever editors can publish can also be found."""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error
from wagtail.models import Page, get_page_models

from pages.models import EntryPage, HomePage
from search import sources

UNSOUGHT = {Page, HomePage, EntryPage}
"""Nobody looks for the page they start on; the others are only ever pages of a more specific type."""


def check_sources(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    for model in get_page_models():
        if model not in UNSOUGHT and model not in sources.BY_MODEL:
            yield Error(
                f"{model.__name__} has no source, so search cannot find it.",
                hint="Add it to SOURCES in search/sources/__init__.py.",
                obj=model,
                id="search.E001",
            )
