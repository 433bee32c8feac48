"""Sending a text to the editors: a revision of the page in Wagtail's workflow. The public page keeps its old text."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from cms import mailing
from cms.models import User
from pages.models import EntryPage, ReviewNote, Submission
from pages.representing import texts
from pages.representing.text_forms import TextForm
from pages.roles import EDITORS, editors

WORKFLOW = "Redactie leest mee"
TIME_TO_REVIEW = timedelta(days=7)


def review_workflow(entry: EntryPage) -> Workflow:
    """The workflow of a category: its editors approve. Made when the first text is sent."""
    if found := entry.get_workflow():
        return found
    workflow, is_new = Workflow.objects.get_or_create(name=WORKFLOW)
    if is_new:
        task = GroupApprovalTask.objects.create(name="Nakijken door de redactie")
        task.groups.add(Group.objects.get_or_create(name=EDITORS)[0])
        WorkflowTask.objects.create(workflow=workflow, task=task)
    WorkflowPage.objects.create(page=Page.objects.get(pk=entry.get_parent().pk), workflow=workflow)
    return workflow


@transaction.atomic
def submit(*, entry: EntryPage, form: TextForm, by: User) -> Submission:
    """Make what a valid form says the newest revision and put it before the editors, who are mailed.

    A text that was sent back goes to them again, and one that they have not looked at is replaced. What the writer
    was keeping is forgotten.
    """
    page = form.fill_in()
    page.save_revision(user=by, log_action=True, clean=False)  # what is not the writer's may still be missing
    submission = texts.under_way(entry)
    if submission is None:
        state = page.current_workflow_state or review_workflow(entry).start(page, by)
        due = timezone.localdate() + TIME_TO_REVIEW
        submission = Submission.objects.create(state=state, entry_id=entry.pk, writer=by, due_on=due)
    if submission.is_returned:
        submission.state.resume(user=by)
        Submission.objects.filter(pk=submission.pk).update(due_on=timezone.localdate() + TIME_TO_REVIEW)
    elif submission.state.current_task_state.revision_id != page.latest_revision_id:
        submission.state.current_task_state.specific.cancel(user=by, resume=True)
    _tell(submission, form, by)
    texts.forget(entry=entry, writer=by)
    return submission


def _tell(submission: Submission, form: TextForm, by: User) -> None:
    said = form.cleaned_data
    Submission.objects.filter(pk=submission.pk).update(proposed_name=said["proposed_name"], sent_at=timezone.now())
    submission.proposed_subjects.set(said["proposed_subjects"])
    if said["note"]:
        ReviewNote.objects.create(submission=submission, author=by, text=said["note"])
    told = {
        "title": submission.entry.title,
        "writer": by.display_name,
        "note": said["note"],
        "path": reverse("reviewing:review", args=[submission.pk]),
    }
    for editor in editors_of(submission):
        if editor != by:
            mailing.send("entry_submitted", editor, f"Nieuwe tekst voor {submission.entry.title}", told)


def editors_of(submission: Submission) -> list[User]:
    """Who looks at it: the editor who took it, or else all of them."""
    if submission.reviewer and submission.reviewer.is_active:
        return [submission.reviewer]
    return list(editors())
