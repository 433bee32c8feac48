"""What else may interest the reader of a page or a topic."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.db.models import Model

from cms.categories import Kind
from search import finding
from search.documents import document_id
from search.sources import BY_MODEL

register = template.Library()


@register.inclusion_tag("search/also_interesting.html")
def also_interesting(thing: Model) -> dict[str, Any]:
    """``{% also_interesting page %}`` draws nothing for what has no source, or while a page is not saved yet."""
    source = BY_MODEL.get(type(thing))
    return {"suggestions": related(document_id(source.kind, thing.pk)) if source and thing.pk else []}


def related(id_of_thing: str) -> Sequence[tuple[str, str, str]]:
    """Title, address and kind in words."""
    return [(found.title, found.url, Kind(found.kind).label) for found in finding.related_to(id_of_thing)]
