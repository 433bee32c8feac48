"""The text that somebody is writing for an entry, and what becomes of it between writing and sending."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import WorkflowState

from cms.models import User
from pages.models import EntryPage, Submission, UnsentText
from pages.representing import logos
from pages.representing.text_forms import TextForm

ACTIVE = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
KEPT = timedelta(days=90)
LONGEST = 20_000
"""In characters, over all fields; a text that is a little too long to send is worth keeping."""


def latest(entry: EntryPage) -> EntryPage:
    """The page as it was last written, whether or not that is published."""
    page: EntryPage = entry.get_latest_revision_as_object()
    return page


def unsent(entry: EntryPage, writer: User) -> UnsentText | None:
    return UnsentText.objects.filter(entry=entry.pk, writer=writer).first()


def form_for(entry: EntryPage, writer: User) -> TextForm:
    """The form with what this person wrote before, or else with the newest text of the entry."""
    kept, page = unsent(entry, writer), latest(entry)
    initial = TextForm.of_typed(kept.typed, page, writer).values() if kept else {}
    if sent := logos.newest(entry, writer):
        initial["logo"] = sent.pk
    if (waits := under_way(entry)) and not initial.get("proposed_name"):
        initial["proposed_name"] = waits.proposed_name  # sending again without it would take it back
    return TextForm(instance=page, writer=writer, initial=initial)


def keep(*, entry: EntryPage, writer: User, typed: Mapping[str, Any]) -> None:
    """Keep what was filled in, in place of what was kept before. Raises ValueError when nobody could send that much."""
    if sum(len(text) for values in typed.values() for text in values) > LONGEST:
        raise ValueError
    kept = {"typed": dict(typed), "saved_at": timezone.now()}
    UnsentText.objects.update_or_create(entry_id=entry.pk, writer=writer, defaults=kept)


def put_into_unsent(*, entry: EntryPage, field: str, was: str, text: str) -> None:
    """Let what people are writing for an entry hold a change of one field as well, or sending it would undo that.

    Who already wrote something else there keeps that.
    """
    for unsent in UnsentText.objects.select_for_update().filter(entry=entry.pk):
        written = unsent.typed.get(field, [was])
        if [one.split() for one in written] == [was.split()]:
            unsent.typed[field] = [text]
            unsent.save(update_fields=["typed"])


def forget(*, entry: EntryPage, writer: User) -> None:
    UnsentText.objects.filter(entry=entry.pk, writer=writer).delete()


def forget_old() -> None:
    UnsentText.objects.filter(saved_at__lt=timezone.now() - KEPT).delete()


def standings(entries: Iterable[EntryPage], writer: User) -> list[tuple[EntryPage, str]]:
    """Each entry with what is going on with its text, if anything."""
    entries = list(entries)
    active = Submission.objects.filter(entry__in=entries, activity=None, state__status__in=ACTIVE)
    sent = {one.entry_id: one.standing for one in active.select_related("state")}
    begun = UnsentText.objects.filter(entry__in=entries, writer=writer).values_list("entry", flat=True)
    told = sent | dict.fromkeys(begun, "nog niet verstuurd")
    return [(entry, told.get(entry.pk, "")) for entry in entries]


def under_way(entry: EntryPage) -> Submission | None:
    """What the editors are looking at, or sent back."""
    found = Submission.objects.filter(entry=entry.pk, activity=None, state__status__in=ACTIVE)
    return found.select_related("state__current_task_state", "writer", "reviewer").first()
