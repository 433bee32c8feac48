"""What becomes of a correction: taken over into the workflow, dealt with otherwise, or refused with a reason."""

import copy
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import Revision

from cms import mailing
from cms.models import User
from pages.correcting.forms import text_of
from pages.models import Correction, EntryPage, Submission
from pages.representing import submitting, texts
from pages.representing.reviewing import ChangedMeanwhileError

State = Correction.State
Part = Correction.Part
ACTIONS = {
    "take_over": ("Neem over", "Correctie van een lezer overgenomen"),
    "settle": ("Verwerk", "Opmerking van een lezer verwerkt"),
    "refuse": ("Wijs af", "Correctie van een lezer niet overgenomen"),
}


def corrected(page: EntryPage, correction: Correction) -> EntryPage:
    """A copy of the page, not to be saved, with what the reader proposes."""
    changed = copy.copy(page)
    if not correction.is_remark:
        setattr(changed, correction.part, correction.proposal)
    return changed


@transaction.atomic
def take_over(*, correction: Correction, revision: int | None, by: User) -> Submission:
    """Make a revision with the proposal, for the editors to look at; the site keeps its text until then.

    ``revision`` is the newest one when it was decided. A name is put to the editors beside the text: who keeps an entry
    does not change it. Raises ChangedMeanwhileError.
    """
    entry = correction.entry.specific
    if entry.latest_revision_id != revision or correction.is_remark:
        raise ChangedMeanwhileError
    _decide(correction, State.TAKEN_OVER, by)
    page, is_name = texts.latest(entry), correction.part == Part.TITLE
    was = text_of(page, Part(correction.part))
    if not is_name:
        setattr(page, correction.part, correction.proposal)
    submission = submitting.propose(entry=entry, page=page, under_way=texts.under_way(entry), by=by, sends_again=False)
    if is_name:
        Submission.objects.filter(pk=submission.pk).update(proposed_name=correction.proposal)
    else:
        texts.put_into_unsent(entry=entry, field=correction.part, was=was, text=correction.proposal)
    correction.revision = page.latest_revision
    correction.save(update_fields=["revision"])
    _record("take_over", correction, by)
    if not submission.is_returned:
        source = f" De bron: {correction.source}" if correction.source else ""
        submitting.tell(submission, by, f"Voorstel van een lezer overgenomen: {correction.get_part_display()}.{source}")
    return submission


@transaction.atomic
def settle(*, correction: Correction, by: User) -> None:
    """Say that what a reader remarked was dealt with; who left an address is thanked."""
    _decide(correction, State.DONE, by)
    _record("settle", correction, by)
    _answer(correction, "correction_thanks", {"is_literal": False})


@transaction.atomic
def refuse(*, correction: Correction, by: User, reason: str) -> None:
    """Leave the entry as it is; who left an address reads why."""
    _decide(correction, State.REFUSED, by, reason)
    _record("refuse", correction, by)
    _answer(correction, "correction_refused", {"reason": reason})


def thank_for(page: EntryPage, revision: Revision | None) -> None:
    """When a version goes on the site: thank everyone whose proposal it holds."""
    if revision is None:
        return
    held = Correction.objects.filter(entry=page.pk, state=State.TAKEN_OVER, revision__lte=revision.pk)
    for correction in held.select_for_update(of=("self",)):
        is_literal = text_of(page, Part(correction.part)) == correction.proposal
        Correction.objects.filter(pk=correction.pk).update(state=State.DONE, decided_at=timezone.now())
        _answer(correction, "correction_thanks", {"is_literal": is_literal})


def _decide(correction: Correction, state: Correction.State, by: User, reason: str = "") -> None:
    """Raises ChangedMeanwhileError when another was faster."""
    decided = {"state": state, "decided_by": by, "decided_at": timezone.now(), "reason": reason}
    if not Correction.objects.filter(pk=correction.pk, state=State.OPEN).update(**decided):
        raise ChangedMeanwhileError
    correction.refresh_from_db()


def _answer(correction: Correction, template: str, told: dict[str, Any]) -> None:
    """To the address that was left. What the reader wrote is not in it: the address may be somebody else's."""
    entry = correction.entry
    if correction.address:
        about = {"title": entry.title, "path": entry.url, "part": correction.get_part_display()}
        mailing.send(template, correction.address, f"Wat je meldde over {entry.title}", {**about, **told})


def _record(action: str, correction: Correction, by: User) -> None:
    log(correction.entry, f"pages.correction.{action}", user=by, data={"part": correction.get_part_display()})


def register(actions: LogActionRegistry) -> None:
    for name, (label, message) in ACTIONS.items():
        actions.register_action(f"pages.correction.{name}")(partial(AboutPart, label, message))


class AboutPart(LogFormatter):
    """A line that names the part of the entry."""

    def __init__(self, label: str, message: str) -> None:
        self.label, self.message = label, message

    def format_message(self, log_entry: Any) -> str:
        return f"{self.message}: {log_entry.data.get('part', '')}"
