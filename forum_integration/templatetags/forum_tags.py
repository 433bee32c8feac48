"""The forum on pages of other rooms. All but ``forum_index`` show what a visitor may read, whoever looks."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.urls import reverse
from machina.apps.forum_conversation.models import Post

from cms.models import Subject, User
from forum_integration import markup, notifications, overview
from forum_integration.counting import counted
from forum_integration.following import CALLED
from forum_integration.models import Following, UnsentTopic
from forum_integration.questions import newest_unanswered
from forum_integration.rights import rights_of, rights_of_a_visitor
from forum_integration.services import unsent
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
def ask_url(title: str = "", subject: str = "") -> str:
    """The form for a new question, with its title and subject (a slug) filled in; or else the forum."""
    form = overview.ask_url(rights_of_a_visitor())
    filled_in = {name: value for name, value in (("titel", title), ("onderwerp", subject)) if value}
    if not form:
        return reverse("forum:index")
    return f"{form}?{urlencode(filled_in)}" if filled_in else form


@register.simple_tag
def unsent_at(address: str | None) -> UnsentTopic | None:
    """What a visitor wrote and can send after signing in, when that is where signing in leads."""
    return unsent.unsent_at(address or "")


@register.simple_tag
def unread_notifications(request: HttpRequest | None) -> str:
    """How many notifications wait for this member, for the menu on every page; nothing when none does."""
    if request is None or not isinstance(request.user, User):
        return ""
    return counted(notifications.unread_count(request, request.user))


@register.simple_tag
def unread_messages(request: HttpRequest | None) -> str:
    """How many personal messages this member did not open, as ``unread_notifications``."""
    if request is None or not isinstance(request.user, User):
        return ""
    return counted(notifications.unread_messages_count(request, request.user))


@register.inclusion_tag("forum_member/follow_button.html", takes_context=True)
def follow_button(context: template.Context, what: str, pk: int) -> dict[str, Any]:
    """Follow something or no longer; ``what`` is "gesprek", "onderwerp", "forum" or "vermelding".

    A visitor is asked to sign in and comes back.
    """
    request: HttpRequest = context["request"]
    field, called = CALLED[what]
    member = request.user if isinstance(request.user, User) else None
    follows = bool(member and Following.objects.filter(member=member, **{field: pk}).exists())
    return {"request": request, "pk": pk, "what": what, "called": called, "follows": follows}


@register.simple_tag
def unanswered_questions(limit: int = 5) -> Sequence[TopicSummary]:
    return newest_unanswered(rights_of_a_visitor(), limit)


@register.simple_tag
def latest_topics(limit: int = 5) -> Sequence[TopicSummary]:
    return latest(rights_of_a_visitor(), limit)


@register.simple_tag
def conversations_about(subjects: Iterable[Subject], limit: int = 3) -> Sequence[TopicSummary]:
    return newest_about(rights_of_a_visitor(), frozenset(subject.pk for subject in subjects), limit)
