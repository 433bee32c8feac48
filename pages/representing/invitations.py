"""Asking somebody by mail to keep an entry, with a link that works once."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cms import mailing
from cms.models import Mail, User
from pages.models import EntryPage, Invitation
from pages.representing.log import record

TEMPLATE = "entry_invitation"
REMEMBERED = timedelta(days=90)


class InvitationGoneError(Exception):
    """There is no invitation to use: never made, used, withdrawn or too old. Which of these is nobody's business."""


@transaction.atomic
def invite(*, entry: EntryPage, address: str, by: User) -> Invitation:
    """Owe somebody a mail with a link; an earlier invitation of the same address for this entry ends."""
    Invitation.objects.open().filter(entry=entry, address__iexact=address).delete()
    key = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(entry=entry, address=address, key_hash=_hash(key), invited_by=by)
    mailing.send(
        TEMPLATE,
        address,
        f"Wil jij {entry.title} bijhouden?",
        {
            "title": entry.title,
            "path": reverse("invitation", args=[key]),
            "until": date_format(timezone.localtime(invitation.open_until), "j F Y"),
        },
    )
    record("invite", entry, by)
    return invitation


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    record("withdraw", invitation.entry, by)
    invitation.delete()


def find(key: str) -> Invitation:
    """Raises InvitationGoneError."""
    invitation = Invitation.objects.open().select_related("entry").filter(key_hash=_hash(key)).first()
    if invitation is None:
        raise InvitationGoneError
    return invitation


def forget(addresses: set[str]) -> None:
    """Let go of addresses that were invited, since their owner left."""
    for address in addresses:
        Invitation.objects.filter(address__iexact=address).delete()
        Mail.objects.filter(address__iexact=address).delete()


def forget_old() -> None:
    Invitation.objects.filter(made_at__lt=timezone.now() - REMEMBERED).delete()


def _hash(key: str) -> str:
    """Of 32 random bytes: too many to guess, so nothing slower is needed."""
    return sha256(key.encode()).hexdigest()
