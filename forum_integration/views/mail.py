"""Choosing which mail one gets, and leaving a mailing by the link in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.csrf import csrf_exempt

from cms.models import User
from cms.requests import get_or_post, member_of
from forum_integration import unsubscribing
from forum_integration.mail_forms import MailPreferencesForm
from forum_integration.models import MailPreferences


@get_or_post
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    member = member_of(request)
    chosen = MailPreferences.objects.filter(member=member).first() or MailPreferences(member=member)
    form = MailPreferencesForm(request.POST or None, instance=chosen)
    if request.method == "POST" and form.is_valid():
        form.save()
        unsubscribing.apply_to_owed(member)
        messages.success(request, "Je keuzes zijn bewaard.")
        return redirect("mail_preferences")
    return TemplateResponse(request, "account/mail_preferences.html", {"form": form})


@csrf_exempt  # a mail program sends this without a cookie; the signed token in the address is what counts
@get_or_post
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; the button does, and so does the POST of a mail program (RFC 8058)."""
    found = unsubscribing.read_token(token)
    member = User.objects.filter(pk=found[0]).first() if found else None
    if found is None or member is None:
        return TemplateResponse(request, "account/unsubscribe.html", {"is_known": False}, status=404)
    if request.method == "POST":
        unsubscribing.unsubscribe(member, found[1])
    context = {"is_known": True, "is_done": request.method == "POST", "what": unsubscribing.name_of(found[1])}
    return TemplateResponse(request, "account/unsubscribe.html", context)
