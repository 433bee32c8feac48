from django import template

from cms.categories import Category
from cms.models import Subject
from search.wegwijzer import Row, Visible, rows_for

register = template.Library()

DOORS = [category for category in Category if category != Category.KNOWLEDGE]


@register.simple_tag
def wegwijzer_summary() -> list[Row]:
    """The core subjects with how much each door has about them; ``{% wegwijzer_summary as rows %}``."""
    return rows_for(Subject.objects.filter(tier=Subject.Tier.CORE), Visible.now(), DOORS)
