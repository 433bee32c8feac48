"""Writing to another member, and reading what one got."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from cms.models import User
from cms.requests import get_or_post, member_of
from forum_integration.access import demand, sign_in_when_refused
from forum_integration.correspondence import (
    Correspondents,
    between,
    known_to,
    mark_read,
    messages_of,
    open_reports,
    refuses,
    writable_by,
)
from forum_integration.correspondence_forms import LONGEST_MESSAGE, MessageForm
from forum_integration.moderation_forms import ReportForm
from forum_integration.rights import ForumRights, rights_of
from forum_integration.services import correspondence as services
from forum_integration.views import kept_text
from forum_integration.views.moderation import moderation_trail, moderators_rights
from forum_integration.views.reading import page_of

PER_PAGE = 20


@require_safe
@login_required
def correspondents(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Correspondents(member_of(request)), PER_PAGE)
    return TemplateResponse(request, "forum_member/correspondents.html", {"page_obj": page})


@get_or_post
@kept_text.while_signing_in(longest=LONGEST_MESSAGE)
@login_required
def correspondence(request: HttpRequest, pk: int) -> HttpResponse:
    """What one exchanged with another; posting writes to the other."""
    member, rights = member_of(request), rights_of(request)
    other = get_object_or_404(known_to(member), pk=pk)
    may_write = not member.is_silenced and writable_by(member).filter(pk=pk).exists()
    kept = {"text": kept_text.of(request)}
    form = MessageForm(request.POST if request.method == "POST" else None, rights=rights, initial=kept)
    if request.method == "POST":
        demand(may_write)
        if form.is_valid() and _send(form, rights, other):
            kept_text.forget(request)
            messages.success(request, "Je bericht is verstuurd. Komt er antwoord, dan krijg je een mail.")
            return redirect("correspondence", pk)
    page = page_of(request, between(member, other), PER_PAGE)
    mark_read(member, other)
    context = {
        "other": other,
        "page_obj": page,
        "form": form if may_write else None,
        "refuses": refuses(member, other),
    }
    return TemplateResponse(request, "forum_member/correspondence.html", context)


def _send(form: MessageForm, rights: ForumRights, other: User) -> bool:
    try:
        services.send(by=rights, to=other, text=form.cleaned_data["text"])
    except ValidationError as problem:
        form.add_error(None, problem)
    return form.is_valid()


@require_POST
@login_required
def refuse(request: HttpRequest, pk: int, *, refuses: bool) -> HttpResponse:
    member = member_of(request)
    services.set_refusal(member=member, other=get_object_or_404(known_to(member), pk=pk), refuses=refuses)
    messages.success(
        request, "Deze persoon kan je niet meer schrijven." if refuses else "Deze persoon kan je weer schrijven."
    )
    return redirect("correspondence", pk)


@get_or_post
@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask a moderator to read a message that one received."""
    received = messages_of(member_of(request)).filter(recipient=request.user.pk).select_related("sender")
    message = get_object_or_404(received, pk=pk)
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.report(message=message, **form.cleaned_data)
        messages.success(request, "Dank je. Een moderator leest dit bericht, meestal binnen één werkdag.")
        return redirect("correspondence", message.sender_id)
    return TemplateResponse(request, "forum_member/message_report.html", {"form": form, "message": message})


@require_safe
@sign_in_when_refused
def reported(request: HttpRequest) -> HttpResponse:
    """For moderators: the messages that members ask them to read."""
    page = page_of(request, open_reports(moderators_rights(request)), PER_PAGE)
    context = {"page_obj": page, "trail": moderation_trail()}
    return TemplateResponse(request, "forum_moderation/reported_messages.html", context)


@require_POST
@sign_in_when_refused
def close_report(request: HttpRequest, pk: int) -> HttpResponse:
    rights = moderators_rights(request)
    services.close_report(report=get_object_or_404(open_reports(rights), pk=pk), by=rights)
    messages.success(request, "De melding is afgehandeld.")
    return redirect("forum_moderation:reported_messages")
