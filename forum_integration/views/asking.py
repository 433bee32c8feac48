"""Starting a topic: anyone writes first, and an account is asked only at sending."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_ratelimit.core import is_ratelimited
from machina.apps.forum.models import Forum

from cms.models import Subject, User
from cms.open_forms import open_to_visitors
from cms.requests import get_or_post
from forum_integration.access import demand, find_forum, sign_in_when_refused
from forum_integration.forms import LONGEST_TITLE, TopicForm
from forum_integration.models import TopicKind, UnsentTopic
from forum_integration.rights import ForumRights, rights_of, rights_of_a_new_member
from forum_integration.services import newcomers, unsent, writing
from forum_integration.views.reading import subject_asked_for, trail_to
from forum_integration.views.writing import answer, done, sent_data

LIMIT_FOR_VISITORS = "60/h"
TOO_OFTEN = "Er is vanaf jouw netwerk heel vaak iets verstuurd. Wacht een uur, of log eerst in."
NO_ROOM = "Bijlagen meesturen kan nu alleen als je bent ingelogd. Je tekst kun je wel versturen."


@open_to_visitors
@get_or_post
@sign_in_when_refused
def start_topic(request: HttpRequest, forum_slug: str, forum_pk: int) -> HttpResponse:
    forum = find_forum(request, forum_pk)
    is_visitor = not request.user.is_authenticated
    rights = rights_of_a_new_member() if is_visitor else rights_of(request)
    demand(rights.may_start_topic(forum))
    form = TopicForm(*sent_data(request), forum=forum, rights=rights, initial=_asked_for(request))
    if "kijk" in request.POST:  # somebody looks around first: there is nothing wrong with the form yet
        form = TopicForm(forum=forum, rights=rights, initial=form.typed(), place=None)
        form.files = request.FILES  # to say which must be chosen again

    def save() -> HttpResponse:
        if is_visitor:
            return _keep(request, form, forum, rights)
        topic = writing.start_topic(forum=forum, by=rights, **form.changes())
        return done(request, topic.first_post, "Je gesprek staat op het forum.")

    context = {
        **_page(forum),
        "is_visitor": is_visitor,
        "unsent": [] if is_visitor else UnsentTopic.objects.filter(owner=request.user.pk, forum=forum),
    }
    return answer(request, form, "forum_conversation/topic_create.html", context, save)


def _page(forum: Forum) -> dict[str, Any]:
    return {
        "forum": forum,
        "trail": trail_to(forum),
        "looks_around": forum.details.topic_kind == TopicKind.QUESTION,
    }


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the link that leads here fills in: a title, a subject."""
    title = " ".join(request.GET.get("titel", "").split())[:LONGEST_TITLE]
    subject = subject_asked_for(request)
    return {"title": title, "subjects": Subject.objects.filter(pk=subject.pk) if subject else []}


def _keep(request: HttpRequest, form: TopicForm, forum: Forum, rights: ForumRights) -> HttpResponse:
    """Keep what a visitor wrote, and ask for an account. Raises ValidationError when it may not be kept."""
    if is_ratelimited(request, group="keep topics", key="ip", rate=LIMIT_FOR_VISITORS, increment=True):
        raise ValidationError(TOO_OFTEN, newcomers.TOO_MANY)
    newcomers.demand_few_links(rights, forum.pk, form.cleaned_data["text"])
    files = form.cleaned_data.get("attachments", [])
    if files and not unsent.has_room():
        raise ValidationError({"attachments": NO_ROOM})
    topic = unsent.keep(forum=forum, typed=form.typed(), files=files)
    return redirect(f"{reverse('account_login')}?next={topic.get_absolute_url()}")


@get_or_post
@sign_in_when_refused
def unsent_topic(request: HttpRequest, key: str) -> HttpResponse:
    """What was written without an account, to be sent by its writer with one press."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    try:
        topic = unsent.unsent_for(request.user, key)
        return _send(request, topic)
    except UnsentTopic.DoesNotExist:
        if request.method != "POST":
            raise Http404("Dit is al verstuurd of niet meer bewaard") from None
    messages.info(request, "Dit is al verstuurd.")
    return redirect("forum:index")


def _send(request: HttpRequest, topic: UnsentTopic) -> HttpResponse:
    forum = find_forum(request, topic.forum_id)
    rights = rights_of(request)
    demand(rights.may_start_topic(forum))
    form = TopicForm(*sent_data(request), forum=forum, rights=rights, initial=topic.typed, attached=topic.files.all())

    def save() -> HttpResponse:
        sent = unsent.send(unsent=topic, by=rights, **form.changes())
        return done(request, sent.first_post, "Je gesprek staat op het forum.")

    if request.method == "POST" and "forget" in request.POST:
        topic.delete()
        messages.success(request, "Wat je geschreven had, is weggegooid.")
        return redirect("forum:forum", forum.slug, forum.pk)
    return answer(request, form, "forum_conversation/unsent_topic.html", {**_page(forum), "unsent_topic": topic}, save)
