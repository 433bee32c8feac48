"""Starting a topic, answering, changing and taking back what one wrote."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.forum_polls.models import TopicPoll, TopicPollOption
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import Sector, Subject
from forum_integration.models import Act, Attachment, EarlierText, Idea, PostDetails, ReplyRole, TopicKind, Withheld
from forum_integration.rights import ForumRights
from forum_integration.services import newcomers
from forum_integration.services.following import follow_by_writing
from forum_integration.services.log import record
from forum_integration.uploads import CheckedFile

LONGEST_SLUG = 80


@dataclass(frozen=True, kw_only=True)
class PollDraft:
    """A poll as it was filled in; without ``days`` it stays open."""

    question: str
    options: Sequence[str]
    max_options: int = 1
    days: int | None = None
    may_change_vote: bool = False
    hides_results: bool = False


def lock(topic: Topic) -> Topic:
    """The topic as it stands now, kept from other writers until the transaction ends."""
    return Topic.objects.select_for_update(of=("self",)).select_related("forum", "details").get(pk=topic.pk)


def lock_post(post: Post) -> Post:
    """The post as it stands now, its topic locked."""
    topic = lock(post.topic)
    found: Post = topic.posts.select_related("poster", "withheld").get(pk=post.pk)
    found.topic = topic
    return found


def slug_for(title: str) -> str:
    return slugify(title)[:LONGEST_SLUG].strip("-") or "gesprek"


@transaction.atomic
def start_topic(
    *,
    forum: Forum,
    by: ForumRights,
    title: str,
    text: str,
    asks: str = "",
    subjects: Iterable[Subject] = (),
    sectors: Iterable[Sector] = (),
    poll: PollDraft | None = None,
    files: Iterable[CheckedFile] = (),
) -> Topic:
    """Start a topic; ``asks`` is on what an idea asks feedback. What a newcomer writes waits for a moderator.

    Raises PermissionDenied, and ValidationError when a newcomer sends too much at once.
    """
    if not by.may_start_topic(forum):
        raise PermissionDenied
    newcomers.demand_room(by, forum.pk, text, for_topic=True)
    kind = forum.details.topic_kind
    topic = Topic(
        forum=Forum.objects.get(pk=forum.pk),
        poster=by.user,
        subject=title,
        slug=slug_for(title),
        type=Topic.TOPIC_POST,
        status=Topic.TOPIC_UNLOCKED,
        approved=by.posts_at_once(forum.pk),
    )
    topic._simple_save()  # save() would put its own slug in the place of ours
    topic.details.kind = TopicKind.POLL if poll and kind == TopicKind.CONVERSATION else kind
    topic.details.save()
    topic.details.subjects.set(subjects)
    topic.details.sectors.set(sectors)
    if poll:
        set_poll(topic, poll)
    if asks:
        Idea.objects.create(topic=topic, asks=asks)
    _add_post(topic, by, text, files)
    return topic


@transaction.atomic
def reply(
    *,
    topic: Topic,
    by: ForumRights,
    text: str,
    role: ReplyRole = ReplyRole.ANSWER,
    files: Iterable[CheckedFile] = (),
) -> Post:
    """Answer in a topic; what a newcomer writes waits for a moderator.

    Raises PermissionDenied, and ValidationError when a newcomer sends too much at once.
    """
    topic = lock(topic)
    if not by.may_reply(topic):
        raise PermissionDenied
    newcomers.demand_room(by, topic.forum_id, text, for_topic=False)
    post = _add_post(topic, by, text, files)
    _set_role(post, role)
    return post


def _set_role(post: Post, role: ReplyRole) -> None:
    if post.details.role != role:
        post.details.role = role
        post.details.save()


def _add_post(topic: Topic, by: ForumRights, text: str, files: Iterable[CheckedFile]) -> Post:
    post = Post(
        topic=topic,
        poster=by.user,
        subject=topic.subject,
        content=text,
        approved=by.posts_at_once(topic.forum_id),
        enable_signature=False,
    )
    post.save()
    attach(post, by, files)
    follow_by_writing(by.user, topic)
    return post


def attach(post: Post, by: ForumRights, files: Iterable[CheckedFile]) -> None:
    for file in files:
        Attachment.objects.create(post=post, uploaded_by=by.user, **file.as_fields())


@transaction.atomic
def edit_post(
    *,
    post: Post,
    by: ForumRights,
    text: str,
    title: str = "",
    reason: str = "",
    role: ReplyRole | None = None,
    remove: Iterable[Attachment] = (),
    files: Iterable[CheckedFile] = (),
) -> Post:
    """Change a post; ``title`` is that of the topic and counts for its opening post only.

    What a newcomer changes waits again, and so does what was refused. Raises PermissionDenied, and ValidationError
    when a newcomer adds too many links.
    """
    post = lock_post(post)
    topic = post.topic
    if not by.may_edit(post, topic):
        raise PermissionDenied
    if by.is_author(post):
        newcomers.demand_few_links(by, topic.forum_id, text)
        was_refused, _ = Withheld.objects.filter(post=post, state=Withheld.State.REFUSED).delete()
        if was_refused or not by.posts_at_once(topic.forum_id):
            post.approved = False
    else:
        record(Act.Kind.EDITED, by=by, topic=topic, post=post)
    new_title = title if title and post.pk == topic.first_post_id else post.subject
    is_rewritten = (new_title, text) != (post.subject, post.content.raw)
    if is_rewritten:
        EarlierText.objects.create(
            post=post, title=post.subject, text=post.content.raw, changed_by=by.user, reason=reason
        )
    post.subject = new_title
    post.content = text
    post.updated_by = by.user
    post.updates_count += 1
    post.save()
    if is_rewritten:
        PostDetails.objects.filter(post=post).update(edited_on=timezone.now())
    if role:
        _set_role(post, role)
    post.files.filter(pk__in=[attachment.pk for attachment in remove]).delete()
    attach(post, by, files)
    return post


@transaction.atomic
def edit_topic(
    *,
    topic: Topic,
    by: ForumRights,
    title: str,
    text: str,
    subjects: Iterable[Subject],
    sectors: Iterable[Sector],
    asks: str = "",
    poll: PollDraft | None = None,
    reason: str = "",
    remove: Iterable[Attachment] = (),
    files: Iterable[CheckedFile] = (),
) -> Topic:
    """Change the opening post, the labels, and the poll as long as nobody voted. Raises PermissionDenied."""
    topic = lock(topic)
    if asks:
        Idea.objects.update_or_create(topic=topic, defaults={"asks": asks})
    edit_post(post=topic.first_post, by=by, text=text, title=title, reason=reason, remove=remove, files=files)
    topic.details.subjects.set(subjects)
    topic.details.sectors.set(sectors)
    if poll and may_change_poll(topic):
        set_poll(topic, poll)
    return topic


def poll_of(topic: Topic) -> TopicPoll | None:
    return getattr(topic, "poll", None)


def may_change_poll(topic: Topic) -> bool:
    """A poll that people voted in means what it says: it stays as it is."""
    poll = poll_of(topic)
    return poll is None or not poll.options.filter(votes__isnull=False).exists()


def set_poll(topic: Topic, draft: PollDraft) -> TopicPoll:
    """Give the topic this poll, in place of one that nobody voted in."""
    poll, _ = TopicPoll.objects.update_or_create(
        topic=topic,
        defaults={
            "question": draft.question,
            "max_options": draft.max_options,
            "duration": draft.days,
            "user_changes": draft.may_change_vote,
            "hide_results": draft.hides_results,
        },
    )
    poll.options.all().delete()
    TopicPollOption.objects.bulk_create(TopicPollOption(poll=poll, text=text) for text in draft.options)
    return poll
