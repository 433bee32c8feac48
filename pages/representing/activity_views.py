"""Activities of an entry, for who keeps it: the list, the form, and withdrawing one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cms.requests import get_or_post, member_of
from pages.models import ActivityPage
from pages.representing import activities
from pages.representing.activity_forms import ActivityForm, WithdrawForm
from pages.representing.rights import find_kept

SENT = "Verstuurd. De redactie leest het meestal binnen een week. Je krijgt er een mail over."


@require_safe
@login_required
def own_activities(request: HttpRequest, pk: int) -> HttpResponse:
    entry = find_kept(request, pk)
    context = {"entry": entry, "activities": activities.standings(activities.of_entry(entry))}
    return TemplateResponse(request, "pages/representing/activities.html", context)


@get_or_post
@login_required
def propose_activity(request: HttpRequest, pk: int) -> HttpResponse:
    entry = find_kept(request, pk)
    form = ActivityForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            activities.propose(entry=entry, page=form.instance, by=member_of(request))
        except activities.TooManyWaitingError:
            form.add_error(None, "Er wachten al veel activiteiten op de redactie. Wacht tot die gelezen zijn.")
        else:
            messages.success(request, SENT)
            return redirect("own_activities", pk)
    return TemplateResponse(request, "pages/representing/activity.html", {"entry": entry, "form": form})


@get_or_post
@login_required
def change_activity(request: HttpRequest, pk: int, activity: int) -> HttpResponse:
    entry = find_kept(request, pk)
    found = get_object_or_404(activities.of_entry(entry), pk=activity)
    submission = activities.under_way(found)
    form = ActivityForm(request.POST if request.method == "POST" else None, instance=activities.latest(found))
    if form.is_valid():
        activities.change(entry=entry, page=form.instance, by=member_of(request))
        messages.success(request, SENT)
        return redirect("own_activities", pk)
    context = {
        "entry": entry,
        "form": form,
        "activity": found,
        "submission": submission,
        "notes": submission.notes.select_related("author") if submission else [],
    }
    return TemplateResponse(request, "pages/representing/activity.html", context)


@get_or_post
@login_required
def withdraw_activity(request: HttpRequest, pk: int, activity: int) -> HttpResponse:
    entry = find_kept(request, pk)
    found: ActivityPage = get_object_or_404(activities.of_entry(entry), pk=activity)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        note = form.cleaned_data["note"]
        if activities.withdraw(entry=entry, activity=found, by=member_of(request), note=note):
            messages.success(request, f"{found.title} is ingetrokken.")
        else:
            messages.success(request, "De redactie hoort het en zet erbij dat het niet doorgaat.")
        return redirect("own_activities", pk)
    context = {"entry": entry, "form": form, "activity": found}
    return TemplateResponse(request, "pages/representing/withdraw_activity.html", context)
