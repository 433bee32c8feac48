"""Editors decide about a text that was sent: publish it, or send it back with what is to be better."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import TaskState, WorkflowState

from cms import mailing
from cms.models import Subject, User
from pages.models import ReviewNote, Submission
from pages.representing.submitting import editors_of


class ChangedMeanwhileError(Exception):
    """There is a newer text than the one that the editor read, or another editor decided."""


def to_review() -> QuerySet[Submission]:
    """What waits for an editor, what is due first on top."""
    waiting = Submission.objects.filter(state__status=WorkflowState.STATUS_IN_PROGRESS)
    return waiting.select_related("entry", "activity", "writer", "reviewer").order_by("due_on", "pk")


def claim(*, submission: Submission, by: User) -> None:
    Submission.objects.filter(pk=submission.pk).update(reviewer=by)


def release(*, submission: Submission) -> None:
    Submission.objects.filter(pk=submission.pk).update(reviewer=None)


@transaction.atomic
def approve(
    *, submission: Submission, revision: int, by: User, comment: str = "", name: str = "", subjects: list[Subject]
) -> None:
    """Publish what the editor read; ``name`` and ``subjects`` are those proposals that the editor takes over.

    Raises ChangedMeanwhileError, PermissionDenied for who is no editor, and ValidationError when something is missing
    without which an entry is not published.
    """
    task_state = _as_read(submission, revision, by)
    if name or subjects:
        page = submission.page.get_latest_revision_as_object()
        page.title = name or page.title
        page.subjects.add(*subjects)
        page.save_revision(user=by, log_action=True)
    task_state.approve(user=by, comment=comment)
    told = {"words": submission.words, "path": submission.page.url, "comment": comment}
    for writer in _writers(submission):
        mailing.send("entry_approved", writer, f"Je {submission.words} staat erop", told)


@transaction.atomic
def send_back(*, submission: Submission, revision: int, by: User, comment: str) -> None:
    """Ask for a better text, saying why. Raises as ``approve`` does."""
    _as_read(submission, revision, by).reject(user=by, comment=comment)
    ReviewNote.objects.create(submission=submission, author=by, text=comment)
    told = {"words": submission.words, "path": submission.form_path, "comment": comment}
    for writer in _writers(submission):
        mailing.send("entry_sent_back", writer, f"Nog iets voor {submission.page.title}", told)


@transaction.atomic
def add_note(*, submission: Submission, by: User, text: str, to_editors: bool) -> None:
    """Say something about a text; the other side is mailed: the editors, or who writes for the entry."""
    ReviewNote.objects.create(submission=submission, author=by, text=text)
    path = reverse("reviewing:review", args=[submission.pk]) if to_editors else submission.form_path
    told = {"words": submission.words, "path": path, "text": text, "author": by.display_name}
    for receiver in editors_of(submission) if to_editors else _writers(submission):
        if receiver != by:
            mailing.send("entry_note", receiver, f"Bericht over de {submission.words}", told)


def _writers(submission: Submission) -> list[User]:
    """Who hears of it: the writer, and when that is nobody who keeps the entry any more, all who do."""
    writer = submission.writer
    if writer and submission.entry.specific.permissions_for_user(writer).can_keep():
        return [writer]
    keepers = submission.entry.representations.filter(user__is_active=True).select_related("user")
    return [keeper.user for keeper in keepers]


def _as_read(submission: Submission, revision: int, by: User) -> TaskState:
    """The step of the workflow that waits for this editor. Locks it, so that of two decisions one counts."""
    state = WorkflowState.objects.select_for_update(of=("self",)).get(pk=submission.state_id)
    if state.status != WorkflowState.STATUS_IN_PROGRESS:
        raise ChangedMeanwhileError
    task_state = state.current_task_state.specific
    if not submission.page.specific.permissions_for_user(by).can_publish():
        raise PermissionDenied
    if task_state.revision_id != revision or submission.page.latest_revision_id != revision:
        raise ChangedMeanwhileError
    return task_state
