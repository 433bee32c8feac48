"""Reading: a forum with its topics, a topic with its posts, and what somebody wrote."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic

from cms.accounts.erasing import FORMER_MEMBER
from cms.memory import remembered
from cms.models import Sector, Subject, User
from forum_integration import authority, ideas, markup, notifications, questions
from forum_integration.access import find_forum, find_post_by_pk, find_topic_or_merged, post_url, sign_in_when_refused
from forum_integration.authority import Badge
from forum_integration.correspondence import writable_by
from forum_integration.forms import ReplyForm, VoteForm
from forum_integration.mentions import MOST_MENTIONS
from forum_integration.models import Profile, TopicDetails, TopicKind
from forum_integration.quoting import attribution
from forum_integration.rights import ForumRights, rights_of, rights_of_a_new_member, shared_by_visitors
from forum_integration.services import tracking, voting
from forum_integration.topics import TopicList, topic_url, visible_among, visible_posts

TOPICS_PER_PAGE = 20
POSTS_PER_PAGE = 20


def page_of(request: HttpRequest, things: Any, per_page: int) -> Page[Any]:
    """The page that ``?pagina=`` asks for; the nearest one that exists."""
    return Paginator(things, per_page).get_page(request.GET.get("pagina"))


def subject_asked_for(request: HttpRequest) -> Subject | None:
    """The subject that ``?onderwerp=`` names, if there is one."""
    asked = request.GET.get("onderwerp", "")
    return Subject.objects.filter(slug=asked).first() if asked and "\x00" not in asked else None


def trail_to(forum: Forum | None = None, topic: Topic | None = None) -> list[tuple[str, str]]:
    trail = [("Forum", reverse("forum:index"))]
    if forum:
        trail.append((forum.name, reverse("forum:forum", args=[forum.slug, forum.pk])))
    if topic:
        trail.append((topic.subject, topic_url(topic)))
    return trail


@require_safe
@sign_in_when_refused
def forum(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    found = find_forum(request, pk)
    if slug != found.slug:
        return redirect("forum:forum", found.slug, pk, permanent=True)
    rights = rights_of(request)
    subject = subject_asked_for(request)
    page = page_of(request, TopicList(rights, pk, subject.pk if subject else None), TOPICS_PER_PAGE)
    context = {
        "forum": found,
        "page_obj": page,
        "topics": page.object_list,
        "subject": subject,
        "trail": trail_to(),
        "may_start_topic": (rights if request.user.is_authenticated else rights_of_a_new_member()).may_start_topic(
            found
        ),
        "subjects": _subjects_in(pk),
        "unread": _unread(rights, [topic.pk for topic in page.object_list]),
    }
    return TemplateResponse(request, "forum/forum_detail.html", context)


@remembered
def _subjects_in(forum_id: int) -> tuple[tuple[str, str, int], ...]:
    """(slug, name, how many topics) of the subjects that are talked about in a forum, most first."""
    labels = TopicDetails.subjects.through.objects.filter(
        topicdetails__topic__forum=forum_id, topicdetails__topic__approved=True
    )
    counted = labels.values_list("subject__slug", "subject__name").annotate(number=Count("pk"))
    return tuple(counted.order_by("-number", "subject__name"))


def _unread(rights: ForumRights, pks: list[int]) -> set[int]:
    """Which of these topics a member has not read."""
    return set(tracking.unread(Topic.objects.filter(pk__in=pks), rights).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class PostOnPage:
    """A post as its topic shows it; ``number`` counts the answers, the opening post has none."""

    post: Post
    author_name: str
    number: int
    may_edit: bool
    may_delete: bool
    may_report: bool
    may_accept: bool
    may_find_useful: bool
    useful_count: int
    is_useful: bool
    """Whether this reader said so."""

    badge: Badge | None
    """In what capacity the writer answers a question."""

    @property
    def attribution(self) -> str:
        return attribution(self.post.pk, self.author_name)


@require_safe
@sign_in_when_refused
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The lasting address of a post leads to where it stands now."""
    return redirect(post_url(find_post_by_pk(request, pk)))


@require_safe
@sign_in_when_refused
def topic(request: HttpRequest, forum_slug: str, forum_pk: int, slug: str, pk: int) -> HttpResponse:
    found = find_topic_or_merged(request, pk)
    if (forum_slug, forum_pk, slug, pk) != (found.forum.slug, found.forum_id, found.slug, found.pk):
        asked = request.GET.urlencode()
        return redirect(f"{topic_url(found)}{'?' if asked else ''}{asked}", permanent=True)
    rights = rights_of(request)
    number = range(_number_of_answers(rights, found))
    page = Paginator(number, POSTS_PER_PAGE).get_page(_page_with(request, rights, found) or request.GET.get("pagina"))
    first = page.start_index() if page.number > 1 else 0  # the opening post is number 0, and stands on page 1 only
    shown = _posts_on_page(rights, found, first, page.end_index() + 1)
    if not (first or shown):  # deleted a moment ago, or nothing approved is left in it
        raise Http404("Dit gesprek bestaat niet")
    opening = None if first else shown[0]
    subjects, sectors = _labels_of(pk)
    question = questions.on_page(found, rights)
    idea = ideas.on_page(found, rights)
    outcome_id = question.accepted_id if question else idea.summary_id if idea else None
    context = {
        "topic": found,
        "forum": found.forum,
        "title": found.subject,
        "description": markup.excerpt(opening.post.content.rendered, 160) if opening else "",
        "subjects": subjects,
        "sectors": sectors,
        "opening": opening,
        "page_obj": page,
        "answers": shown if first else shown[1:],
        "question": question,
        "put_to": authority.put_to(pk) if question else (),
        "idea": idea,
        "outcome": _outcome(rights, found, outcome_id) if opening else None,
        "poll": voting.on_page(found, rights) if opening else None,
        "trail": trail_to(found.forum),
        "may_reply": rights.may_reply(found),
        "moderates": rights.moderates(found.forum_id),
    }
    if context["may_reply"]:
        context["form"] = ReplyForm(rights=rights, topic=found, handles=_handles(shown, rights))
    if context["poll"] and context["poll"].may_vote:
        context["vote_form"] = VoteForm(poll=context["poll"].poll)
    response = TemplateResponse(request, "forum_conversation/topic_detail.html", context)
    if isinstance(request.user, User):
        member = request.user
        notifications.mark_topic_read(request, member, found)
        # Written when the page is drawn: what is remembered has to be asked for anew after a transaction.
        response.add_post_render_callback(lambda drawn: tracking.mark_read(found, member))
    return response


@remembered
def _labels_of(topic_id: int) -> tuple[tuple[Subject, ...], tuple[Sector, ...]]:
    return tuple(Subject.objects.filter(topics=topic_id)), tuple(Sector.objects.filter(topics=topic_id))


def _posts(rights: ForumRights, topic: Topic) -> QuerySet[Post]:
    """The posts of a topic that this person may read, oldest first."""
    return visible_among(rights, topic.posts.order_by("created", "pk"))


@shared_by_visitors
def _number_of_answers(rights: ForumRights, topic: Topic) -> int:
    return _posts(rights, topic).exclude(pk=topic.first_post_id).count()


@shared_by_visitors
def _posts_on_page(rights: ForumRights, topic: Topic, start: int, stop: int) -> tuple[PostOnPage, ...]:
    """The index tells which posts these are, so that no post before them is read."""
    among = _posts(rights, topic).values("pk")[start:stop]
    posts = _as_shown(topic.posts.filter(pk__in=among), rights)
    badges = _badges_in(topic)
    return tuple(_on_page(post, topic, rights, number, badges) for number, post in enumerate(posts, start))


@shared_by_visitors
def _outcome(rights: ForumRights, topic: Topic, pk: int | None) -> PostOnPage | None:
    """The accepted answer or the summary, which stands under the opening post as well; for who may read it."""
    number = _number_of_answer(rights, topic, pk)
    post = _as_shown(topic.posts.filter(pk=pk), rights).first() if number else None
    return _on_page(post, topic, rights, number, _badges_in(topic)) if post and number else None


def _number_of_answer(rights: ForumRights, topic: Topic, pk: int | None) -> int | None:
    """Which answer this is, counted from the first; none for what this person may not read, or is no answer here."""
    if pk is None or pk == topic.first_post_id:
        return None
    posts = _posts(rights, topic)
    moment = posts.filter(pk=pk).values_list("created", flat=True).first()
    earlier = Q(created__lt=moment) | Q(created=moment, pk__lt=pk)
    return posts.filter(earlier).exclude(pk=topic.first_post_id).count() + 1 if moment else None


def _badges_in(topic: Topic) -> Mapping[int, Badge]:
    return authority.badges_in(topic.pk) if topic.details.kind == TopicKind.QUESTION else {}


def _as_shown(posts: QuerySet[Post], rights: ForumRights) -> QuerySet[Any]:
    shown = questions.with_usefulness(posts.select_related("details", "withheld"), rights).prefetch_related("files")
    named = shown.annotate(author=F("poster__display_name"), handle=F("poster__handle__name"))
    return named.order_by("created", "pk")


def _handles(posts: Iterable[PostOnPage], rights: ForumRights) -> list[str]:
    """How this reader can name those who wrote these posts."""
    others = (item.post for item in posts if item.post.handle and item.post.poster_id != rights.user.pk)
    return list(dict.fromkeys(post.handle for post in others))[:MOST_MENTIONS]


def _page_with(request: HttpRequest, rights: ForumRights, topic: Topic) -> int | None:
    """The page that holds the answer that ``?bericht=`` names."""
    asked = request.GET.get("bericht", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 12):
        return None
    number = _number_of_answer(rights, topic, int(asked))
    return (number - 1) // POSTS_PER_PAGE + 1 if number else None


def _on_page(post: Any, topic: Topic, rights: ForumRights, number: int, badges: Mapping[int, Badge]) -> PostOnPage:
    post.topic = topic
    return PostOnPage(
        post,
        post.author or FORMER_MEMBER,
        number,
        may_edit=rights.may_edit(post, topic),
        may_delete=rights.may_delete(post, topic),
        may_report=rights.may_report(post),
        may_accept=rights.may_accept_answer(post, topic),
        may_find_useful=rights.may_find_useful(post, topic),
        useful_count=post.useful_count,
        is_useful=post.is_useful,
        badge=badges.get(post.poster_id) if number else None,
    )


@require_safe
def member(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody opened and wrote, as far as the reader may read it; without either there is no page."""
    found = get_object_or_404(User.objects.present(), pk=pk)
    rights = rights_of(request)
    posts = visible_posts(rights).filter(poster=found, approved=True, topic__approved=True)
    page = page_of(request, posts.select_related("topic__forum").order_by("-created", "-pk"), POSTS_PER_PAGE)
    profile = Profile.objects.of(found.pk)
    opened, expertise = profile.opened(), profile.opened_expertise()
    is_hidden = not (page.paginator.count or opened or expertise or profile.accepts_messages)
    if is_hidden and found != rights.user:
        raise Http404("Van deze persoon is er niets te zien")
    context = {
        "member": found,
        "opened": opened,
        "expertise": expertise,
        "is_hidden": is_hidden,
        "may_write": _may_write(rights, profile),
        "page_obj": page,
        "trail": trail_to(),
        "moderates": rights.is_moderator(),
    }
    return TemplateResponse(request, "forum_member/member.html", context)


def _may_write(rights: ForumRights, profile: Profile) -> bool:
    """Whether the page offers to write to this person; a visitor is asked to sign in then."""
    if not isinstance(rights.user, User):
        return profile.accepts_messages
    return not rights.user.is_silenced and writable_by(rights.user).filter(pk=profile.pk).exists()
