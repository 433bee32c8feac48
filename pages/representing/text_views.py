"""Writing for an entry: the form, the page as it would be, and how it changed over time."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe
from wagtail.models import Revision

from cms.requests import get_or_post, member_of
from pages.models import EntryPage
from pages.representing import reviewing, submitting, texts
from pages.representing.comparing import differences
from pages.representing.forms import NoteForm
from pages.representing.rights import find_kept
from pages.representing.text_forms import TextForm

VERSIONS = 50


@get_or_post
@login_required
def keep_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """What is typed is kept, whatever happens next: a look at the page, sending it, or going away."""
    entry, writer = find_kept(request, pk), member_of(request)
    if request.method != "POST":
        return _show(request, entry, texts.form_for(entry, writer))
    form = TextForm(request.POST, instance=texts.latest(entry), writer=writer)
    try:
        texts.keep(entry=entry, writer=writer, typed=form.typed())
    except ValueError:
        form.add_error(None, "Dit is meer tekst dan we kunnen bewaren. Maak hem korter.")
        return HttpResponse(status=413) if "draft" in request.POST else _show(request, entry, form)
    if "draft" in request.POST:
        return HttpResponse(status=204)
    if "to_logo" in request.POST:
        return redirect("send_logo", pk)
    if "keep" in request.POST:
        messages.success(request, "Bewaard. Alleen jij ziet dit, tot je het verstuurt.")
        return redirect("kept_entries")
    if not form.is_valid():
        return _show(request, entry, form)
    if "preview" in request.POST:
        return redirect("preview_entry", pk)
    submitting.submit(entry=entry, form=form, by=writer)
    messages.success(request, "Verstuurd. De redactie leest het meestal binnen een week. Je krijgt er een mail over.")
    return redirect("kept_entries")


def _show(request: HttpRequest, entry: EntryPage, form: TextForm) -> HttpResponse:
    submission = texts.under_way(entry)
    context = {
        "entry": entry,
        "form": form,
        "submission": submission,
        "notes": submission.notes.select_related("author") if submission else [],
        "note_form": NoteForm(),
    }
    return TemplateResponse(request, "pages/representing/keep_entry.html", context)


@require_safe
@login_required
def preview_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The real page, with what this person is writing."""
    entry, writer = find_kept(request, pk), member_of(request)
    page, kept = texts.latest(entry), texts.unsent(entry, writer)
    if kept:
        form = TextForm.of_typed(kept.typed, page, writer)
        form.is_valid()
        page = form.fill_in()
    context = page.get_context(request)
    response = TemplateResponse(request, "pages/representing/preview.html", {**context, "entry": entry})
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@login_required
def history(request: HttpRequest, pk: int) -> HttpResponse:
    entry = find_kept(request, pk)
    versions = entry.revisions.select_related("user").order_by("-created_at", "-pk")[:VERSIONS]
    return TemplateResponse(request, "pages/representing/history.html", {"entry": entry, "versions": versions})


@require_safe
@login_required
def version(request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """What one version changed in the one before it."""
    entry = find_kept(request, pk)
    found: Revision = get_object_or_404(entry.revisions.select_related("user"), pk=revision)
    before = found.get_previous()
    if before is None:
        raise Http404("This is the first version")
    changed = differences(before.as_object(), found.as_object())
    return TemplateResponse(
        request, "pages/representing/version.html", {"entry": entry, "version": found, "differences": changed}
    )


@require_POST
@login_required
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    entry = find_kept(request, pk)
    submission, form = texts.under_way(entry), NoteForm(request.POST)
    if submission is None:
        raise PermissionDenied
    if not form.is_valid():
        context: dict[str, Any] = {"entry": entry, "form": form}
        return TemplateResponse(request, "pages/representing/note.html", context)
    reviewing.add_note(submission=submission, by=member_of(request), text=form.cleaned_data["text"], to_editors=True)
    messages.success(request, "Je bericht is verstuurd.")
    return redirect("keep_entry", pk)
