"""The numbers of the Wegwijzer; in Python, as one page holds some two hundred of them."""

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.categories import Category
from cms.templatetags.components import icon
from search.wegwijzer import Cell, Row, all_rows

register = template.Library()

DOORS = [category for category in Category if category != Category.KNOWLEDGE]


@register.simple_tag
def wegwijzer_summary() -> list[Row]:
    """The core subjects with how much each door has about them; ``{% wegwijzer_summary as rows %}``."""
    return [row.among(DOORS) for row in all_rows() if row.subject.is_core]


@register.simple_tag
def cells_of_table(row: Row) -> SafeString:
    """The cells of a subject in the large table."""
    slug, name = escape(row.subject.slug), escape(row.subject.name)
    return format_html_join(
        "",
        '<td data-onderwerp="{0}" data-categorie="{1}" data-category="{1}" data-aantal="{2}">{3}</td>',
        ((slug, cell.category.value, cell.count, _link(cell, name) or "geen") for cell in row.cells),
    )


@register.simple_tag
def cells_of_summary(row: Row) -> SafeString:
    """The cells of a subject in the small table."""
    nothing, name = mark_safe('<span class="visually-hidden">geen</span>'), escape(row.subject.name)
    return format_html_join(
        "",
        '<td data-category="{}">{}</td>',
        ((cell.category.value, _link(cell, name) or nothing) for cell in row.cells),
    )


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


def _link(cell: Cell, name: SafeString) -> SafeString | None:
    link = '<a href="{}">{}<span class="visually-hidden"> {} over {}</span></a>'
    return format_html(link, cell.url, cell.count, cell.noun, name) if cell.count else None
