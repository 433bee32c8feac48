"""What one page may say of another."""

from django import template
from wagtail.models import Page

from cms.memory import remembered
from pages.querysets import PageLink, open_to_everyone, path_below_home

register = template.Library()


@register.filter
def public_link(pk: int | None) -> PageLink | None:
    """Title and address of a page that anybody may open; of others nothing, as if it were not named."""
    return _link(pk) if pk else None


@remembered
def _link(pk: int) -> PageLink | None:
    found = Page.objects.live().filter(open_to_everyone(), pk=pk).values_list("title", "url_path").first()
    return PageLink(found[0], path_below_home(found[1])) if found else None
