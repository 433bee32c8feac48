"""The moderators' pages: the queue, one post with what befell it, what was deleted, and the log."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from machina.apps.forum_conversation.models import Post

from forum_integration.access import demand, sign_in_when_refused
from forum_integration.correspondence import open_reports
from forum_integration.models import Report, Withheld
from forum_integration.moderation_forms import DeletionForm, RefusalForm
from forum_integration.rights import ForumRights, rights_of
from forum_integration.services import log, moderation, reports
from forum_integration.topics import author_name
from forum_integration.views.reading import POSTS_PER_PAGE, page_of, trail_to

ACTS_PER_PAGE = 50


def moderators_rights(request: HttpRequest) -> ForumRights:
    """The rights of who asks; raises PermissionDenied unless this is a moderator."""
    rights = rights_of(request)
    demand(rights.is_moderator())
    return rights


def moderation_trail() -> list[tuple[str, str]]:
    return [*trail_to(), ("Wachtrij", reverse("forum_moderation:queue"))]


@dataclass(frozen=True, slots=True)
class PostToDecide:
    """A post as moderators see it: what was reported about it, and what can be done with it."""

    post: Post
    author_name: str
    is_opening: bool
    state: str
    reports: Sequence[Report]
    refusal: Form | None
    deletion: Form | None

    @property
    def is_waiting(self) -> bool:
        return moderation.is_waiting(self.post)

    @property
    def may_approve(self) -> bool:
        return moderation.can_be_approved(self.post)

    @property
    def may_keep(self) -> bool:
        return bool(self.post.approved and self.reports)

    @property
    def may_restore(self) -> bool:
        return moderation.can_be_put_back(self.post)


def _to_decide(
    rights: ForumRights, posts: Iterable[Post], *, refusal: Form | None = None, deletion: Form | None = None
) -> list[PostToDecide]:
    """Posts with their open reports and their forms; a form that is given was filled in wrongly."""
    found = list(posts)
    reported: dict[int, list[Report]] = {post.pk: [] for post in found}
    for report in reports.open_reports(found):
        reported[report.post_id].append(report)
    items = []
    for post in found:
        state, ids = moderation.state_of(post), f"id_{post.pk}_%s"
        may_delete = state != Withheld.State.DELETED and rights.may_delete(post, post.topic)
        items.append(
            PostToDecide(
                post=post,
                author_name=author_name(post),
                is_opening=post.pk == post.topic.first_post_id,
                state=state,
                reports=reported[post.pk],
                refusal=(refusal or RefusalForm(auto_id=ids)) if moderation.is_waiting(post) else None,
                deletion=(deletion or DeletionForm(auto_id=f"{ids}_delete")) if may_delete else None,
            )
        )
    return items


@require_safe
@sign_in_when_refused
def queue(request: HttpRequest) -> HttpResponse:
    rights = moderators_rights(request)
    page = page_of(request, moderation.posts_to_decide(rights), POSTS_PER_PAGE)
    context = {
        "page_obj": page,
        "items": _to_decide(rights, page.object_list),
        "reported_messages": open_reports(rights).count(),
        "trail": trail_to(),
    }
    return TemplateResponse(request, "forum_moderation/queue.html", context)


@require_safe
@sign_in_when_refused
def deleted(request: HttpRequest) -> HttpResponse:
    rights = moderators_rights(request)
    page = page_of(request, moderation.deleted_posts(rights), POSTS_PER_PAGE)
    context = {"page_obj": page, "items": _to_decide(rights, page.object_list), "trail": moderation_trail()}
    return TemplateResponse(request, "forum_moderation/deleted.html", context)


@require_safe
@sign_in_when_refused
def acts(request: HttpRequest) -> HttpResponse:
    rights = moderators_rights(request)
    page = page_of(request, log.acts(rights), ACTS_PER_PAGE)
    return TemplateResponse(request, "forum_moderation/acts.html", {"page_obj": page, "trail": moderation_trail()})


def _find_post(request: HttpRequest, pk: int) -> Post:
    post = moderation.moderated_posts(moderators_rights(request)).filter(pk=pk).first()
    if post is None:
        raise Http404("Dit bericht bestaat niet")
    return post


@require_safe
@sign_in_when_refused
def queued_post(request: HttpRequest, pk: int) -> HttpResponse:
    return _post_page(request, _find_post(request, pk))


def _post_page(request: HttpRequest, post: Post, **more: Any) -> HttpResponse:
    rights = rights_of(request)
    [item] = _to_decide(rights, [post], **more)
    acts = log.acts(rights).filter(post=post)
    context = {"item": item, "acts": acts, "wrong_form": next(iter(more.values()), None), "trail": moderation_trail()}
    return TemplateResponse(request, "forum_moderation/queued_post.html", context)


def _decide(
    request: HttpRequest, post: Post, verb: Callable[..., None], done: str, *, where: str = "queue", **given: Any
) -> HttpResponse:
    """Do what was decided and go on with the post that comes next; nothing when somebody else was first."""
    try:
        verb(post=post, by=rights_of(request), **given)
    except moderation.AlreadyDecidedError:
        messages.warning(request, "Over dit bericht is intussen al beslist.")
    else:
        messages.success(request, done)
    address = reverse(f"forum_moderation:{where}")
    after = moderation.next_to_decide(rights_of(request), post) if where == "queue" else None
    return redirect(f"{address}#bericht-{after}" if after else address)


@require_POST
@sign_in_when_refused
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    return _decide(request, _find_post(request, pk), moderation.approve, "Het bericht staat op het forum.")


@require_POST
@sign_in_when_refused
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    post = _find_post(request, pk)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _post_page(request, post, refusal=form)
    done = "Het bericht is geweigerd; de schrijver krijgt een mail met de reden."
    return _decide(request, post, moderation.refuse, done, reason=form.cleaned_data["reason"])


@require_POST
@sign_in_when_refused
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put back what was hidden or deleted, or let stand what was reported."""
    post = _find_post(request, pk)
    where = "deleted" if moderation.state_of(post) == Withheld.State.DELETED else "queue"
    return _decide(request, post, moderation.restore, "Het bericht staat op het forum.", where=where)


@require_POST
@sign_in_when_refused
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    post = _find_post(request, pk)
    form = DeletionForm(request.POST)
    if not form.is_valid():
        return _post_page(request, post, deletion=form)
    done = "Het bericht is verwijderd; de schrijver krijgt een mail."
    return _decide(request, post, moderation.delete_post, done, reason=form.cleaned_data["reason"])
