"""The question "Klopt dit niet?" to readers, and what they sent for who keeps the entry."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from cms.models import User
from cms.open_forms import TOO_OFTEN, open_to_visitors, sends_too_often
from cms.requests import get_or_post, member_of
from pages.correcting import deciding, reporting
from pages.correcting.forms import CorrectionForm, DecisionForm, text_of
from pages.models import Correction, EntryPage
from pages.representing import texts
from pages.representing.comparing import differences
from pages.representing.forms import RefuseForm
from pages.representing.reviewing import ChangedMeanwhileError
from pages.representing.rights import find_kept

Part = Correction.Part

LONGEST_ABOUT = 255
CHANGED = "Er is intussen iets veranderd. Lees het voorstel opnieuw en kies dan."


@open_to_visitors
@get_or_post
def report_error(request: HttpRequest, pk: int) -> HttpResponse:
    """Which part is wrong, and then (``?wat=``) how it should be."""
    entry: EntryPage = get_object_or_404(EntryPage.objects.listed(), pk=pk).specific
    if request.GET.get("wat") not in Part.values:
        parts = [(part, text_of(entry, part)) for part in Part]
        return TemplateResponse(request, "pages/correcting/choose.html", {"entry": entry, "parts": parts})
    part, about = Part(request.GET["wat"]), " ".join(request.GET.get("over", "").split())[:LONGEST_ABOUT]
    sent = request.POST if request.method == "POST" else None
    form = CorrectionForm(sent, entry=entry, part=part, about=about, address=_own_address(request))
    is_too_much = False
    if form.is_valid():
        is_too_much = sends_too_often(request, "corrections")
        if not is_too_much:
            reporting.report(entry=entry, part=part, **form.said())
            return redirect("error_reported", pk)
        form.add_error(None, TOO_OFTEN)
    context = {"entry": entry, "part": part, "text_now": text_of(entry, part), "form": form}
    return TemplateResponse(request, "pages/correcting/propose.html", context, status=429 if is_too_much else 200)


def _own_address(request: HttpRequest) -> str:
    return request.user.email if isinstance(request.user, User) else ""


@require_safe
def error_reported(request: HttpRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(EntryPage.objects.listed(), pk=pk)
    return TemplateResponse(request, "pages/correcting/thanks.html", {"entry": entry})


@require_safe
@login_required
def corrections_of_entry(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, find_kept(request, pk))


def _show(request: HttpRequest, entry: EntryPage, **more: Any) -> HttpResponse:
    context = {"entry": entry, "corrections": side_by_side(entry), "refuse_form": RefuseForm(), **more}
    return TemplateResponse(request, "pages/correcting/of_entry.html", context)


def side_by_side(entry: EntryPage, only: Correction | None = None) -> list[dict[str, Any]]:
    """Each correction that waits, with what it changes in the newest text of the entry."""
    page = texts.latest(entry)
    form = DecisionForm(initial={"revision": entry.latest_revision_id}, auto_id=False)
    found = [only] if only else reporting.waiting().filter(entry=entry.pk)
    return [
        {"correction": one, "differences": differences(page, deciding.corrected(page, one)), "form": form}
        for one in found
    ]


@require_POST
@login_required
def decide(request: HttpRequest, pk: int, correction: int) -> HttpResponse:
    """By the button that was pressed: take over, say that it was dealt with, or refuse."""
    entry = find_kept(request, pk)
    found = get_object_or_404(Correction.objects.select_related("entry"), pk=correction, entry=pk)
    refuse_form = RefuseForm(request.POST)
    if "refuse" in request.POST and not refuse_form.is_valid():
        return _show(request, entry, refuse_form=refuse_form, refused=found)
    try:
        said = act(request, found)
    except ChangedMeanwhileError:
        messages.warning(request, CHANGED)
    else:
        messages.success(request, said)
    return redirect("corrections_of_entry", pk)


def act(request: HttpRequest, correction: Correction) -> str:
    """Do what the button says and tell what happened. Raises ChangedMeanwhileError."""
    by, thanked = member_of(request), " De lezer krijgt bericht." if correction.address else ""
    if "refuse" in request.POST:
        deciding.refuse(correction=correction, by=by, reason=request.POST["reason"].strip())
        return f"Niet overgenomen.{thanked}"
    if correction.is_remark:
        deciding.settle(correction=correction, by=by)
        return f"Dank je, dit is verwerkt.{thanked}"
    form = DecisionForm(request.POST)
    if not form.is_valid():
        raise ChangedMeanwhileError
    submission = deciding.take_over(correction=correction, revision=form.cleaned_data["revision"], by=by)
    if submission.is_returned:
        return "Overgenomen in de tekst die nog bij de schrijver ligt. Het gaat mee als die hem weer verstuurt."
    return "Overgenomen. Zodra de redactie het plaatst, staat het op de site." + thanked
