"""Closing an idea with what its writer takes along, and opening it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from cms.requests import get_or_post
from forum_integration.access import demand, find_topic, sign_in_when_refused
from forum_integration.idea_forms import SummaryForm
from forum_integration.rights import rights_of
from forum_integration.services import ideas
from forum_integration.topics import topic_url
from forum_integration.views.reading import trail_to
from forum_integration.views.writing import answer, done, sent_data


@get_or_post
@sign_in_when_refused
def close(request: HttpRequest, pk: int) -> HttpResponse:
    topic, rights = find_topic(request, pk), rights_of(request)
    demand(rights.may_close_idea(topic), come_back_to=topic_url(topic))
    form = SummaryForm(*sent_data(request), topic=topic, rights=rights)

    def save() -> HttpResponse:
        post = ideas.close(topic=topic, by=rights, **form.changes())
        return done(request, post, "Je idee is afgerond. Je samenvatting staat boven de reacties.")

    context = {"topic": topic, "trail": trail_to(topic.forum, topic)}
    return answer(request, form, "forum_conversation/idea_close.html", context, save)


@require_POST
@sign_in_when_refused
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    topic = find_topic(request, pk)
    demand(request.user.is_authenticated, come_back_to=topic_url(topic))
    ideas.reopen(topic=topic, by=rights_of(request))
    messages.success(request, "Je idee staat weer open voor reacties.")
    return redirect(topic_url(topic))
