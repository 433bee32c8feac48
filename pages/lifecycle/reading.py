"""What a visitor may know of the line in which entries stand."""

from collections.abc import Collection, Mapping

from django.utils.timezone import localdate

from pages.lifecycle.state import lineage
from pages.models import EntryPage
from pages.querysets import PageLink, path_below_home

Links = tuple[PageLink, ...]


def successors_of(pks: Collection[int]) -> Mapping[int, tuple[Links, Links]]:
    """Per entry what continues it and exists now; if there is nothing, where it went and what has ended since.

    Asks nothing when none of them has successors, as most have not.
    """
    if not pks:
        return {}
    line, today = lineage(), localdate()
    living = {pk: line.living_ends(pk, today) for pk in pks}
    direct = {pk: line.successors.get(pk, ()) for pk in pks}
    wanted = {pk for found in (*living.values(), *direct.values()) for pk in found}
    listed = EntryPage.objects.listed().filter(pk__in=wanted) if wanted else EntryPage.objects.none()
    links = {
        pk: PageLink(title, path_below_home(url_path))
        for pk, title, url_path in listed.order_by().values_list("pk", "title", "url_path")
    }
    now = {pk: tuple(links[one] for one in living[pk] if one in links) for pk in pks}
    return {pk: (now[pk], () if now[pk] else tuple(links[one] for one in direct[pk] if one in links)) for pk in pks}
