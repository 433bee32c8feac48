"""Sending a text to the editors: a revision of the page in Wagtail's workflow. The public page keeps its old text."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from cms import mailing
from cms.models import User
from pages.models import ActivityPage, EntryPage, ReviewNote, Submission
from pages.representing import texts
from pages.representing.text_forms import TextForm
from pages.roles import EDITORS, editors

WORKFLOW = "Redactie leest mee"
TIME_TO_REVIEW = timedelta(days=7)


def review_workflow(page: Page) -> Workflow:
    """The workflow of a category or the agenda: its editors approve. Made when the first text is sent."""
    if found := page.get_workflow():
        return found
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if is_new:
        task = GroupApprovalTask.objects.create(name="Nakijken door de redactie")
        task.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
        WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=Page.objects.get(pk=page.get_parent().pk), workflow=workflow)
    return workflow


@transaction.atomic
def submit(*, entry: EntryPage, form: TextForm, by: User) -> Submission:
    """Put what a valid form says before the editors. What the writer was keeping is forgotten."""
    said = form.cleaned_data
    submission = propose(entry=entry, page=form.fill_in(), under_way=texts.under_way(entry), by=by)
    Submission.objects.filter(pk=submission.pk).update(proposed_name=said["proposed_name"])
    submission.proposed_subjects.set(said["proposed_subjects"])
    tell(submission, by, said["note"])
    texts.forget(entry=entry, writer=by)
    return submission


@transaction.atomic
def propose(
    *,
    entry: EntryPage,
    page: EntryPage | ActivityPage,
    under_way: Submission | None,
    by: User,
    sends_again: bool = True,
) -> Submission:
    """Make ``page`` the newest revision, waiting for the editors, who are not told yet.

    A text that was sent back goes to them again, unless it is not by its writer that it ``sends_again``; one that they
    have not looked at is replaced.
    """
    page.save_revision(user=by, log_action=True, clean=False)  # what is not the writer's may still be missing
    submission, due = under_way, timezone.localdate() + TIME_TO_REVIEW
    if submission is None:
        state = page.current_workflow_state or review_workflow(page).start(page, by)
        about = {"entry_id": entry.pk, "activity": page if isinstance(page, ActivityPage) else None}
        submission = Submission.objects.create(state=state, writer=by, due_on=due, **about)
    if submission.is_returned:
        if not sends_again:
            return submission
        submission.state.resume(user=by)
        Submission.objects.filter(pk=submission.pk).update(due_on=due)
    elif submission.state.current_task_state.revision_id != page.latest_revision_id:
        submission.state.current_task_state.specific.cancel(user=by, resume=True)
    Submission.objects.filter(pk=submission.pk).update(sent_at=timezone.now())
    return submission


def tell(submission: Submission, by: User, note: str) -> None:
    """Mail the editors that there is something new, with what its sender says of it."""
    if note:
        ReviewNote.objects.create(submission=submission, author=by, text=note)
    told = {
        "words": submission.words,
        "writer": by.display_name,
        "note": note,
        "path": reverse("reviewing:review", args=[submission.pk]),
    }
    for editor in editors_of(submission):
        if editor != by:
            mailing.send("entry_submitted", editor, f"Nieuwe {submission.words}", told)


def editors_of(submission: Submission) -> list[User]:
    """Who looks at it: the editor who took it, or else all of them."""
    if submission.reviewer and submission.reviewer.is_active:
        return [submission.reviewer]
    return list(editors())
