"""What readers say is wrong, for editors in /beheer/."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms.admin import heading, permitted
from pages.correcting import reporting, views
from pages.models import Correction
from pages.representing import texts
from pages.representing.forms import RefuseForm
from pages.representing.review_views import REVIEWS
from pages.representing.reviewing import ChangedMeanwhileError
from pages.representing.rights import find_kept

app_name = "correcting"

TITLE = "Klopt dit niet?"


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    context = {"corrections": reporting.waiting(), **heading(TITLE, icon="warning")}
    return TemplateResponse(request, "pages/correcting/admin/corrections.html", context)


@require_safe
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, _found(pk))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    found, refuse_form = _found(pk), RefuseForm(request.POST)
    find_kept(request, found.entry_id)
    if "refuse" in request.POST and not refuse_form.is_valid():
        return _show(request, found, refuse_form)
    try:
        messages.success(request, views.act(request, found))
    except ChangedMeanwhileError:
        messages.error(request, views.CHANGED)
        return redirect("correcting:correction", pk)
    submission = texts.under_way(found.entry) if found.state == Correction.State.TAKEN_OVER else None
    return redirect("reviewing:review", submission.pk) if submission else redirect("correcting:corrections")


def _show(request: HttpRequest, found: Correction, refuse_form: RefuseForm | None = None) -> HttpResponse:
    entry = find_kept(request, found.entry_id)
    [shown] = views.side_by_side(entry, found)
    context = {
        "entry": entry,
        **shown,
        "refuse_form": refuse_form or RefuseForm(),
        **heading(entry.title, icon="warning", above=(TITLE, reverse("correcting:corrections"))),
    }
    return TemplateResponse(request, "pages/correcting/admin/correction.html", context)


def _found(pk: int) -> Correction:
    return get_object_or_404(Correction.objects.select_related("entry", "decided_by"), pk=pk)


urlpatterns = [
    permitted("", corrections, REVIEWS, "corrections"),
    permitted("<int:pk>/", correction, REVIEWS, "correction"),
    permitted("<int:pk>/besluit/", decide, REVIEWS, "decide"),
]
