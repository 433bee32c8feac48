"""Telling the moderators about a post."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cms.requests import get_or_post
from forum_integration.access import demand, find_post, find_topic, post_url, sign_in_when_refused
from forum_integration.moderation_forms import ReportForm
from forum_integration.rights import rights_of
from forum_integration.services import reports
from forum_integration.topics import author_name, topic_url, visible_topics
from forum_integration.views.reading import trail_to


@get_or_post
@sign_in_when_refused
def report(
    request: HttpRequest, forum_slug: str, forum_pk: int, topic_slug: str, topic_pk: int, pk: int
) -> HttpResponse:
    topic = find_topic(request, topic_pk, forum_pk=forum_pk)
    post, rights = find_post(request, pk, topic), rights_of(request)
    demand(rights.may_report(post))
    if reports.has_reported(post, rights):
        messages.info(request, "Je hebt dit bericht al gemeld. Een moderator kijkt ernaar.")
        return redirect(post_url(post))
    form = ReportForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reports.report(post=post, by=rights, **form.cleaned_data)
        messages.success(request, "Dank je. Een moderator kijkt ernaar, meestal binnen één werkdag.")
        is_there = visible_topics(rights).filter(pk=topic.pk).exists()  # the third report of its opening hides it
        return redirect(topic_url(topic)) if is_there else redirect("forum:forum", topic.forum.slug, topic.forum_id)
    context = {
        "topic": topic,
        "post": post,
        "author_name": author_name(post),
        "form": form,
        "trail": trail_to(topic.forum, topic),
    }
    return TemplateResponse(request, "forum_conversation/post_report.html", context)
