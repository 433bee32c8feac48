"""Writing: an answer, and changing or deleting what one wrote. A new topic begins in asking.py."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import User
from cms.requests import get_or_post
from forum_integration import markup
from forum_integration.access import (
    demand,
    find_post,
    find_topic,
    post_url,
    sign_in_when_refused,
)
from forum_integration.forms import PostForm, ReplyForm, TopicForm
from forum_integration.moderation_forms import DeletionForm
from forum_integration.quoting import quotation
from forum_integration.rights import rights_of
from forum_integration.services import drafts, moderation, newcomers, writing
from forum_integration.topics import author_name, topic_url
from forum_integration.views import kept_text
from forum_integration.views.reading import trail_to


def answer(
    request: HttpRequest, form: PostForm, template: str, context: dict[str, Any], save: Callable[[], HttpResponse]
) -> HttpResponse:
    """Save a form that is right; else show it again, with its preview when that was asked for."""
    sent = request.method == "POST"
    if sent and form.place and (drafted := _drafted(request, form, form.place)):
        return drafted
    preview = ""
    if sent and form.is_valid():
        if "preview" in request.POST:
            preview = markup.render(form.cleaned_data["text"])
        else:
            try:
                response = save()
                kept_text.forget(request)
                if form.place and isinstance(request.user, User):
                    drafts.forget(member=request.user, place=form.place)
                return response
            except ValidationError as problem:
                form.add_error(None, problem)
    context |= {"form": form, "preview": preview, "lost_files": form.sent_names if sent else []}
    return TemplateResponse(request, template, context, status=_status(form) if sent else 200)


def _drafted(request: HttpRequest, form: PostForm, place: drafts.Place) -> HttpResponse | None:
    """The answer to who keeps a draft or throws it away; the script writing it down asks for no page."""
    if not isinstance(request.user, User):
        return None
    if "forget_draft" in request.POST:
        drafts.forget(member=request.user, place=place)
        messages.success(request, "Wat je geschreven had, is weggegooid.")
        return redirect(request.path)
    if "draft" not in request.POST:
        return None
    try:
        drafts.keep(member=request.user, place=place, typed=form.typed())
    except ValueError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


def _status(form: PostForm) -> int:
    if form.is_too_large:
        return 413
    return 429 if form.has_error(NON_FIELD_ERRORS, newcomers.TOO_MANY) else 200


def sent_data(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def done(request: HttpRequest, post: Post, message: str) -> HttpResponse:
    if post.approved:
        messages.success(request, message)
    else:
        messages.info(
            request,
            "Dank je. Een moderator leest je bericht eerst, meestal binnen één werkdag. Tot dan zie alleen jij het.",
        )
    return redirect(post_url(post))


@get_or_post
@kept_text.while_signing_in(longest=markup.LONGEST_TEXT)
@sign_in_when_refused
def edit_topic(request: HttpRequest, forum_slug: str, forum_pk: int, slug: str, pk: int) -> HttpResponse:
    topic = find_topic(request, pk, forum_pk=forum_pk)
    rights = rights_of(request)
    demand(rights.may_edit(topic.first_post, topic))
    kept = kept_text.of(request)
    initial = {"text": kept} if kept else {}
    form = TopicForm(*sent_data(request), forum=topic.forum, rights=rights, topic=topic, initial=initial)

    def save() -> HttpResponse:
        changed = writing.edit_topic(topic=topic, by=rights, **form.changes())
        return done(request, changed.first_post, "Je wijziging is bewaard.")

    context = {"forum": topic.forum, "topic": topic, "trail": trail_to(topic.forum, topic)}
    return answer(request, form, "forum_conversation/topic_update.html", context, save)


@get_or_post
@kept_text.while_signing_in(longest=markup.LONGEST_TEXT)
@sign_in_when_refused
def reply(request: HttpRequest, forum_slug: str, forum_pk: int, topic_slug: str, topic_pk: int) -> HttpResponse:
    topic = find_topic(request, topic_pk, forum_pk=forum_pk)
    rights = rights_of(request)
    demand(rights.may_reply(topic), come_back_to=topic_url(topic))
    if isinstance(request.user, User) and (kept := kept_text.of(request)):
        drafts.keep(member=request.user, place=topic, typed={"text": kept})
        kept_text.forget(request)
    form = ReplyForm(*sent_data(request), topic=topic, rights=rights, initial={"text": _quoted(request, topic)})

    def save() -> HttpResponse:
        return done(request, writing.reply(topic=topic, by=rights, **form.changes()), "Je antwoord staat erbij.")

    context = {"forum": topic.forum, "topic": topic, "trail": trail_to(topic.forum, topic)}
    return answer(request, form, "forum_conversation/post_create.html", context, save)


def _quoted(request: HttpRequest, topic: Topic) -> str:
    """The text of the post that ``?citeer=`` names, as a quotation to answer."""
    asked = request.GET.get("citeer", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 12):
        return ""
    post = find_post(request, int(asked), topic)
    return quotation(post, author_name(post))


@get_or_post
@kept_text.while_signing_in(longest=markup.LONGEST_TEXT)
@sign_in_when_refused
def edit_post(
    request: HttpRequest, forum_slug: str, forum_pk: int, topic_slug: str, topic_pk: int, pk: int
) -> HttpResponse:
    topic = find_topic(request, topic_pk, forum_pk=forum_pk)
    post = find_post(request, pk, topic)
    if post.pk == topic.first_post_id:
        return redirect("forum_conversation:topic_update", forum_slug, forum_pk, topic.slug, topic.pk)
    rights = rights_of(request)
    demand(rights.may_edit(post, topic))
    initial = {"text": kept_text.of(request) or post.content.raw}
    form = ReplyForm(*sent_data(request), topic=topic, rights=rights, post=post, initial=initial)

    def save() -> HttpResponse:
        return done(request, writing.edit_post(post=post, by=rights, **form.changes()), "Je wijziging is bewaard.")

    context = {"forum": topic.forum, "topic": topic, "post": post, "trail": trail_to(topic.forum, topic)}
    return answer(request, form, "forum_conversation/post_update.html", context, save)


@get_or_post
@sign_in_when_refused
def delete_post(
    request: HttpRequest, forum_slug: str, forum_pk: int, topic_slug: str, topic_pk: int, pk: int
) -> HttpResponse:
    topic = find_topic(request, topic_pk, forum_pk=forum_pk)
    return _delete(request, topic, find_post(request, pk, topic))


@get_or_post
@sign_in_when_refused
def delete_topic(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    topic = find_topic(request, pk)
    return _delete(request, topic, find_post(request, topic.first_post_id, topic))


def _delete(request: HttpRequest, topic: Topic, post: Post) -> HttpResponse:
    rights = rights_of(request)
    demand(rights.may_delete(post, topic))
    is_opening = post.pk == topic.first_post_id
    form = DeletionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with suppress(moderation.AlreadyDecidedError):
            moderation.delete_post(post=post, by=rights, reason=form.cleaned_data["reason"])
        messages.success(request, "Het gesprek is verwijderd." if is_opening else "Het bericht is verwijderd.")
        return redirect("forum:forum", topic.forum.slug, topic.forum_id) if is_opening else redirect(topic_url(topic))
    context = {
        "topic": topic,
        "post": post,
        "form": None if rights.is_author(post) else form,
        "is_opening": is_opening,
        "trail": trail_to(topic.forum, topic),
    }
    return TemplateResponse(request, "forum_conversation/post_delete.html", context)
