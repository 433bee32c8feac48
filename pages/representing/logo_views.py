"""Sending a logo for an entry, and the picture itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cms.models import User
from cms.requests import get_or_post, member_of
from pages.models import Logo
from pages.representing import logos
from pages.representing.forms import LogoForm
from pages.representing.rights import find_kept

SEEN_FOR = 3600


@get_or_post
@login_required
def send_logo(request: HttpRequest, pk: int) -> HttpResponse:
    """It stands ready for the text that is being written; with that it goes to the editors."""
    entry, writer = find_kept(request, pk), member_of(request)
    posted = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = LogoForm(*posted, initial={"alt": f"Logo van {entry.title}"})
    if request.method == "POST" and not logos.may_send_more(writer):
        form.add_error(None, "Je stuurde vandaag al veel logo’s. Probeer het morgen weer.")
    if form.is_valid():
        Logo.objects.create(entry_id=entry.pk, uploaded_by=writer, **form.cleaned_data)
        messages.success(request, "Het logo staat klaar. Verstuur de tekst, dan kijkt de redactie ernaar.")
        return redirect("keep_entry", pk)
    return TemplateResponse(request, "pages/representing/logo.html", {"entry": entry, "form": form})


@require_safe
def logo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture: for everybody once it stands on the site, before that for who works on it."""
    found = get_object_or_404(Logo.objects.select_related("entry"), pk=pk)
    is_public = logos.is_public(found)
    if not is_public and not (isinstance(request.user, User) and logos.may_see(found, request.user)):
        raise Http404("No logo that this person may know of")
    try:
        response = FileResponse(found.file.open(), content_type="image/png")
    except FileNotFoundError as error:
        raise Http404("The file is gone") from error
    response["Cache-Control"] = f"public, max-age={SEEN_FOR}" if is_public else "private, no-store"
    return response
