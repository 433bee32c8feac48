"""Taking part without writing: voting, downloading, and keeping track of what is new."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe
from machina.apps.forum_conversation.forum_polls.models import TopicPoll

from forum_integration.access import demand, find_topic, sign_in_when_refused
from forum_integration.forms import VoteForm
from forum_integration.models import Attachment
from forum_integration.rights import rights_of
from forum_integration.services import tracking, voting
from forum_integration.topics import summaries, topic_url, visible_posts, visible_topics
from forum_integration.views.reading import TOPICS_PER_PAGE, page_of, trail_to

MOST_UNREAD = 500
"""Nobody reads further back in the list of what is new."""

FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


@require_POST
@sign_in_when_refused
def vote(request: HttpRequest, pk: int) -> HttpResponse:
    poll = get_object_or_404(TopicPoll, pk=pk)
    topic = find_topic(request, poll.topic_id)
    poll.topic = topic
    rights = rights_of(request)
    demand(rights.may_vote(poll), come_back_to=topic_url(topic))
    form = VoteForm(request.POST, poll=poll)
    if form.is_valid():
        voting.vote(poll=poll, by=rights, options=form.cleaned_data["options"])
        messages.success(request, "Je stem telt mee.")
    else:
        messages.warning(request, " ".join(map(str, form.errors.get("options", []))))
    return redirect(f"{topic_url(topic)}#peiling")


@require_safe
def attachment(request: HttpRequest, pk: int) -> FileResponse:
    """A file, as a download and never as a page, for who may read the post that it hangs on."""
    rights = rights_of(request)
    found = get_object_or_404(Attachment.objects.select_related("post__topic"), pk=pk)
    may_read = visible_posts(rights).filter(pk=found.post_id).exists()
    if not may_read or not rights.has("can_download_file", found.post.topic.forum_id):
        raise Http404("Deze bijlage bestaat niet")
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise Http404("Deze bijlage bestaat niet meer") from None
    response = FileResponse(content, as_attachment=True, filename=found.name, content_type=found.content_type)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
@login_required
def unread_topics(request: HttpRequest) -> HttpResponse:
    rights = rights_of(request)
    topics = tracking.unread(visible_topics(rights), rights).order_by("-last_post_on", "-pk")
    page = page_of(request, topics[:MOST_UNREAD], TOPICS_PER_PAGE)
    context = {
        "page_obj": page,
        "topics": summaries(page.object_list),
        "has_more": page.paginator.count == MOST_UNREAD,
        "trail": trail_to(),
    }
    return TemplateResponse(request, "forum_tracking/unread_topics.html", context)


@require_POST
@login_required
def mark_all_read(request: HttpRequest) -> HttpResponse:
    tracking.mark_all_read(rights_of(request))
    messages.success(request, "Alle gesprekken staan nu als gelezen.")
    return redirect("forum:index")
