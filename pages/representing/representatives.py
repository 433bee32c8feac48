"""Who keeps an entry: joining, handing over, stopping. The first is asked first whether it still holds."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet

from cms import mailing
from cms.models import User
from pages.models import EntryPage, Representation
from pages.representing.log import record

Rank = Representation.Rank


def addresses_of(user: User) -> set[str]:
    """The confirmed addresses of a member, in lower case."""
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return {address.lower() for address in confirmed}


def kept_by(user: User) -> QuerySet[EntryPage]:
    """The entries that somebody keeps, also those that are no longer or not yet on the site."""
    return EntryPage.objects.filter(representations__user=user.pk).order_by("title")


@transaction.atomic
def add(*, entry: EntryPage, user: User, by: User | None) -> Representation:
    """Let a member keep an entry from now on: as the first if nobody does yet. A second time changes nothing."""
    _lock(entry)
    has_first = Representation.objects.filter(entry=entry, rank=Rank.FIRST).exists()
    rank = Rank.SECOND if has_first else Rank.FIRST
    kept, is_new = Representation.objects.get_or_create(entry=entry, user=user, defaults={"rank": rank})
    if is_new:
        record("join", entry, by, about=user)
    return kept


@transaction.atomic
def promote(*, kept: Representation, by: User) -> None:
    """Make somebody the first; who was the first becomes the second."""
    _lock(kept.entry)
    Representation.objects.filter(entry=kept.entry, rank=Rank.FIRST).update(rank=Rank.SECOND)
    kept.rank = Rank.FIRST
    kept.save(update_fields=["rank"])
    record("promote", kept.entry, by, about=kept.user)


@transaction.atomic
def remove(*, kept: Representation, by: User) -> None:
    """End that somebody keeps an entry: who stopped, or who an editor takes it from and then is told by mail.

    When the first goes, who keeps it longest of the others becomes the first.
    """
    _lock(kept.entry)
    entry, user = kept.entry, kept.user
    kept.delete()
    if by == user:
        record("leave", entry, by)
    else:
        record("revoke", entry, by, about=user)
        mailing.send("entry_revoked", user, f"Je houdt {entry.title} niet meer bij", {"title": entry.title})
    _fill_first_place(entry)


def let_go(user: User) -> None:
    """Of an account that goes: nothing is told to it any more."""
    for kept in Representation.objects.filter(user=user).select_related("entry"):
        kept.delete()
        _fill_first_place(kept.entry)


def _fill_first_place(entry: EntryPage) -> None:
    """Who keeps it longest comes first when nobody does."""
    kept = Representation.objects.filter(entry=entry).order_by("rank", "pk").first()
    if kept and kept.rank != Rank.FIRST:
        kept.rank = Rank.FIRST
        kept.save(update_fields=["rank"])


def _lock(entry: EntryPage) -> None:
    """Of two who join or leave at once the second finds what the first made of it."""
    EntryPage.objects.select_for_update(of=("self",)).filter(pk=entry.pk).values_list("pk").first()
