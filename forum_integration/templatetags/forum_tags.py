"""The forum on pages of other rooms. All but ``forum_index`` show what a visitor may read, whoever looks."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from machina.apps.forum_conversation.models import Post

from cms.models import Subject
from forum_integration import markup, overview
from forum_integration.rights import ForumRights, rights_of, rights_of_a_visitor, visitor_rights_of
from forum_integration.topics import TopicSummary, about, summaries, unanswered, visible_topics

register = template.Library()


@register.filter
def excerpt(post: Post) -> str:
    """The first words of a post, without markup; never filter ``post.content`` itself, which passes for safe."""
    return markup.excerpt(post.content.rendered)


def _visitor(context: template.Context) -> ForumRights:
    request: HttpRequest | None = context.get("request")
    return visitor_rights_of(request) if request else rights_of_a_visitor()


@register.inclusion_tag("forum/forum_list.html", takes_context=True)
def forum_index(context: template.Context) -> dict[str, Any]:
    """The forums with what is new in them, as the reader may see them."""
    request: HttpRequest = context["request"]
    return {"request": request, "overview": overview.overview(rights_of(request))}


@register.simple_tag(takes_context=True)
def ask_url(context: template.Context) -> str:
    """The form for a new question, or else the forum."""
    return overview.ask_url(_visitor(context)) or reverse("forum:index")


@register.simple_tag(takes_context=True)
def unanswered_questions(context: template.Context, limit: int = 5) -> list[TopicSummary]:
    """The newest questions that nobody replied to."""
    return _newest(unanswered(visible_topics(_visitor(context))), limit)


@register.simple_tag(takes_context=True)
def latest_topics(context: template.Context, limit: int = 5) -> list[TopicSummary]:
    """The topics in which something was said last."""
    return summaries(visible_topics(_visitor(context)).order_by("-last_post_on", "-pk")[:limit])


@register.simple_tag(takes_context=True)
def conversations_about(context: template.Context, subjects: Iterable[Subject], limit: int = 3) -> list[TopicSummary]:
    """The newest topics about any of these subjects."""
    return _newest(about(visible_topics(_visitor(context)), subjects), limit)


def _newest(topics: Any, limit: int) -> list[TopicSummary]:
    return summaries(topics.order_by("-created", "-pk")[:limit])
