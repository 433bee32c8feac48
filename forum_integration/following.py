"""What a member follows, as far as that member may read it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from machina.apps.forum.models import Forum

from cms.models import Subject, User
from forum_integration.models import Following
from forum_integration.rights import ForumRights
from forum_integration.services.following import Followable
from forum_integration.topics import Topic, topic_url, visible_topics
from pages.models import EntryPage

CALLED = {
    "gesprek": ("topic", "dit gesprek"),
    "onderwerp": ("subject", "dit onderwerp"),
    "forum": ("forum", "dit forum"),
    "vermelding": ("entry", "deze vermelding"),
}
"""The field in ``Following`` and the words on a button, by what addresses call it."""


@dataclass(frozen=True, slots=True)
class Line:
    """Something that somebody follows, in a list."""

    what: str
    pk: int
    title: str
    url: str


def url_of(thing: Followable) -> str:
    if isinstance(thing, Topic):
        return topic_url(thing)
    if isinstance(thing, Forum):
        return reverse("forum:forum", args=[thing.slug, thing.pk])
    return thing.get_absolute_url() if isinstance(thing, Subject) else str(thing.url)


def followed_topics(rights: ForumRights, member: User) -> QuerySet[Topic]:
    """Those in which something was said last come first."""
    topics = visible_topics(rights).filter(followings__member=member)
    return topics.order_by("-last_post_on", "-pk")


def followed_things(rights: ForumRights, member: User) -> list[tuple[str, list[Line]]]:
    """The followed subjects, forums and entries under their headings; topics are a list of their own."""
    mine = Following.objects.filter(member=member)
    subjects = Subject.objects.filter(pk__in=mine.exclude(subject=None).values("subject"))
    forum_ids = set(mine.exclude(forum=None).values_list("forum", flat=True))
    forums = [forum for forum in rights.readable_forums if forum.pk in forum_ids]
    entries = EntryPage.objects.listed().filter(pk__in=mine.exclude(entry=None).values("entry")).order_by("title")
    groups: list[tuple[str, str, Sequence[Followable]]] = [
        ("Onderwerpen", "onderwerp", list(subjects)),
        ("Forums", "forum", forums),
        ("Vermeldingen", "vermelding", list(entries)),
    ]
    return [
        (heading, [Line(what, thing.pk, str(thing), url_of(thing)) for thing in things])
        for heading, what, things in groups
        if things
    ]
