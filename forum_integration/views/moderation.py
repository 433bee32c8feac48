"""The moderators' pages: the queue of waiting posts, and acts on a topic."""

from collections.abc import Callable, Mapping
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from machina.apps.forum_conversation.models import Post

from forum_integration.access import demand, find_topic, sign_in_when_refused
from forum_integration.forms import MoveForm, RefusalForm
from forum_integration.rights import rights_of
from forum_integration.services import moderation
from forum_integration.topics import topic_url
from forum_integration.views.reading import POSTS_PER_PAGE, page_of, trail_to

ACTS: Mapping[str, tuple[Callable[..., None], str]] = {
    "lock": (partial(moderation.set_locked, locked=True), "Het gesprek is gesloten."),
    "unlock": (partial(moderation.set_locked, locked=False), "Het gesprek is weer open."),
    "stick": (partial(moderation.set_sticky, sticky=True), "Het gesprek staat vast bovenaan."),
    "unstick": (partial(moderation.set_sticky, sticky=False), "Het gesprek staat niet meer vast."),
}


def _find_waiting(request: HttpRequest, pk: int) -> Post:
    rights = rights_of(request)
    demand(rights.is_moderator())
    post = moderation.waiting_posts(rights).filter(pk=pk).first()
    if post is None:
        raise Http404("Dit bericht wacht niet (meer)")
    return post


@require_safe
@sign_in_when_refused
def queue(request: HttpRequest) -> HttpResponse:
    rights = rights_of(request)
    demand(rights.is_moderator())
    page = page_of(request, moderation.waiting_posts(rights), POSTS_PER_PAGE)
    return TemplateResponse(request, "forum_moderation/queue.html", {"page_obj": page, "trail": trail_to()})


@require_safe
@sign_in_when_refused
def queued_post(request: HttpRequest, pk: int) -> HttpResponse:
    post = _find_waiting(request, pk)
    context = {"post": post, "is_opening": post.is_topic_head, "form": RefusalForm(), "trail": trail_to()}
    return TemplateResponse(request, "forum_moderation/queued_post.html", context)


@require_POST
@sign_in_when_refused
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    post = _find_waiting(request, pk)
    moderation.approve(post=post, by=rights_of(request))
    messages.success(request, "Het bericht staat op het forum.")
    return redirect("forum_moderation:queue")


@require_POST
@sign_in_when_refused
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    post = _find_waiting(request, pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        context = {"post": post, "is_opening": post.is_topic_head, "form": form, "trail": trail_to()}
        return TemplateResponse(request, "forum_moderation/queued_post.html", context)
    moderation.refuse(post=post, by=rights_of(request), reason=form.cleaned_data["reason"])
    messages.success(request, "Het bericht is geweigerd; de schrijver ziet waarom.")
    return redirect("forum_moderation:queue")


@require_POST
@sign_in_when_refused
def change_topic(request: HttpRequest, slug: str, pk: int, *, act: str) -> HttpResponse:
    """Close a topic, open it, fix it on top or let it go again."""
    topic = find_topic(request, pk)
    verb, done = ACTS[act]
    verb(topic=topic, by=rights_of(request))
    messages.success(request, done)
    return redirect(topic_url(topic))


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_when_refused
def move_topic(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    topic = find_topic(request, pk)
    rights = rights_of(request)
    demand(rights.has("can_move_topics", topic.forum_id))
    form = MoveForm(request.POST if request.method == "POST" else None, rights=rights, topic=topic)
    if form.is_valid():
        moderation.move(topic=topic, by=rights, to=rights.forums[form.cleaned_data["forum"]])
        messages.success(request, "Het gesprek is verplaatst.")
        return redirect(topic_url(find_topic(request, pk)))
    context = {"topic": topic, "form": form, "trail": trail_to(topic.forum, topic)}
    return TemplateResponse(request, "forum_moderation/topic_move.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_when_refused
def delete_topic(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    topic = find_topic(request, pk)
    rights = rights_of(request)
    demand(rights.has("can_delete_posts", topic.forum_id))
    if request.method == "POST":
        moderation.delete_topic(topic=topic, by=rights)
        messages.success(request, "Het gesprek is verwijderd.")
        return redirect("forum:forum", topic.forum.slug, topic.forum_id)
    context = {"topic": topic, "trail": trail_to(topic.forum, topic)}
    return TemplateResponse(request, "forum_moderation/topic_delete.html", context)
