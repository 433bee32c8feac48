"""Telling readers which links work no more. The links stay: an address that is gone still says what was meant."""

import html
import re
from datetime import date as Date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate

from cms.memory import remembered
from cms.models import CheckedLink

LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"[^>]*>.*?</a>', re.DOTALL)


def dead_links() -> QuerySet[CheckedLink]:
    """Those that work no more as far as we know, without those of which an editor says that they do."""
    return CheckedLink.objects.filter(state=CheckedLink.State.BROKEN).exclude(ignored_until__gt=localdate())


def read_marks() -> dict[str, Date]:
    """The addresses that work no more, and since when we know."""
    return {url: localdate(since) for url, since in dead_links().values_list("url", "since")}


marked = remembered(read_marks)


def words_of(seen: Date) -> str:
    """How a link is spoken of that works no more since that day."""
    return f"werkt niet meer (gezien op {date_format(seen, 'j F Y')})"


def mark_of(url: str) -> str:
    """What stands beside a link that works no more; nothing beside others."""
    seen = marked().get(url) if url else None
    return words_of(seen) if seen else ""


def with_marks(markup: Any) -> SafeString:
    """Rendered text with a remark behind each link that works no more; what does not say it is safe is escaped."""
    text = conditional_escape(markup)
    if "<a " not in text or not (dead := marked()):
        return text

    def told(found: re.Match[str]) -> str:
        url = html.unescape(found[1])
        return f"{found[0]}{remark_on(url)}" if url in dead else found[0]

    return mark_safe(LINK.sub(told, text))  # noqa: S308 - as safe as it was


def remark_on(url: str) -> SafeString:
    """To stand behind a link in a text."""
    text = mark_of(url)
    return format_html(' <span class="dead-link">({})</span>', text) if text else SafeString()
