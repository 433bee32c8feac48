"""The components of the site: one tag, one template and one stylesheet each.

They draw whatever has the attributes named in the first line of their template, and know no page type.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page, Paginator
from django.forms import BaseForm, BoundField
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from cms.categories import Category, Kind
from cms.doors import counted
from cms.link_radar import marks

register = template.Library()

MENU = [
    (Category.FORUM, "Forum", "Forum"),
    (Category.NETWORKS, "Netwerken", "Netwerken"),
    (Category.PARTNERSHIPS, "Regio’s", "Regionale samenwerkingsverbanden"),
    (Category.RESEARCH_GROUPS, "Onderzoek", "Onderzoeksgroepen"),
]
KIND_ICONS = {
    Kind.NETWORK: "netwerken",
    Kind.PARTNERSHIP: "regionale-samenwerkingsverbanden",
    Kind.RESEARCH_GROUP: "onderzoeksgroepen",
    Kind.TOPIC: "forum",
    Kind.RESOURCE: "kennis",
    Kind.ARTICLE: "kennis",
    Kind.CARD: "gesprekskaart",
    Kind.ACTIVITY: "calendar",
    Kind.PERSON: "persoon",
    Kind.ORGANISATION: "organisatie",
    Kind.SUBJECT: "onderwerp",
    Kind.PAGE: "pagina",
}
DATED_KINDS = {Kind.TOPIC, Kind.ACTIVITY, Kind.ARTICLE}  # of other things the day says nothing to a reader
NOTICE_ICONS = {"info": "info", "warning": "warning", "success": "check"}
_PARTS_OF_COMPOUNDS = re.compile(
    r"(samen(?=werkings)|werkings(?=verband)|onderzoeks|professionaliserings|lerarenopleidings|opleidings|kwaliteits"
    r"|curriculum|leerweg|onderwijs|netwerk|werkplek|gespreks)(?=[a-z]{4})",
    re.IGNORECASE,
)


@register.simple_tag
def linked(things: Iterable[Any]) -> SafeString:
    """Links in the middle of a sentence, from what has a title and a url: A, B en C."""
    links = [format_html('<a href="{}">{}</a>', thing.url, thing.title) for thing in things]
    most = format_html_join(", ", "{}", ((link,) for link in links[:-1]))
    return format_html("{} en {}", most, links[-1]) if most else SafeString("".join(links))


@register.filter
@lru_cache(maxsize=1024)
def soft_hyphens(text: str) -> str:
    """Say where the long words of headings may break, for browsers that do not know Dutch."""
    return _PARTS_OF_COMPOUNDS.sub("\\1\u00ad", str(text))


@register.filter
def short_name(category: str) -> str:
    """A category in the one word that fits a menu or the head of a narrow column."""
    return next((short for value, short, _long in MENU if value == category), Category(category).label)


@register.filter
@lru_cache(maxsize=4096)
def day(when: date | None, form: str = "j F Y") -> str:
    """A date in words. Working that out takes Django longer than all else in a line of a list."""
    return date_format(when, form) if when else ""


@register.filter
def ago(moment: datetime | None) -> str:
    """A ``<time>`` that says how long ago in whole days; what lies further back gets its date."""
    return _ago(moment, localdate()) if moment else ""


@lru_cache(maxsize=4096)
def _ago(moment: datetime, today: date) -> SafeString:
    then = localdate(moment)
    days = (today - then).days
    if days < 1:
        text = "vandaag"
    elif days == 1:
        text = "gisteren"
    else:
        text = f"{days} dagen geleden" if days < 15 else day(then)
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="minutes"), text)


@register.simple_tag
@lru_cache(maxsize=128)
def asset(path: str) -> str:
    """The address of one of the site's own files; it stays the same as long as the process runs."""
    return static(path)


@register.simple_tag
@lru_cache(maxsize=128)
def icon(name: str) -> SafeString:
    """A drawing from icons.svg; always beside a word, so screen readers pass it by."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        asset("icons.svg"),
        str(name),
    )


register.simple_tag(counted, name="counted")


@register.inclusion_tag("components/site_menu.html", takes_context=True)
def site_menu(context: template.Context) -> dict[str, Any]:
    request = context.get("request")
    path = request.path if request else "/"
    items = [
        {"category": category.value, "short": short, "long": long, "is_here": path.startswith(f"/{category}/")}
        for category, short, long in MENU
    ]
    return {"items": items, "path": path, "user": context.get("user"), "request": request}


@register.inclusion_tag("components/door.html")
def door(door: Any) -> dict[str, Any]:
    return {"door": door}


@register.inclusion_tag("components/entry_cards.html")
def entry_cards(entries: Iterable[Any], heading_level: int = 3) -> dict[str, Any]:
    return {"cards": [(entry, entry_arch(entry)) for entry in entries], "heading_level": str(heading_level)}


@register.simple_tag
def entry_arch(entry: Any, size: str = "normal") -> SafeString:
    """The arch of an entry: its initials, or the drawing of its category when it is a national overview."""
    if entry.is_overview:
        return _arch(size, icon(entry.category))
    return avatar(entry.abbreviation or entry.title, size)


@register.inclusion_tag("components/subject_chips.html")
def subject_chips(subjects: Iterable[Any]) -> dict[str, Any]:
    return {"subjects": subjects}


@register.inclusion_tag("components/search_box.html")
def search_box(
    q: str = "", size: str = "normal", example: str = "", kept: Iterable[tuple[str, str]] = ()
) -> dict[str, Any]:
    """``size`` is "normal" or "large"; ``example`` stands in the empty field; ``kept`` goes along with the search."""
    return {"q": q, "size": size, "example": example, "kept": kept}


@register.inclusion_tag("components/result_items.html")
def result_items(hits: Iterable[Any], reasons: Mapping[str, str] | None = None) -> dict[str, Any]:
    """``reasons`` says of promoted hits, by id, why editors recommend them."""
    return {"items": [_result_item(hit, Kind(hit.kind), reasons.get(hit.id, "") if reasons else "") for hit in hits]}


def _result_item(hit: Any, kind: Kind, reason: str) -> dict[str, Any]:
    return {
        "hit": hit,
        "reason": reason,
        "category": hit.category or Category.KNOWLEDGE.value,
        "label": kind.label,
        "icon": icon(KIND_ICONS[kind]),
        "date": hit.date if kind in DATED_KINDS else None,
        "has_ended": hit.status == "beeindigd",
    }


@register.inclusion_tag("components/topic_item.html")
def topic_item(topic: Any, heading_level: int = 3) -> dict[str, Any]:
    known = {"wacht op goedkeuring": topic.is_waiting, "vastgezet": topic.is_sticky, "gesloten": topic.is_locked}
    states = [text for text, holds in known.items() if holds]
    return {
        "topic": topic,
        "heading_level": str(heading_level),
        "labels": [status_label(text) for text in (*states, topic.kind_label, topic.state_label) if text],
    }


@register.inclusion_tag("components/activity_item.html")
def activity_item(activity: Any, heading_level: int = 3) -> dict[str, Any]:
    return {"activity": activity, "heading_level": heading_level}


@register.inclusion_tag("components/outward_link.html")
def outward_link(
    title: str, url: str = "", source_text: str = "", description: str = "", ask: str = ""
) -> dict[str, Any]:
    """A way to another site, or "Adres volgt" while nobody checked its address; a dead one is said to be so.

    ``ask`` is where a reader who knows the address tells it; without it that is the forum.
    """
    told = {"title": title, "url": url, "source_text": source_text, "description": description, "ask": ask or "/forum/"}
    return {**told, "dead": marks.mark_of(url)}


register.filter(marks.with_marks)
register.filter("dead_link", marks.remark_on)


@register.inclusion_tag("components/facet_group.html")
def facet_group(facet: Any) -> dict[str, Any]:
    return {
        "facet": facet,
        "shown": [(item.value, item.label, str(item.count), _state(item)) for item in facet.shown],
        "folded": [(item.value, item.label) for item in facet.folded],
    }


def _state(item: Any) -> str:
    """The attribute that the checkbox of a value has."""
    return " checked" if item.is_chosen else " disabled" if item.is_inactive else ""


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page_obj: Page[Any], parameter: str = "pagina") -> dict[str, Any]:
    """Links to the other pages of a list; they keep the rest of the address."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query.pop(parameter, None)
        if number > 1:
            query[parameter] = str(number)
        return f"?{query.urlencode()}"

    paginator: Paginator[Any] = page_obj.paginator
    numbers = paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)
    return {
        "page_obj": page_obj,
        "links": [(number, address(number) if isinstance(number, int) else "") for number in numbers],
        "previous": address(page_obj.number - 1) if page_obj.has_previous() else "",
        "next": address(page_obj.number + 1) if page_obj.has_next() else "",
    }


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(trail: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """``trail`` holds (title, address) pairs from the top down, without the page itself."""
    return {"trail": trail}


@register.simple_block_tag
def notice(content: str, kind: str = "info") -> SafeString:
    """Something to know before reading on; ``kind`` is "info", "warning" or "success"."""
    return format_html(
        '<div class="notice notice--{}">{}<div class="notice__body">{}</div></div>',
        kind,
        icon(NOTICE_ICONS[kind]),
        content,
    )


@register.simple_block_tag
def empty_state(content: str, title: str, heading_level: int = 2) -> SafeString:
    """An arch with nothing behind it yet, and what the reader can do about that."""
    return format_html(
        '<div class="empty-state"><span class="empty-state__door" aria-hidden="true"></span>'
        '<h{level} class="empty-state__title">{title}</h{level}><div class="empty-state__body">{body}</div></div>',
        level=heading_level,
        title=title,
        body=content,
    )


@register.inclusion_tag("components/form_field.html")
def form_field(field: BoundField) -> dict[str, Any]:
    return {"field": field, "widget": field.widget_type}


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    errors = [(field.id_for_label or field.auto_id, field.label, error) for field in form for error in field.errors]
    return {"form": form, "errors": errors}


@register.simple_tag
@lru_cache(maxsize=1024)
def avatar(name: str, size: str = "normal") -> SafeString:
    """The arch with the initials of a person or an entry; ``size`` is "small", "normal" or "large"."""
    return _arch(size, initials(str(name)))


def _arch(size: str, inside: str) -> SafeString:
    return format_html('<span class="avatar avatar--{}" aria-hidden="true">{}</span>', size, inside)


def initials(name: str) -> str:
    """First and last capital of a name, leaving out van, de and the like; an abbreviation keeps two letters."""
    words = [word for word in re.findall(r"\w[\w’'-]*", name) if not word[0].islower()] or name.split()
    if not words:
        return ""
    if len(words) == 1:
        return words[0][:2] if words[0].isupper() else words[0][0]
    return f"{words[0][0]}{words[-1][0]}".upper()


@register.simple_tag
@lru_cache(maxsize=128)
def status_label(text: str) -> SafeString:
    return format_html('<span class="status-label">{}</span>', text)
