"""Two versions of an entry or an activity side by side, for who decides and for who wrote it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.admin.compare import TextDiff, diff_text
from wagtail.models import Page

from pages.models.base import SitePage

LEFT_OUT = {"review_on", "draft_title", "seo_title", "search_description", "editor_note"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed: what goes is marked on the one side, what comes on the other."""

    label: str
    before: SafeString
    after: SafeString


def differences(before: SitePage, after: SitePage) -> list[Difference]:
    """What a reader of the page would see change, field by field."""
    pairs = [(label, read(before), read(after)) for label, read in _readers(after)]
    return [difference(label, *texts) for label, *texts in pairs if texts[0] != texts[1]]


def _readers(page: SitePage) -> Iterable[tuple[str, Any]]:
    own = [field for field in page._meta.get_fields() if isinstance(field, models.Field) and not field.many_to_many]
    names = ["title", *(field.name for field in own if _is_ours(field))]
    for name in names:
        field: Any = page._meta.get_field(name)
        yield str(field.verbose_name).capitalize(), lambda version, field=field: _text(version, field)
    for name in page.page_lists:
        related: Any = type(page)._meta.get_field(name)
        label = (
            related.verbose_name
            if hasattr(related, "verbose_name")
            else related.related_model._meta.verbose_name_plural
        )
        yield str(label).capitalize(), lambda version, name=name: "\n".join(_listed(getattr(version, name).all()))


def _is_ours(field: "models.Field[Any, Any]") -> bool:
    return field.model is not Page and field.editable and not field.primary_key and field.name not in LEFT_OUT


def _text(version: SitePage, field: "models.Field[Any, Any]") -> str:
    if field.choices:
        return str(getattr(version, f"get_{field.name}_display")())
    value = getattr(version, field.name)
    return "" if value is None else str(value)


def _listed(things: Iterable[Any]) -> list[str]:
    return sorted(f"{thing} ({thing.url})" if getattr(thing, "url", "") else str(thing) for thing in things)


def difference(label: str, before: str, after: str) -> Difference:
    compared: TextDiff = diff_text(before, after)
    return Difference(
        label, _side(compared, without="addition", mark="del"), _side(compared, without="deletion", mark="ins")
    )


def _side(compared: TextDiff, *, without: str, mark: str) -> SafeString:
    parts = [(kind, text) for kind, text in compared.changes if kind != without]
    return format_html_join(
        "", "{}", ((text if kind == "equal" else format_html(f"<{mark}>{{}}</{mark}>", text),) for kind, text in parts)
    )
