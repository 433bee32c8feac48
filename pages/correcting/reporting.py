"""Readers say what is wrong in an entry; who keeps it is told, and an address is kept no longer than it is needed."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from cms import mailing
from pages.models import Correction, EntryPage, Representation

State = Correction.State

ADDRESS_KEPT = timedelta(days=30)
"""After the answer."""

MOST_ANSWERS = 5
"""To one address for what was sent in a day: it may be somebody else's."""

KEPT = timedelta(days=365)
"""After the decision; longer when nobody decided, but then without the address."""


@transaction.atomic
def report(*, entry: EntryPage, part: str, proposal: str, source: str = "", address: str = "") -> None:
    """Put it to who keeps the entry and to the editors; the same once more changes nothing.

    Those who keep it get one mail, until nothing of theirs waits any more.
    """
    EntryPage.objects.select_for_update(of=("self",)).get(pk=entry.pk)  # one at a time, or both are the first
    today = Correction.objects.filter(made_at__gt=timezone.now() - timedelta(days=1))
    if address and today.filter(address__iexact=address).count() >= MOST_ANSWERS:
        address = ""
    others_wait = Correction.objects.filter(entry=entry.pk, state=State.OPEN).exists()
    same = {"entry_id": entry.pk, "part": part, "proposal": proposal, "address": address, "state": State.OPEN}
    correction, is_new = Correction.objects.get_or_create(**same, defaults={"source": source})
    if others_wait or not is_new:
        return
    told = {
        "title": entry.title,
        "part": correction.get_part_display(),
        "path": reverse("corrections_of_entry", args=[entry.pk]),
    }
    for kept in Representation.objects.filter(entry=entry.pk).select_related("user"):
        mailing.send("correction_reported", kept.user, f"Klopt dit niet bij {entry.title}?", told)


def waiting() -> QuerySet[Correction]:
    """What somebody is to decide about, oldest first."""
    return Correction.objects.filter(state=State.OPEN).select_related("entry").order_by("made_at", "pk")


def with_number(entries: QuerySet[EntryPage]) -> QuerySet[EntryPage]:
    """Entries that know how many corrections wait: ``corrections_waiting``."""
    return entries.annotate(corrections_waiting=Count("corrections", filter=Q(corrections__state=State.OPEN)))


def forget_old() -> None:
    """Addresses that were answered or wait in vain, and in the end the corrections themselves."""
    now = timezone.now()
    answered = Q(decided_at__lt=now - ADDRESS_KEPT) & ~Q(state=State.TAKEN_OVER)
    Correction.objects.exclude(address="").filter(answered | Q(made_at__lt=now - KEPT)).update(address="")
    Correction.objects.filter(decided_at__lt=now - KEPT).delete()


def forget_addresses(addresses: Iterable[str]) -> None:
    """Of an account that goes."""
    Correction.objects.alias(lower=Lower("address")).filter(lower__in=set(addresses)).update(address="")
