"""What members propose, for editors in /beheer/."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.admin import heading, permitted
from cms.requests import member_of
from pages.models import Proposal
from pages.proposing import alike, deciding, sending
from pages.proposing.forms import AcceptForm, JoinForm
from pages.representing.forms import RefuseForm
from pages.representing.review_views import REVIEWS

app_name = "proposing"

TITLE = "Voorgedragen"


@require_safe
def proposals(request: HttpRequest) -> HttpResponse:
    context = {"proposals": sending.waiting(), **heading(TITLE, icon="group")}
    return TemplateResponse(request, "pages/proposing/admin/proposals.html", context)


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _found(pk))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a draft, join it to an entry, or decline it, by the button that was pressed."""
    found, editor = _found(pk), member_of(request)
    try:
        if "join" in request.POST:
            joins = JoinForm(request.POST, alike=[])
            if not joins.is_valid():
                return _show(request, found, joins=JoinForm(request.POST, alike=_alike(found)))
            deciding.join(proposal=found, by=editor, entry=joins.cleaned_data["entry"])
            messages.success(request, "Samengevoegd met de vermelding die er al was. De lezer krijgt een mail.")
        elif "decline" in request.POST:
            declines = RefuseForm(request.POST)
            if not declines.is_valid():
                return _show(request, found, declines=declines)
            deciding.decline(proposal=found, by=editor, reason=declines.cleaned_data["reason"])
            messages.success(request, "De voordracht is afgewezen. De lezer leest je reden in een mail.")
        else:
            accepts = AcceptForm(request.POST, proposal=found)
            if not accepts.is_valid():
                return _show(request, found, accepts=accepts)
            page = deciding.accept(proposal=found, by=editor, **accepts.cleaned_data)
            messages.success(request, "Er is een concept gemaakt. Vul het aan en zet het daarna op de site.")
            return redirect("wagtailadmin_pages:edit", page.pk)
    except deciding.DecidedAlreadyError:
        messages.error(request, "Over deze voordracht is intussen al besloten.")
        return redirect("proposing:proposal", pk)
    return redirect("proposing:proposals")


def _show(request: HttpRequest, found: Proposal, **forms: Any) -> HttpResponse:
    look_alikes = _alike(found)
    context = {
        "proposal": found,
        "alike": look_alikes,
        "accepts": AcceptForm(proposal=found),
        "joins": JoinForm(alike=look_alikes),
        "declines": RefuseForm(),
        **forms,
        **heading(found.title, icon="group", above=(TITLE, reverse("proposing:proposals"))),
    }
    return TemplateResponse(request, "pages/proposing/admin/proposal.html", context)


def _alike(found: Proposal) -> list[alike.Known]:
    return alike.all_alike(found.title, found.url)


def _found(pk: int) -> Proposal:
    sent = Proposal.objects.exclude(state=Proposal.State.UNSENT).select_related("member", "decided_by", "entry")
    return get_object_or_404(sent, pk=pk)


urlpatterns = [
    permitted("", proposals, REVIEWS, "proposals"),
    permitted("<int:pk>/", proposal, REVIEWS, "proposal"),
    permitted("<int:pk>/besluit/", decide, REVIEWS, "decide"),
]
