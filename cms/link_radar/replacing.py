"""Putting the new address of what moved in the place of the old one, everywhere on the site."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cms.link_radar import sources
from cms.models import CheckedLink, LinkUse, User


@dataclass(frozen=True, slots=True)
class Replaced:
    done: int
    left: int
    """Things that this person may not change."""


@transaction.atomic
def replace_everywhere(link: CheckedLink, *, by: User) -> Replaced:
    """Raises ValueError for an address that did not move."""
    link = CheckedLink.objects.select_for_update().get(pk=link.pk)
    if not link.moved_to:
        raise ValueError("No new address is known")
    places = sorted(set(link.uses.values_list("source", "thing")))
    done = [place for place in places if _replace(link, *place, by=by)]
    if done:
        new, _ = CheckedLink.objects.get_or_create(url=link.moved_to, defaults={"host": sources.host_of(link.moved_to)})
        for source, thing in done:
            moved = list(LinkUse.objects.filter(link=link, source=source, thing=thing))
            for use in moved:
                use.pk, use.link = None, new
            LinkUse.objects.bulk_create(moved, ignore_conflicts=True)
            LinkUse.objects.filter(link=link, source=source, thing=thing).delete()
        if not link.uses.exists():
            link.delete()
    return Replaced(done=len(done), left=len(places) - len(done))


def _replace(link: CheckedLink, name: str, thing: int, *, by: User) -> bool:
    source = sources.source(name)
    if source is None:
        return False
    try:
        with transaction.atomic():
            return source.replace(link.url, link.moved_to, thing, by=by)
    except PermissionDenied:
        return False
