"""Where a reader says that something in an entry is wrong."""

from urllib.parse import urlencode

from django import template
from django.urls import reverse

from pages.models import EntryPage

register = template.Library()


@register.simple_tag
def correction_address(entry: EntryPage, part: str = "", about: str = "") -> str:
    """With one part of the entry chosen; nothing for a page that is not kept yet."""
    if not entry.pk:
        return ""
    chosen = {name: value for name, value in {"wat": part, "over": about}.items() if value}
    return reverse("report_error", args=[entry.pk]) + (f"?{urlencode(chosen)}" if chosen else "")
