"""Accounts that moderators keep from writing or from signing in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from cms.models import User
from cms.requests import get_or_post
from forum_integration.access import demand, sign_in_when_refused
from forum_integration.moderation_forms import RestrictionForm
from forum_integration.services import log, restrictions
from forum_integration.views.moderation import moderation_trail, moderators_rights
from forum_integration.views.reading import page_of

ACCOUNTS_PER_PAGE = 50


@require_safe
@sign_in_when_refused
def restricted(request: HttpRequest) -> HttpResponse:
    """The accounts that are restricted now."""
    moderators_rights(request)
    page = page_of(request, restrictions.restricted_members(), ACCOUNTS_PER_PAGE)
    context = {"page_obj": page, "trail": moderation_trail()}
    return TemplateResponse(request, "forum_moderation/restricted.html", context)


@get_or_post
@sign_in_when_refused
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """What an account may not do, why, and what befell it; posting restricts it."""
    rights = moderators_rights(request)
    member = get_object_or_404(User, pk=pk)
    may_restrict = restrictions.may_restrict(member, rights)
    form = RestrictionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        demand(may_restrict)
        if form.is_valid():
            restrictions.restrict(member=member, by=rights, **form.cleaned_data)
            messages.success(request, "De beperking is ingegaan; de persoon krijgt een mail met de reden.")
            return redirect("forum_moderation:account", pk)
    context = {
        "member": member,
        "form": form if may_restrict else None,
        "acts": log.acts(rights).filter(member=member),
        "trail": moderation_trail(),
    }
    return TemplateResponse(request, "forum_moderation/account.html", context)


@require_POST
@sign_in_when_refused
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    rights = moderators_rights(request)
    restrictions.lift(member=get_object_or_404(User, pk=pk), by=rights)
    messages.success(request, "De beperking is opgeheven.")
    return redirect("forum_moderation:account", pk)
