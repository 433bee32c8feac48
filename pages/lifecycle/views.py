"""What ended and what continues it, as editors see and do it in /beheer/levensloop/."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.admin import enumerated, heading, permitted
from cms.models import User
from cms.requests import get_or_post, member_of
from pages.lifecycle import acts
from pages.lifecycle.acts import RefusedError
from pages.lifecycle.forms import EndForm, EndingForm, MergeForm
from pages.models import EntryPage, LifecycleAct, PartnershipIndexPage

app_name = "lifecycle"

ENDS_ENTRIES = "pages.add_lifecycleact"
PAGE_SIZE = 50
TITLE = "Levensloop"


def _acts() -> Any:
    return LifecycleAct.objects.select_related("by", "undone_by").prefetch_related("ended", "successors")


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What editors ended, the last first."""
    page = Paginator(_acts(), PAGE_SIZE).get_page(request.GET.get("p"))
    return TemplateResponse(request, "pages/lifecycle/index.html", {"acts": page, **heading(TITLE, icon="history")})


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    act = get_object_or_404(_acts(), pk=pk)
    return TemplateResponse(
        request,
        "pages/lifecycle/act.html",
        {
            "act": act,
            "why_it_stays": acts.why_it_stays(act),
            **heading("Beëindiging", icon="history", above=(TITLE, reverse("lifecycle:index"))),
        },
    )


@get_or_post
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    """The life of one entry; posting ends it."""
    found = get_object_or_404(EntryPage.objects.live(), pk=pk)
    _demand_rights([found], member_of(request))
    form = EndForm(request.POST if request.method == "POST" else None, entry=found)
    if form.is_valid() and (answer := _end(request, form)):
        return answer
    concerned = Q(ended=found.pk) | Q(successors=found.pk)
    context = {
        "entry": found,
        "form": form,
        "acts": _acts().filter(concerned).distinct(),
        "has_successors": found.successions.exists(),
        **heading(f"{TITLE} van {found.title}", icon="history", above=(TITLE, reverse("lifecycle:index"))),
    }
    return TemplateResponse(request, "pages/lifecycle/entry.html", context)


@get_or_post
def merge(request: HttpRequest) -> HttpResponse:
    """Several partnerships go on as one onderwijsregio; the list of pages may have said which."""
    if request.method == "POST":
        form = MergeForm(request.POST)
        if form.is_valid() and (answer := _end(request, form)):
            return answer
    else:
        chosen = [pk for pk in request.GET.getlist("vermelding") if pk.isascii() and pk.isdigit()]
        form = MergeForm(initial={"entries": chosen})
    context = {
        "form": form,
        "has_regions": form.fields["region"].queryset.exists(),  # type: ignore[attr-defined]
        "place_of_regions": PartnershipIndexPage.objects.first(),
        **heading("Voeg samen tot onderwijsregio", icon="history", above=(TITLE, reverse("lifecycle:index"))),
    }
    return TemplateResponse(request, "pages/lifecycle/merge.html", context)


def _end(request: HttpRequest, form: EndingForm) -> HttpResponse | None:
    """Do what was asked; nothing when another editor was faster, which the form then says."""
    asked, editor = form.asked(), member_of(request)
    _demand_rights(asked["entries"], editor)
    try:
        ended = acts.end(**asked, by=editor)
    except RefusedError as refused:
        form.add_error(None, str(refused))
        return None
    names = [one.title for one in asked["entries"]]
    messages.success(request, f"Vastgelegd: {enumerated(names)} {'eindigt' if len(names) == 1 else 'eindigen'}.")
    for explanation in ended.explanations:
        messages.warning(request, explanation)
    return redirect("lifecycle:show", ended.act.pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    act = get_object_or_404(_acts(), pk=pk)
    editor = member_of(request)
    _demand_rights(act.ended.all(), editor)
    try:
        acts.undo(act=act, by=editor)
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Ongedaan gemaakt: alles is weer zoals het was.")
    return redirect("lifecycle:show", pk)


def _demand_rights(entries: Sequence[EntryPage], editor: User) -> None:
    """Raises PermissionDenied for who may not publish one of these."""
    if not all(one.permissions_for_user(editor).can_publish() for one in entries):
        raise PermissionDenied


urlpatterns = [
    permitted("", index, ENDS_ENTRIES, "index"),
    permitted("samenvoegen/", merge, ENDS_ENTRIES, "merge"),
    permitted("vermelding/<int:pk>/", entry, ENDS_ENTRIES, "entry"),
    permitted("<int:pk>/", show, ENDS_ENTRIES, "show"),
    permitted("<int:pk>/ongedaan/", undo, ENDS_ENTRIES, "undo"),
]
