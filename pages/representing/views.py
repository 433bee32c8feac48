"""The pages under /mijn/paginas/ of somebody who keeps entries, and the way to become one."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cms.requests import get_or_post, member_of
from pages.correcting import reporting
from pages.models import Claim, EntryPage, Invitation, Representation
from pages.proposing import sending
from pages.representing import claims, invitations, joining, representatives, texts
from pages.representing.forms import ClaimForm, JoinForm, StopForm


@require_safe
@login_required
def kept_entries(request: HttpRequest) -> HttpResponse:
    own = member_of(request)
    context = {
        "entries": texts.standings(reporting.with_number(representatives.kept_by(own)), own),
        "proposals": sending.of(own),
        "claims": Claim.objects.filter(member=own, state=Claim.State.OPEN).select_related("entry"),
    }
    return TemplateResponse(request, "pages/representing/kept_entries.html", context)


@never_cache
@get_or_post
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """Say who is asked to keep what; a press of the button begins it. Opening it changes nothing."""
    try:
        found = invitations.find(key)
        account = joining.account_of(found)
        if request.user.is_authenticated:
            return _use(request, key, found.entry)
        if account is None:
            return _join(request, key, found)
    except invitations.InvitationGoneError:
        return TemplateResponse(request, "pages/representing/invitation_gone.html", status=410)
    context = {"entry": found.entry, "sign_in": f"{reverse('account_login')}?next={request.path}"}
    return TemplateResponse(request, "pages/representing/invitation.html", context)


def _use(request: HttpRequest, key: str, entry: EntryPage) -> HttpResponse:
    if request.method == "POST":
        if joining.use(key=key, user=member_of(request)):
            messages.success(request, f"Vanaf nu houd jij {entry.title} bij.")
        else:
            messages.success(request, "De redactie kijkt of dit bij jou hoort. Je hoort het per mail.")
        return redirect("kept_entries")
    return TemplateResponse(request, "pages/representing/invitation.html", {"entry": entry})


def _join(request: HttpRequest, key: str, found: Invitation) -> HttpResponse:
    form = JoinForm(request.POST if request.method == "POST" else None, address=found.address)
    if form.is_valid():
        user = joining.join(key=key, **form.cleaned_data)
        get_adapter().login(request, user)
        messages.success(request, f"Welkom. Vanaf nu houd jij {found.entry.title} bij.")
        return redirect("kept_entries")
    context = {"entry": found.entry, "form": form, "address": found.address}
    return TemplateResponse(request, "pages/representing/join.html", context)


@get_or_post
@login_required
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask to keep an entry that stands on the site."""
    entry, own = get_object_or_404(EntryPage.objects.listed(), pk=pk), member_of(request)
    if entry.permissions_for_user(own).represents():
        return redirect("kept_entries")
    form = ClaimForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        claims.ask(entry=entry, member=own, motive=form.cleaned_data["motive"])
        messages.success(request, "Dank je. De redactie kijkt ernaar, meestal binnen een week. Je hoort het per mail.")
        return redirect("kept_entries")
    return TemplateResponse(request, "pages/representing/claim.html", {"entry": entry, "form": form})


@get_or_post
@login_required
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop keeping an entry, and perhaps name who takes it over."""
    own = Representation.objects.filter(user=request.user.pk).select_related("entry", "user")
    kept = get_object_or_404(own, entry=pk)
    form = StopForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if successor := form.cleaned_data["successor"]:
            motive = "Stopt met bijhouden en noemt wie het overneemt."
            claims.ask(entry=kept.entry, member=kept.user, motive=motive, address=successor)
        representatives.remove(kept=kept, by=member_of(request))
        messages.success(request, f"Je houdt {kept.entry.title} niet meer bij. Dank je voor wat je deed.")
        return redirect("kept_entries")
    others = Representation.objects.filter(entry=pk).exclude(pk=kept.pk).select_related("user")
    return TemplateResponse(
        request, "pages/representing/stop.html", {"entry": kept.entry, "form": form, "others": others}
    )


@require_POST
@login_required
def hand_over(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Let another who keeps the same entry be the first from now on; only the first may."""
    get_object_or_404(Representation, entry=pk, user=request.user.pk, rank=Representation.Rank.FIRST)
    kept = get_object_or_404(Representation.objects.select_related("entry", "user"), entry=pk, user=other)
    representatives.promote(kept=kept, by=member_of(request))
    messages.success(request, f"{kept.user} is nu de eerste van {kept.entry.title}.")
    return redirect("kept_entries")
