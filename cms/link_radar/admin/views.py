"""One link to elsewhere: where it stands, what was seen of it, and what an editor can do about it."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from cms import memory
from cms.admin import heading
from cms.link_radar.replacing import replace_everywhere
from cms.models import CheckedLink
from cms.requests import member_of

MOST_ATTEMPTS = 30
LONGEST = timedelta(days=366)


class IgnoreForm(forms.Form):
    until = forms.DateField(
        label="Tot welke dag klopt dit adres zeker?",
        help_text="Tot die dag lezen bezoekers niet dat de link stuk is. Hoogstens een jaar.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Kies een dag.", "invalid": "Dit is geen dag. Schrijf haar als 31-12-2026."},
    )

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if not localdate() < until <= localdate() + LONGEST:
            raise ValidationError("Kies een dag na vandaag, hoogstens een jaar vooruit.")
        return until


@require_safe
def link(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, get_object_or_404(CheckedLink, pk=pk))


def _page(request: HttpRequest, link: CheckedLink, form: IgnoreForm | None = None) -> HttpResponse:
    context = {
        "link": link,
        "uses": link.uses.all(),
        "attempts": link.attempts.order_by("-at", "-pk")[:MOST_ATTEMPTS],
        "form": form or IgnoreForm(initial={"until": localdate() + timedelta(days=90)}),
        "is_ignored": bool(link.ignored_until and link.ignored_until > localdate()),
        **heading(
            "Link naar elders",
            icon="link",
            above=("Links naar elders", reverse("link_radar:links")),
            here=link.url[:60],
        ),
    }
    return TemplateResponse(request, "link_radar/link.html", context)


@require_POST
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    link = get_object_or_404(CheckedLink, pk=pk)
    if not link.moved_to or request.POST.get("naar") != link.moved_to:
        messages.error(request, "Het nieuwe adres is intussen anders. Kijk nog eens.")
        return redirect("link_radar:link", pk)
    replaced = replace_everywhere(link, by=member_of(request))
    if replaced.done:
        messages.success(request, f"Het nieuwe adres staat nu op {_places(replaced.done)}.")
    if replaced.left:
        messages.warning(
            request, f"Op {_places(replaced.left)} kon je het niet veranderen: vraag het een moderator of beheerder."
        )
        return redirect("link_radar:link", pk)
    return redirect("link_radar:links")


def _places(number: int) -> str:
    return "1 plek" if number == 1 else f"{number} plekken"


@require_POST
def ignore(request: HttpRequest, pk: int) -> HttpResponse:
    """What an editor says is right is not marked for readers until a day."""
    link, form = get_object_or_404(CheckedLink, pk=pk), IgnoreForm(request.POST)
    if not form.is_valid():
        return _page(request, link, form)
    CheckedLink.objects.filter(pk=pk).update(ignored_until=form.cleaned_data["until"])
    memory.note_change()
    messages.success(request, "Bezoekers lezen tot die dag niet dat deze link stuk is.")
    return redirect("link_radar:link", pk)


@require_POST
def check_now(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(CheckedLink, pk=pk)
    CheckedLink.objects.filter(pk=pk).update(next_check_at=timezone.now())
    messages.success(request, "We bekijken deze link binnen een paar minuten. Kijk hier dan nog eens.")
    return redirect("link_radar:link", pk)
