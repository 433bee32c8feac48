"""Telling who keeps an entry which of its links work no more: one mail for all of it, and no more than one a week."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.timezone import localdate

from cms import mailing
from cms.link_radar import sources
from cms.link_radar.marks import mark_of
from cms.mailing import Letter
from cms.models import CheckedLink, DeadLinksLetter, LinkUse, Mail, User

TEMPLATE = "dead_links"
AT_MOST_EVERY = timedelta(days=7)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def is_due(told_at: datetime, broken_since: Iterable[datetime], now: datetime) -> bool:
    """Whether there is something to tell that was not told yet, and the last mail is a week old."""
    return now - told_at >= AT_MOST_EVERY and any(told_at < since <= now for since in broken_since)


def dead_uses() -> dict[int, list[LinkUse]]:
    """Where links that work no more stand in what somebody keeps, by the account of that person."""
    broken = LinkUse.objects.filter(link__state=CheckedLink.State.BROKEN).exclude(link__ignored_until__gt=localdate())
    by_source: dict[str, list[LinkUse]] = defaultdict(list)
    for use in broken.select_related("link").order_by("title", "field", "pk"):
        by_source[use.source].append(use)
    found: dict[int, list[LinkUse]] = defaultdict(list)
    for name, uses in by_source.items():
        if source := sources.source(name):
            owners = source.owners({use.thing for use in uses})
            for use in uses:
                if owner := owners.get(use.thing):
                    found[owner].append(use)
    return found


def tell_owners() -> None:
    """Owe the mails that are due. A job does so every day; what it did it does not do again."""
    now = timezone.now()
    found = dead_uses()
    users = User.objects.in_bulk(found)
    for pk, uses in found.items():
        if (user := users.get(pk)) and user.is_active:
            with transaction.atomic():
                DeadLinksLetter.objects.get_or_create(owner=user, defaults={"told_at": NEVER})
                letter = DeadLinksLetter.objects.select_for_update().get(owner=user)
                if is_due(letter.told_at, [use.link.since for use in uses], now):
                    letter.told_at = now
                    letter.save()
                    mailing.send(TEMPLATE, user, "Links die niet meer werken", {})


def compose(mail: Mail) -> Letter | None:
    """What works no more when the mail leaves, in what its receiver keeps by then."""
    uses = dead_uses().get(mail.receiver.pk, [])
    if not uses:
        return None
    places: dict[str, list[dict[str, str]]] = defaultdict(list)
    for use in uses:
        places[use.title].append({"field": use.field, "url": use.link.url, "said": mark_of(use.link.url)})
    number = len({use.link_id for use in uses})
    subject = "1 link werkt niet meer" if number == 1 else f"{number} links werken niet meer"
    return Letter(subject, {"places": list(places.items())})
