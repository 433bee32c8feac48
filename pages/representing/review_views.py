"""Texts that representatives sent, as editors read and decide about them in /beheer/."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.admin import heading, permitted
from cms.models import Subject
from cms.requests import member_of
from pages.currency.reminding import overdue
from pages.models import Submission
from pages.representing import reviewing
from pages.representing.comparing import differences
from pages.representing.forms import NoteForm

app_name = "reviewing"

REVIEWS = "pages.change_submission"
TITLE = "Na te kijken"


class DecisionForm(forms.Form):
    """What an editor does with a text; ``revision`` is what was on the screen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    takes_name = forms.BooleanField(label="Neem de voorgestelde naam over", required=False)
    subjects = forms.ModelMultipleChoiceField(
        Subject.objects.none(), label="Neem over", required=False, widget=forms.CheckboxSelectMultiple
    )
    comment = forms.CharField(
        label="Bericht aan de schrijver",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Nodig als je de tekst teruggeeft: wat moet er anders?",
    )

    def __init__(self, *args: Any, submission: Submission, is_return: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subjects"].queryset = submission.proposed_subjects.all()  # type: ignore[attr-defined]
        if is_return:
            self.fields["comment"].required = True
            self.fields["comment"].error_messages["required"] = "Schrijf wat er anders moet: de schrijver leest dat."


@require_safe
def to_review(request: HttpRequest) -> HttpResponse:
    context = {
        "submissions": reviewing.to_review(),
        "overdue": overdue(localdate()),
        "today": localdate(),
        **heading(TITLE, icon="edit"),
    }
    return TemplateResponse(request, "pages/representing/admin/to_review.html", context)


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _submission(pk))


def _show(request: HttpRequest, submission: Submission, form: DecisionForm | None = None) -> HttpResponse:
    page = submission.page.specific
    newest = page.get_latest_revision_as_object()
    start = {"revision": page.latest_revision_id, "subjects": list(submission.proposed_subjects.all())}
    context = {
        "submission": submission,
        "entry": page,
        "differences": differences(page if page.live else type(page)(), newest),
        "is_new": not page.live,
        "form": form or DecisionForm(submission=submission, initial=start | {"takes_name": True}),
        "note_form": NoteForm(),
        "notes": submission.notes.select_related("author"),
        **heading(
            f"Nieuwe {submission.words}",
            icon="edit",
            above=(TITLE, reverse("reviewing:to_review")),
            here=page.title,
        ),
    }
    return TemplateResponse(request, "pages/representing/admin/review.html", context)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish or send back, by the button that was pressed."""
    submission, is_return = _submission(pk), "return" in request.POST
    form = DecisionForm(request.POST, submission=submission, is_return=is_return)
    if not form.is_valid():
        return _show(request, submission, form)
    said, editor = form.cleaned_data, member_of(request)
    read = {"submission": submission, "revision": said["revision"], "by": editor, "comment": said["comment"]}
    try:
        if is_return:
            reviewing.send_back(**read)
            messages.success(request, "De tekst is teruggegeven. De schrijver krijgt je bericht per mail.")
        else:
            name = submission.proposed_name if said["takes_name"] else ""
            reviewing.approve(**read, name=name, subjects=list(said["subjects"]))
            messages.success(request, "De tekst staat op de site. De schrijver krijgt er een mail over.")
    except ValidationError as problem:
        form.add_error(None, f"Dit kan nog niet op de site. {' '.join(problem.messages)}")
        return _show(request, submission, form)
    except reviewing.ChangedMeanwhileError:
        messages.error(request, "Er is intussen iets veranderd. Lees de tekst hieronder opnieuw en kies dan.")
        return redirect("reviewing:review", pk)
    return redirect("reviewing:to_review")


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one looks at it oneself, or no longer."""
    submission = _submission(pk)
    if "release" in request.POST:
        reviewing.release(submission=submission)
        messages.success(request, "Een ander kan dit nu oppakken.")
    else:
        reviewing.claim(submission=submission, by=member_of(request))
        messages.success(request, "Jij kijkt dit na. De anderen zien dat.")
    return redirect("reviewing:review", pk)


@require_POST
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    submission, form = _submission(pk), NoteForm(request.POST)
    if form.is_valid():
        reviewing.add_note(
            submission=submission, by=member_of(request), text=form.cleaned_data["text"], to_editors=False
        )
        messages.success(request, "Je bericht is verstuurd.")
    else:
        messages.error(request, "Schrijf eerst je bericht.")
    return redirect("reviewing:review", pk)


def _submission(pk: int) -> Submission:
    found = Submission.objects.select_related("state", "entry", "activity", "writer", "reviewer")
    return get_object_or_404(found, pk=pk)


urlpatterns = [
    permitted("", to_review, REVIEWS, "to_review"),
    permitted("<int:pk>/", review, REVIEWS, "review"),
    permitted("<int:pk>/besluit/", decide, REVIEWS, "decide"),
    permitted("<int:pk>/oppakken/", take, REVIEWS, "take"),
    permitted("<int:pk>/bericht/", add_note, REVIEWS, "note"),
]
