from django import template

from cms.categories import Category
from search.wegwijzer import Row, all_rows

register = template.Library()

DOORS = [category for category in Category if category != Category.KNOWLEDGE]


@register.simple_tag
def wegwijzer_summary() -> list[Row]:
    """The core subjects with how much each door has about them; ``{% wegwijzer_summary as rows %}``."""
    return [row.among(DOORS) for row in all_rows() if row.subject.is_core]
