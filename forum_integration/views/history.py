"""What a post said before, for the moderators of its forum."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe
from machina.apps.forum_conversation.models import Post

from forum_integration.access import demand, find_topic, sign_in_when_refused
from forum_integration.rights import rights_of
from forum_integration.views.reading import trail_to


@require_safe
@sign_in_when_refused
def post_history(request: HttpRequest, pk: int) -> HttpResponse:
    post = get_object_or_404(Post.objects.select_related("poster"), pk=pk)
    topic = find_topic(request, post.topic_id)
    demand(rights_of(request).moderates(topic.forum_id))
    context = {
        "post": post,
        "topic": topic,
        "texts": post.earlier_texts.select_related("changed_by"),
        "trail": trail_to(topic.forum, topic),
    }
    return TemplateResponse(request, "forum_moderation/post_history.html", context)
