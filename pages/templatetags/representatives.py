from django import template
from django.db.models import QuerySet

from cms.models import User
from pages.models import EntryPage

register = template.Library()


@register.simple_tag
def represented_entries(user: User) -> QuerySet[EntryPage]:
    """The entries that this member keeps, as far as they stand on the site."""
    return EntryPage.objects.live().filter(representations__user=user).order_by("title")
