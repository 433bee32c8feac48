"""What an editor makes of a proposal: a draft, an entry that stood there already, or nothing, with the reason."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, log
from wagtail.models import Page

from cms import mailing
from cms.models import User
from pages.models import INDEX_MODELS, Criterion, EntryIndexPage, EntryPage, Proposal

State = Proposal.State
ACCEPT = "pages.proposal.accept"


class DecidedAlreadyError(Exception):
    """Another editor was faster."""


@transaction.atomic
def accept(*, proposal: Proposal, by: User, kind: str, criterion: Criterion | None = None) -> EntryPage:
    """Make a draft of it, for an editor to amend and publish; the member is mailed.

    Raises DecidedAlreadyError, and PermissionDenied for who may not add a page there.
    """
    index = _index_of(proposal)
    if not index.permissions_for_user(by).can_add_subpage():
        raise PermissionDenied
    _decide(proposal, State.ACCEPTED, by)
    page: EntryPage = index.entry_model()(
        title=proposal.title,
        blurb=proposal.text,
        website=proposal.url,
        proposed_by=proposal.on_behalf_of,
        kind=kind,
        criterion=criterion,
        live=False,
        owner=by,
    )
    index.add_child(instance=page)
    page.save_revision(user=by, clean=False)  # a draft may be incomplete
    log(page, "wagtail.create", user=by)
    log(page, ACCEPT, user=by)
    _remember_entry(proposal, page)
    _tell(proposal, "proposal_accepted", {})
    return page


@transaction.atomic
def join(*, proposal: Proposal, by: User, entry: EntryPage) -> None:
    """Say that it stood there already, as ``entry``. Raises DecidedAlreadyError."""
    _decide(proposal, State.DUPLICATE, by)
    _remember_entry(proposal, entry)
    claim = reverse("claim_entry", args=[entry.pk])
    _tell(proposal, "proposal_joined", {"entry": entry.title, "path": entry.url, "claim": claim})


@transaction.atomic
def decline(*, proposal: Proposal, by: User, reason: str) -> None:
    """Say no with a reason, which is mailed. Raises DecidedAlreadyError."""
    _decide(proposal, State.DECLINED, by, reason)
    _tell(proposal, "proposal_declined", {"reason": reason})


def _decide(proposal: Proposal, state: Proposal.State, by: User, reason: str = "") -> None:
    decided = {"state": state, "decided_by": by, "decided_at": timezone.now(), "reason": reason}
    if not Proposal.objects.filter(pk=proposal.pk, state=State.OPEN).update(**decided):
        raise DecidedAlreadyError
    proposal.refresh_from_db()


def _remember_entry(proposal: Proposal, entry: Page) -> None:
    Proposal.objects.filter(pk=proposal.pk).update(entry=entry.pk)


def _index_of(proposal: Proposal) -> EntryIndexPage:
    index: EntryIndexPage = INDEX_MODELS[proposal.category]._default_manager.get()
    return index


def _tell(proposal: Proposal, template: str, told: dict[str, Any]) -> None:
    if proposal.member:
        mailing.send(template, proposal.member, f"Je voordracht: {proposal.title}", {"title": proposal.title, **told})


def register(actions: LogActionRegistry) -> None:
    actions.register_action(ACCEPT, "Neem aan", "Gemaakt van een voordracht")
