"""Who keeps an entry, as editors see and change it in /beheer/: one page per entry."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from cms.models import User
from cms.requests import member_of
from pages.models import Claim, EntryPage, Invitation, Representation
from pages.representing import claims, invitations, representatives
from pages.representing.forms import InviteForm, RefuseForm

app_name = "representing"


def keepers(request: HttpRequest, pk: int) -> HttpResponse:
    """Who keeps an entry, who was invited and who asks to; posting invites."""
    entry = _editable(request, get_object_or_404(EntryPage, pk=pk))
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        invitations.invite(entry=entry, address=form.cleaned_data["address"], by=member_of(request))
        messages.success(request, "De uitnodiging is verstuurd. De link werkt veertien dagen, één keer.")
        return _back(entry)
    return _page(request, entry, form=form)


def _page(request: HttpRequest, entry: EntryPage, **more: Any) -> HttpResponse:
    context = {
        "entry": entry,
        "page_title": "Wie houdt dit bij?",
        "header_icon": "user",
        "header_title": "Wie houdt dit bij?",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_explore", args=[entry.get_parent().pk]), "label": entry.category.label},
            {"url": reverse("wagtailadmin_pages:edit", args=[entry.pk]), "label": entry.title},
            {"url": "", "label": "Wie houdt dit bij?"},
        ],
        "kept": entry.representations.select_related("user"),
        "invitations": Invitation.objects.open().filter(entry=entry).select_related("invited_by"),
        "claims": entry.claims.filter(state=Claim.State.OPEN).select_related("member"),
        "refuse_form": RefuseForm(),
        **more,
    }
    return TemplateResponse(request, "pages/representing/admin/keepers.html", context)


Act = Callable[[Any, User], str]
"""Does something by an editor, and says what."""


def _act(things: QuerySet[Any], act: Act) -> Callable[..., HttpResponse]:
    @require_POST
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        thing = get_object_or_404(things.select_related("entry"), pk=pk)
        entry = _editable(request, thing.entry)
        messages.success(request, act(thing, member_of(request)))
        return _back(entry)

    return view


def _promote(kept: Representation, by: User) -> str:
    representatives.promote(kept=kept, by=by)
    return f"{kept.user} is nu de eerste."


def _revoke(kept: Representation, by: User) -> str:
    representatives.remove(kept=kept, by=by)
    return f"{kept.user} houdt dit niet meer bij en krijgt daar een mail over."


def _withdraw(invitation: Invitation, by: User) -> str:
    invitations.withdraw(invitation=invitation, by=by)
    return "De uitnodiging is ingetrokken: de link werkt niet meer."


def _grant(claim: Claim, by: User) -> str:
    claims.grant(claim=claim, by=by)
    return "De aanvraag is toegekend. De aanvrager krijgt een mail."


@require_POST
def refuse_claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.select_related("entry"), pk=pk)
    entry, form = _editable(request, claim.entry), RefuseForm(request.POST)
    if not form.is_valid():
        return _page(request, entry, form=InviteForm(), refuse_form=form, refused=claim)
    claims.refuse(claim=claim, by=member_of(request), reason=form.cleaned_data["reason"])
    messages.success(request, "De aanvraag is afgewezen. De aanvrager leest je reden in een mail.")
    return _back(entry)


def _editable(request: HttpRequest, entry: EntryPage) -> EntryPage:
    """The whole page of an entry; raises PermissionDenied for who may not edit it in /beheer/."""
    page: EntryPage = entry.specific
    if not page.permissions_for_user(member_of(request)).can_edit():
        raise PermissionDenied
    return page


def _back(entry: Model) -> HttpResponse:
    return redirect("representing:keepers", entry.pk)


urlpatterns = [
    path("<int:pk>/", keepers, name="keepers"),
    path("eerste/<int:pk>/", _act(Representation.objects.select_related("user"), _promote), name="promote"),
    path("ontneem/<int:pk>/", _act(Representation.objects.select_related("user"), _revoke), name="revoke"),
    path("trek-in/<int:pk>/", _act(Invitation.objects.open(), _withdraw), name="withdraw"),
    path("aanvraag/<int:pk>/toekennen/", _act(Claim.objects.select_related("member"), _grant), name="grant"),
    path("aanvraag/<int:pk>/afwijzen/", refuse_claim, name="refuse"),
]


def button_target(page: Page, user: User) -> str | None:
    """Where the button beside an entry leads, for who may edit it."""
    if isinstance(page.specific_deferred, EntryPage) and page.permissions_for_user(user).can_edit():
        return reverse("representing:keepers", args=[page.pk])
    return None
