"""Members ask to keep an entry ("Hoort dit bij jou?"); an editor decides."""

from django.db import transaction
from django.utils import timezone

from cms import mailing
from cms.models import User
from pages.models import Claim, EntryPage
from pages.representing import invitations, representatives
from pages.representing.log import record


def ask(*, entry: EntryPage, member: User, motive: str, address: str = "") -> Claim:
    """Put it to the editors, once for as long as they have not decided."""
    claim, is_new = Claim.objects.get_or_create(
        entry=entry, member=member, state=Claim.State.OPEN, defaults={"motive": motive, "address": address}
    )
    if is_new:
        record("claim", entry, member)
    return claim


@transaction.atomic
def grant(*, claim: Claim, by: User) -> None:
    """Let the member keep the entry, or invite the successor that the member named; the member is mailed."""
    if not _decide(claim, Claim.State.GRANTED, by):
        return
    entry, told = claim.entry, {"title": claim.entry.title, "address": claim.address}
    if claim.address:
        invitations.invite(entry=entry, address=claim.address, by=by)
    else:
        representatives.add(entry=entry, user=claim.member, by=by)
    mailing.send("entry_claim_granted", claim.member, f"Je aanvraag voor {entry.title}", told)


@transaction.atomic
def refuse(*, claim: Claim, by: User, reason: str) -> None:
    """Say no with a reason, which is mailed."""
    if not _decide(claim, Claim.State.REFUSED, by, reason):
        return
    entry = claim.entry
    record("refuse_claim", entry, by, about=claim.member)
    told = {"title": entry.title, "path": entry.url, "reason": reason}
    mailing.send("entry_claim_refused", claim.member, f"Je aanvraag voor {entry.title}", told)


def _decide(claim: Claim, state: Claim.State, by: User, reason: str = "") -> bool:
    """Of two editors the first decides."""
    decided = {"state": state, "decided_by": by, "decided_at": timezone.now(), "reason": reason}
    return bool(Claim.objects.filter(pk=claim.pk, state=Claim.State.OPEN).update(**decided))
