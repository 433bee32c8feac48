"""Links of entries that work no more, for the mail to who keeps them."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from cms.link_radar.marks import dead_links
from cms.models import DeadLinksLetter, LinkUse, User
from pages import link_source
from pages.models import EntryPage, Representation


def _uses() -> QuerySet[LinkUse]:
    return LinkUse.objects.filter(source=link_source.name, link__in=dead_links())


def _told_to(**person: object) -> QuerySet[Representation]:
    """Whose news it is: of all who keep an entry on the site, the first."""
    entries = EntryPage.objects.live().active()
    return Representation.objects.filter(rank=Representation.Rank.FIRST, entry__in=entries, **person)


def of_entries(entries: Collection[int]) -> dict[int, list[LinkUse]]:
    """Where they stand, by entry."""
    found: dict[int, list[LinkUse]] = defaultdict(list)
    for use in _uses().filter(thing__in=entries).select_related("link").order_by("field", "pk"):
        found[use.thing].append(use)
    return dict(found)


def entries_of(person: User) -> list[int]:
    """The entries whose dead links are this person's to mend."""
    return list(_told_to(user=person).values_list("entry_id", flat=True))


def with_news() -> set[int]:
    """Who has a link that was found to work no more since this person was last told."""
    told = dict(DeadLinksLetter.objects.values_list("owner_id", "told_at"))
    keepers = dict(_told_to(user__is_active=True).values_list("entry_id", "user_id"))
    newest = _uses().filter(thing__in=keepers).values_list("thing", "link__since")
    found = ((keepers[entry], since) for entry, since in newest)
    return {person for person, since in found if person not in told or told[person] < since}
