"""The form to propose a network, partnership or research group: anyone writes, and an account is asked at sending."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cms.models import User
from cms.open_forms import TOO_OFTEN, open_to_visitors, sends_too_often
from cms.requests import get_or_post, member_of
from pages.models import Proposal
from pages.models.criteria import CATEGORIES_OF_ENTRIES
from pages.proposing import alike, sending
from pages.proposing.forms import ProposalForm

TOO_MANY = f"Je hebt al {sending.MOST_OPEN} voordrachten bij de redactie liggen. Wacht tot daarover is besloten."
SENT = "Dank je. De redactie kijkt ernaar, meestal binnen een week. Je hoort het per mail."


@open_to_visitors
@get_or_post
def propose(request: HttpRequest) -> HttpResponse:
    """What looks alike is shown first; with "Toch voordragen" it is sent all the same."""
    if request.method != "POST":
        return _show(request, ProposalForm(initial=_asked_for(request)))
    form = ProposalForm(request.POST)
    found = alike.public_alike(request.POST.get("title", ""), request.POST.get("url", ""))
    if "kijk" in request.POST:  # somebody looks around first: there is nothing wrong with the form yet
        return _show(request, ProposalForm(initial=request.POST.dict()), alike=found, was_asked=True)
    if not form.is_valid():
        return _show(request, form, alike=found)
    if found and "toch" not in request.POST:
        return _show(request, form, alike=found, asks_again=True)
    if sends_too_often(request, "proposals"):
        form.add_error(None, TOO_OFTEN)
        return _show(request, form, status=429)
    if not isinstance(request.user, User):
        return redirect_to_login(sending.keep(form.save(commit=False)).get_absolute_url())
    return _send(request, form)


def _asked_for(request: HttpRequest) -> dict[str, str]:
    """What the link that leads here fills in."""
    category = request.GET.get("categorie", "")
    return {"category": category} if category in CATEGORIES_OF_ENTRIES else {}


def _send(request: HttpRequest, form: ProposalForm, **more: Any) -> HttpResponse:
    try:
        sending.send(proposal=form.save(commit=False), by=member_of(request))
    except sending.TooManyError:
        form.add_error(None, TOO_MANY)
        return _show(request, form, **more)
    messages.success(request, SENT)
    return redirect("kept_entries")


def _show(request: HttpRequest, form: ProposalForm, *, status: int = 200, **more: Any) -> HttpResponse:
    return TemplateResponse(request, "pages/proposing/propose.html", {"form": form, **more}, status=status)


@require_safe
def look_alikes(request: HttpRequest) -> HttpResponse:
    """A part of the form, drawn anew for the name as it is now."""
    found = alike.public_alike(request.GET.get("titel", ""))
    context = {"alike": found, "was_asked": True}
    return TemplateResponse(request, "pages/proposing/alike.html", context, headers={"X-Robots-Tag": "noindex"})


@get_or_post
@login_required
def unsent_proposal(request: HttpRequest, key: str) -> HttpResponse:
    """What was written without an account, to be sent by its writer with one press."""
    try:
        proposal = sending.unsent_for(member_of(request), key)
    except Proposal.DoesNotExist:
        if request.method != "POST":
            raise Http404("This was sent already, or is kept no longer") from None
        messages.info(request, "Dit is al verstuurd.")
        return redirect("kept_entries")
    if request.method == "POST" and "forget" in request.POST:
        proposal.delete()
        messages.success(request, "Wat je geschreven had, is weggegooid.")
        return redirect("kept_entries")
    form = ProposalForm(request.POST if request.method == "POST" else None, instance=proposal)
    if form.is_valid():
        return _send(request, form, is_kept=True)
    return _show(request, form, is_kept=True)
