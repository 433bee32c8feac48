"""The pages behind the links of a mail, and the button for who signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cms.accounts.codes import may_use_code, send_code
from cms.open_forms import open_to_visitors
from cms.requests import get_or_post, member_of
from pages.currency import confirming
from pages.representing.rights import find_kept


@never_cache
@open_to_visitors
@get_or_post
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Opening it changes nothing, since mail programs open links too; the button confirms, without signing in."""
    is_done = request.method == "POST"
    try:
        entry, person = confirming.find(token)
        if is_done and not confirming.confirm(entry=entry, by=person, review_on=entry.review_on):
            raise confirming.LinkGoneError
    except confirming.LinkGoneError:
        return TemplateResponse(request, "pages/currency/link_gone.html", status=410)
    if is_done:
        entry.refresh_from_db()
    context = {"entry": entry, "is_done": is_done, "change": confirming.change_path(entry, person)}
    return TemplateResponse(request, "pages/currency/confirm.html", context)


@never_cache
@get_or_post
def change_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """To the form of the entry, for who signed in; others get a code by mail, by a press of the button."""
    try:
        entry, person = confirming.find(token, confirming.TO_CHANGE)
    except confirming.LinkGoneError:
        return TemplateResponse(request, "pages/currency/link_gone.html", status=410)
    form_path = reverse("keep_entry", args=[entry.pk])
    if request.user == person:
        return redirect(form_path)
    if not request.user.is_authenticated:
        if not may_use_code(person):
            return redirect_to_login(form_path)
        if request.method == "POST":
            return send_code(request, person, onward=form_path)
    return TemplateResponse(request, "pages/currency/change.html", {"entry": entry})


@require_POST
@login_required
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    entry = find_kept(request, pk)
    if confirming.confirm(entry=entry, by=member_of(request), review_on=entry.review_on):
        messages.success(request, f"Dank je. Bij {entry.title} staat nu dat het vandaag is nagekeken.")
    else:
        messages.info(request, f"{entry.title} staat niet meer op de site, of iemand was je net voor.")
    return redirect("kept_entries")
