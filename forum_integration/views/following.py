"""Following things, and the pages that list them and what is new in them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cms.models import Subject
from cms.requests import member_of
from forum_integration import notifications as told
from forum_integration.access import demand, find_forum, find_topic, sign_in_when_refused
from forum_integration.following import CALLED, followed_things, followed_topics, url_of
from forum_integration.rights import rights_of
from forum_integration.services.following import Followable, set_following
from forum_integration.topics import summaries
from forum_integration.views.reading import TOPICS_PER_PAGE, page_of, trail_to
from pages.models import EntryPage


def _find(request: HttpRequest, what: str, pk: int) -> Followable:
    match what:
        case "gesprek":
            return find_topic(request, pk)
        case "forum":
            return find_forum(request, pk)
        case "onderwerp":
            return get_object_or_404(Subject, pk=pk)
        case "vermelding":
            return get_object_or_404(EntryPage.objects.listed(), pk=pk)
    raise Http404("Dit kun je niet volgen")


@require_POST
@sign_in_when_refused
def follow(request: HttpRequest, what: str, pk: int, *, follows: bool) -> HttpResponse:
    """Follow something or stop following it; only for oneself."""
    found = _find(request, what, pk)
    if follows and isinstance(found, EntryPage) and found.has_ended:
        raise Http404("Wat niet meer bestaat, is niet te volgen")
    back = url_of(found)
    demand(request.user.is_authenticated, come_back_to=back)
    set_following(member_of(request), found, follows=follows)
    _, called = CALLED[what]
    messages.success(request, f"Je volgt {called}." if follows else f"Je volgt {called} niet meer.")
    return redirect("forum_member:user_subscriptions" if "van_lijst" in request.POST else back)


@require_safe
@login_required
def followed(request: HttpRequest) -> HttpResponse:
    member, rights = member_of(request), rights_of(request)
    page = page_of(request, followed_topics(rights, member), TOPICS_PER_PAGE)
    context = {
        "page_obj": page,
        "topics": summaries(page.object_list),
        "groups": followed_things(rights, member),
        "trail": trail_to(),
    }
    return TemplateResponse(request, "forum_member/followed.html", context)


@require_safe
@login_required
def notifications(request: HttpRequest) -> HttpResponse:
    found = told.notifications_for(rights_of(request), member_of(request)).select_related(
        "post__poster", "post__topic__forum", "entry"
    )
    page = page_of(request, found, TOPICS_PER_PAGE)
    told.add_successors(page.object_list)
    context = {"page_obj": page, "trail": trail_to()}
    return TemplateResponse(request, "forum_member/notifications.html", context)


@require_POST
@login_required
def mark_all_notifications_read(request: HttpRequest) -> HttpResponse:
    told.mark_all_read(member_of(request))
    messages.success(request, "Al je meldingen staan nu als gelezen.")
    return redirect("forum_member:notifications")


@require_POST
@login_required
def mark_notification_read(request: HttpRequest, pk: int) -> HttpResponse:
    """One notification of one's own; of any other this does nothing."""
    told.unread(member_of(request)).filter(pk=pk).update(read_on=timezone.now())
    return redirect("forum_member:notifications")
