"""Finding what an address names, for who may see it: the same answer for what is not there and what is not theirs."""

import copy
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import TopicRedirect
from forum_integration.rights import ForumRights, rights_of, shared_by_visitors
from forum_integration.topics import topic_url, visible_posts, visible_topics

View = Callable[..., HttpResponse]


def sign_in_when_refused(view: View) -> View:
    """A visitor who may not do this is asked to sign in and comes back; someone with an account gets a 403."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied as refusal:
            if request.user.is_authenticated:
                raise
            return redirect_to_login(getattr(refusal, "come_back_to", "") or request.get_full_path())

    return asked


def demand(allowed: bool, *, come_back_to: str = "") -> None:
    """Raise PermissionDenied unless ``allowed``; after signing in a visitor lands on ``come_back_to``."""
    if not allowed:
        refusal = PermissionDenied()
        refusal.come_back_to = come_back_to  # type: ignore[attr-defined]
        raise refusal


def find_forum(request: HttpRequest, pk: int) -> Forum:
    """Raises Http404 when there is no such forum, PermissionDenied when it is closed to this person."""
    rights = rights_of(request)
    if pk not in rights.forums:
        raise Http404("Dit forum bestaat niet")
    demand(rights.has("can_read_forum", pk))
    return rights.forums[pk]


def find_topic(request: HttpRequest, pk: int, *, forum_pk: int | None = None) -> Topic:
    """The topic, with its forum and details.

    Raises Http404 when there is none, when it waits for someone else's approval, or when it does not stand in the
    forum that the address names; PermissionDenied when its forum is closed to this person.
    """
    rights = rights_of(request)
    topic = copy.copy(_read_topic(rights, pk))  # what is set on it is for this request
    if forum_pk not in {None, topic.forum_id}:
        raise Http404("Dit gesprek bestaat niet")
    topic.forum = find_forum(request, topic.forum_id)
    if not topic.approved and not visible_topics(rights).filter(pk=pk).exists():
        raise Http404("Dit gesprek bestaat niet")
    return topic


def find_topic_or_merged(request: HttpRequest, pk: int) -> Topic:
    """As ``find_topic``, and for a topic that was merged into another: that other one."""
    try:
        return find_topic(request, pk)
    except Http404:
        into = TopicRedirect.objects.filter(pk=pk).values_list("topic", flat=True).first()
        if into is None:
            raise
        return find_topic(request, into)


@shared_by_visitors
def _read_topic(rights: ForumRights, pk: int) -> Topic:
    topic: Topic | None = Topic.objects.select_related("details", "poll").filter(pk=pk).first()
    if topic is None:  # not remembered, so that made-up numbers push nothing out
        raise Http404("Dit gesprek bestaat niet")
    return topic


def find_post(request: HttpRequest, pk: int, topic: Topic) -> Post:
    """A post of this topic that this person may read; raises Http404 otherwise."""
    post = visible_posts(rights_of(request)).select_related("poster", "details").filter(pk=pk, topic=topic).first()
    if post is None:
        raise Http404("Dit bericht bestaat niet")
    post.topic = topic
    return post


def find_post_by_pk(request: HttpRequest, pk: int) -> Post:
    """A post that this person may read, in whatever topic it stands now; raises Http404 otherwise."""
    topic_id = Post.objects.filter(pk=pk).values_list("topic_id", flat=True).first()
    if topic_id is None:
        raise Http404("Dit bericht bestaat niet")
    return find_post(request, pk, find_topic(request, topic_id))


def post_url(post: Post) -> str:
    return f"{topic_url(post.topic)}?bericht={post.pk}#bericht-{post.pk}"
