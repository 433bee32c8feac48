"""What goes with an account before its row goes.

Every way of deleting a user passes here: the member's own button, Wagtail's admin, a line in a shell. ``erasing`` is
sent with ``user`` and ``way`` inside the transaction; each room then lets go of what stays and removes what would stay
behind.
"""

from typing import TYPE_CHECKING

from django.contrib.auth import SESSION_KEY
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.dispatch import Signal
from wagtail.models import ModelLogEntry, PageLogEntry

if TYPE_CHECKING:
    from cms.models import User

FORMER_MEMBER = "Oud-deelnemer"

erasing = Signal()


class Way(models.TextChoices):
    """By whom or by what rule an account goes."""

    SELF = "zelf", "door het lid zelf"
    STAFF = "beheer", "in het beheer"
    UNCONFIRMED = "onbevestigd", "adres nooit bevestigd"
    UNUSED = "ongebruikt", "twee jaar niet gebruikt"
    AGAIN = "opnieuw", "opnieuw, na een teruggezette reservekopie"


class LastAdministratorError(Exception):
    """Without this account nobody could manage the platform."""


def is_last_administrator(user: "User") -> bool:
    administrators = type(user).objects.filter(is_superuser=True, is_active=True)
    return user.is_superuser and not administrators.exclude(pk=user.pk).exists()


@transaction.atomic
def erase(user: "User", *, way: Way = Way.SELF) -> None:
    """Delete an account and what belongs to the person alone. Raises LastAdministratorError.

    Locks the administrators, so that two cannot both go and leave nobody.
    """
    list(type(user).objects.select_for_update().filter(is_superuser=True).values_list("pk", flat=True))
    if is_last_administrator(user):
        raise LastAdministratorError
    user.delete(way=way)


def prepare(user: "User", way: Way = Way.STAFF) -> None:
    """Remove what no foreign key takes along, here and in the other rooms."""
    _end_sessions(user)
    about = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(user), object_id=str(user.pk))
    about.update(label=FORMER_MEMBER)
    for log in (ModelLogEntry, PageLogEntry):  # Wagtail leaves the key of who is gone
        log.objects.filter(user=user).update(user=None)
    erasing.send(type(user), user=user, way=way)


def _end_sessions(user: "User") -> None:
    """A session holds the address of who signed in. Whose it is stands inside it, so all are read."""
    sessions = Session.objects.iterator()
    ended = [session.pk for session in sessions if session.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=ended).delete()
