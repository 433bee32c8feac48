"""The forum on pages of other rooms. All but ``forum_index`` show what a visitor may read, whoever looks."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from machina.apps.forum_conversation.models import Post

from cms.models import Subject
from forum_integration import markup, overview
from forum_integration.questions import newest_unanswered
from forum_integration.rights import rights_of, rights_of_a_visitor
from forum_integration.topics import TopicSummary, latest, newest_about

register = template.Library()


@register.filter
def excerpt(post: Post) -> str:
    """The first words of a post, without markup; never filter ``post.content`` itself, which passes for safe."""
    return markup.excerpt(post.content.rendered)


@register.inclusion_tag("forum/forum_list.html", takes_context=True)
def forum_index(context: template.Context) -> dict[str, Any]:
    """The forums with what is new in them, as the reader may see them."""
    request: HttpRequest = context["request"]
    return {"request": request, "overview": overview.overview(rights_of(request))}


@register.simple_tag
def ask_url() -> str:
    """The form for a new question, or else the forum."""
    return overview.ask_url(rights_of_a_visitor()) or reverse("forum:index")


@register.simple_tag
def unanswered_questions(limit: int = 5) -> Sequence[TopicSummary]:
    return newest_unanswered(rights_of_a_visitor(), limit)


@register.simple_tag
def latest_topics(limit: int = 5) -> Sequence[TopicSummary]:
    return latest(rights_of_a_visitor(), limit)


@register.simple_tag
def conversations_about(subjects: Iterable[Subject], limit: int = 3) -> Sequence[TopicSummary]:
    return newest_about(rights_of_a_visitor(), frozenset(subject.pk for subject in subjects), limit)
