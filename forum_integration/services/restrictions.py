"""Silencing and blocking accounts, and lifting that again. Each verb raises PermissionDenied.

Why and since when an account is restricted stands in the log.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from cms import mailing
from cms.models import Restriction, User
from forum_integration.models import Act
from forum_integration.rights import ForumRights
from forum_integration.services.log import record

ACTS = {Restriction.SILENCED: Act.Kind.SILENCED, Restriction.BLOCKED: Act.Kind.BLOCKED}


def restricted_members() -> QuerySet[User]:
    """Everyone who is restricted now, the last first; each with ``since`` and ``reason``."""
    acts = Act.objects.filter(member=OuterRef("pk"), kind__in=ACTS.values()).order_by("-at", "-pk")
    members = User.objects.exclude(restriction="")
    members = members.annotate(since=Subquery(acts.values("at")[:1]), reason=Subquery(acts.values("note")[:1]))
    return members.order_by("-since", "-pk")


def may_restrict(member: User, by: ForumRights) -> bool:
    """Not oneself, and nobody who keeps the platform: those are for an administrator to deal with."""
    if not by.is_moderator() or member == by.user:
        return False
    return not (member.is_staff_member or member.is_staff or ForumRights(member).is_moderator())


@transaction.atomic
def restrict(*, member: User, by: ForumRights, restriction: Restriction, reason: str) -> None:
    """Keep an account from writing, or from signing in; sessions of a blocked one end at their next request."""
    member = _locked(member, by)
    if not member.is_active and member.restriction != Restriction.BLOCKED:
        raise PermissionDenied  # switched off by an administrator: not for a moderator to change
    member.restriction, member.is_active = restriction, restriction != Restriction.BLOCKED
    member.save(update_fields=["restriction", "is_active"])
    record(ACTS[restriction], by=by, member=member, note=reason)
    mailing.send("account_restricted", member, "Je account is beperkt", {"restriction": restriction, "reason": reason})


@transaction.atomic
def lift(*, member: User, by: ForumRights) -> None:
    """Let an account write and sign in again."""
    member = _locked(member, by)
    if not member.restriction:
        raise PermissionDenied
    member.restriction, member.is_active = "", member.is_active or member.restriction == Restriction.BLOCKED
    member.save(update_fields=["restriction", "is_active"])
    record(Act.Kind.LIFTED, by=by, member=member)
    mailing.send("account_restored", member, "Je account doet het weer", {})


def _locked(member: User, by: ForumRights) -> User:
    found = User.objects.select_for_update().get(pk=member.pk)
    if not may_restrict(found, by):
        raise PermissionDenied
    return found
