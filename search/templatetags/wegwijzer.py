"""The numbers of the Wegwijzer; in Python, as one page holds some two hundred of them."""

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from cms.categories import Category
from cms.templatetags.components import icon
from search.wegwijzer import Row, all_rows

register = template.Library()

DOORS = [category for category in Category if category != Category.KNOWLEDGE]
LINK = '<a href="{3}">{2}<span class="visually-hidden"> {4} over {5}</span></a>'


@register.simple_tag
def wegwijzer_summary() -> list[Row]:
    """The core subjects with how much each door has about them; ``{% wegwijzer_summary as rows %}``."""
    return [row.among(DOORS) for row in all_rows() if row.subject.is_core]


@register.simple_tag
def cells_of_table(row: Row) -> SafeString:
    """The cells of a subject in the large table."""
    return _cells(
        row,
        f'<td data-onderwerp="{{0}}" data-categorie="{{1}}" data-category="{{1}}" data-aantal="{{2}}">{LINK}</td>',
        '<td data-onderwerp="{0}" data-categorie="{1}" data-category="{1}" data-aantal="0">geen</td>',
    )


@register.simple_tag
def cells_of_summary(row: Row) -> SafeString:
    """The cells of a subject in the small table."""
    return _cells(
        row,
        f'<td data-category="{{1}}">{LINK}</td>',
        '<td data-category="{1}"><span class="visually-hidden">geen</span></td>',
    )


def _cells(row: Row, filled: str, empty: str) -> SafeString:
    slug, name = escape(row.subject.slug), escape(row.subject.name)
    drawn = [
        format_html(filled, slug, cell.category.value, cell.count, cell.url, cell.noun, name)
        if cell.count
        else format_html(empty, slug, cell.category.value)
        for cell in row.cells
    ]
    return SafeString("".join(drawn))


@register.simple_tag
def lines_of_list(row: Row) -> SafeString:
    """What there is about a subject, on a narrow screen."""
    name = escape(row.subject.name)
    return format_html_join(
        "",
        '<li data-category="{}"><a class="wegwijzer__count" href="{}">{}{} {}'
        '<span class="visually-hidden"> over {}</span></a></li>',
        (
            (cell.category.value, cell.url, icon(cell.category.value), cell.count, cell.noun, name)
            for cell in row.filled
        ),
    )
