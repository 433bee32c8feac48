"""What other pages and tables say about an entry."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localdate
from wagtail.models import Page

from cms.memory import remembered
from pages.lifecycle.reading import successors_of
from pages.models.activities import ActivityPage
from pages.models.representation import Representation
from pages.querysets import PageLink, open_to_everyone, path_below_home


@dataclass(frozen=True, kw_only=True, slots=True)
class Mentions:
    activities: tuple[ActivityPage, ...]
    """That it organises, soonest first."""

    keepers: tuple[str, ...]
    """The names of its representatives."""

    predecessors: tuple[PageLink, ...]
    """Entries of which it continues the work."""

    resources: tuple[PageLink, ...]
    """That it offers."""

    successors: tuple[PageLink, ...]
    """Entries that continue its work and exist now, also when others did so in between."""

    past_successors: tuple[PageLink, ...]
    """Where it went and what has ended since, if nothing that exists now continues it."""


@remembered
def mentions_of(entry_pk: int) -> Mentions:
    predecessors, resources = _pages_that_name(entry_pk)
    coming = ActivityPage.objects.listed().filter(organiser_entry=entry_pk).coming(localdate())
    keepers = Representation.objects.filter(entry=entry_pk).select_related("user")
    successors, past_successors = successors_of([entry_pk])[entry_pk]
    return Mentions(
        activities=tuple(coming),
        keepers=tuple(str(keeper.user) for keeper in keepers),
        predecessors=predecessors,
        resources=resources,
        successors=successors,
        past_successors=past_successors,
    )


def _pages_that_name(entry_pk: int) -> tuple[tuple[PageLink, ...], tuple[PageLink, ...]]:
    """Entries that it succeeds, and resources that it offers; in one query."""
    succeeded = Q(entrypage__successions__successor=entry_pk, entrypage__ended_on__lte=localdate())
    naming = succeeded | Q(resourcepage__provider_entry=entry_pk)
    pages = Page.objects.live().filter(open_to_everyone(), naming).order_by("title")
    links: tuple[list[PageLink], list[PageLink]] = ([], [])
    for title, url_path, resource in pages.values_list("title", "url_path", "resourcepage"):
        links[bool(resource)].append(PageLink(title, path_below_home(url_path)))
    return tuple(links[0]), tuple(links[1])
