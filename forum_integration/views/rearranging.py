"""What moderators do with a whole topic: close, fix on top, move, merge and split."""

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST
from machina.apps.forum_conversation.models import Topic

from cms.requests import get_or_post
from forum_integration.access import demand, find_topic, sign_in_when_refused
from forum_integration.moderation_forms import MergeForm, MoveForm, SplitForm
from forum_integration.rights import ForumRights, rights_of
from forum_integration.services import rearranging
from forum_integration.topics import topic_url
from forum_integration.views.reading import trail_to

ACTS: Mapping[str, tuple[Callable[..., None], str]] = {
    "lock": (partial(rearranging.set_locked, locked=True), "Het gesprek is gesloten."),
    "unlock": (partial(rearranging.set_locked, locked=False), "Het gesprek is weer open."),
    "stick": (partial(rearranging.set_sticky, sticky=True), "Het gesprek staat vast bovenaan."),
    "unstick": (partial(rearranging.set_sticky, sticky=False), "Het gesprek staat niet meer vast."),
}


@require_POST
@sign_in_when_refused
def change_topic(request: HttpRequest, slug: str, pk: int, *, act: str) -> HttpResponse:
    """Close a topic, open it, fix it on top or let it go again."""
    topic = find_topic(request, pk)
    verb, done = ACTS[act]
    verb(topic=topic, by=rights_of(request))
    messages.success(request, done)
    return redirect(topic_url(topic))


def _find_movable(request: HttpRequest, pk: int) -> tuple[Topic, ForumRights]:
    topic, rights = find_topic(request, pk), rights_of(request)
    demand(rights.has("can_move_topics", topic.forum_id))
    return topic, rights


@get_or_post
@sign_in_when_refused
def move(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    topic, rights = _find_movable(request, pk)
    form = MoveForm(request.POST if request.method == "POST" else None, rights=rights, topic=topic)
    if form.is_valid():
        rearranging.move(topic=topic, by=rights, to=rights.forums[form.cleaned_data["forum"]])
        messages.success(request, "Het gesprek is verplaatst.")
        return redirect(topic_url(find_topic(request, pk)))
    context = {"topic": topic, "form": form, "trail": trail_to(topic.forum, topic)}
    return TemplateResponse(request, "forum_moderation/topic_move.html", context)


@get_or_post
@sign_in_when_refused
def merge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """First which topic, then what becomes of the two, then done."""
    topic, rights = _find_movable(request, pk)
    form = MergeForm(request.POST if request.method == "POST" else None)
    context = {"topic": topic, "form": form, "trail": trail_to(topic.forum, topic)}
    if form.is_valid():
        try:
            other = find_topic(request, form.cleaned_data["other"])
            if "confirmed" in request.POST:
                into = rearranging.merge(topic=topic, other=other, by=rights)
                messages.success(request, "De twee gesprekken zijn nu één gesprek.")
                return redirect(topic_url(find_topic(request, into.pk)))
            into, gone = rearranging.first_of(topic, other)
            demand(rights.has("can_move_topics", other.forum_id))
            rearranging.demand_mergeable(into, gone)
            context |= {"into": into, "gone": gone}
        except Http404:
            form.add_error("other", "Dit gesprek bestaat niet.")
        except ValidationError as problem:
            form.add_error("other", problem)
    return TemplateResponse(request, "forum_moderation/topic_merge.html", context)


@get_or_post
@sign_in_when_refused
def split(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    topic, rights = _find_movable(request, pk)
    answers = rearranging.answers_of(topic).annotate(author=F("poster__display_name"))
    form = SplitForm(request.POST if request.method == "POST" else None, answers=answers)
    if form.is_valid():
        new = rearranging.split(
            topic=topic, by=rights, posts=form.cleaned_data["posts"], title=form.cleaned_data["title"]
        )
        messages.success(request, "De antwoorden zijn nu een eigen gesprek.")
        return redirect(topic_url(new))
    context = {"topic": topic, "form": form, "trail": trail_to(topic.forum, topic)}
    return TemplateResponse(request, "forum_moderation/topic_split.html", context)
