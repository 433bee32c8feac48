"""Members propose what should stand on the site too; who has no account yet writes first and sends after signing in."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.models import User
from pages.models import Proposal

State = Proposal.State

UNSENT_KEPT = timedelta(days=14)
MOST_OPEN = 10
"""Of one member at a time."""


class TooManyError(Exception):
    """This member has as many proposals waiting as one may."""


def waiting() -> QuerySet[Proposal]:
    """What an editor is to decide about, oldest first."""
    return Proposal.objects.filter(state=State.OPEN).select_related("member").order_by("made_at", "pk")


def of(member: User) -> QuerySet[Proposal]:
    """What somebody proposed, and what became of it."""
    return Proposal.objects.filter(member=member).select_related("entry").order_by("-made_at", "-pk")


def keep(proposal: Proposal) -> Proposal:
    """Keep for ``UNSENT_KEPT`` what a visitor wrote; its key is how to come back to it."""
    proposal.member, proposal.state = None, State.UNSENT
    proposal.save()
    return proposal


def unsent_for(member: User, key: str) -> Proposal:
    """The proposal with this key, which belongs to this member from now on.

    Raises Proposal.DoesNotExist when it is another's, was sent or was forgotten.
    """
    proposal = Proposal.objects.get(Q(member=None) | Q(member=member), key=key, state=State.UNSENT)
    if proposal.member_id is None and Proposal.objects.filter(pk=proposal.pk, member=None).update(member=member):
        proposal.member = member
    return proposal


@transaction.atomic
def send(*, proposal: Proposal, by: User) -> None:
    """Put it to the editors; the same once more changes nothing. Raises TooManyError."""
    User.objects.select_for_update(of=("self",)).get(pk=by.pk)  # one at a time
    waiting_of = Proposal.objects.filter(member=by, state=State.OPEN)
    if waiting_of.filter(title=proposal.title, text=proposal.text).exists():
        if proposal.pk:
            proposal.delete()
        return
    if waiting_of.count() >= MOST_OPEN:
        raise TooManyError
    proposal.member, proposal.state, proposal.made_at = by, State.OPEN, timezone.now()
    proposal.save()


def forget_old() -> None:
    Proposal.objects.filter(state=State.UNSENT, made_at__lt=timezone.now() - UNSENT_KEPT).delete()
