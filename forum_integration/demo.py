"""The demo topics of fixtures/forum_topics.yaml, with their replies, polls and files."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.forum_polls.models import TopicPoll, TopicPollVote
from machina.apps.forum_conversation.models import Post, Topic

from cms.demo import Fixture, Record, UnknownSlugError, referred_list
from cms.demo.accounts import USERS, email_of
from cms.demo.fixtures import FOLDER
from cms.models import Sector, Subject, User
from forum_integration import uploads
from forum_integration.models import News, Profile, ReplyRole
from forum_integration.rights import ForumRights
from forum_integration.services import ideas, questions, writing
from forum_integration.services.writing import PollDraft
from forum_integration.setup import ensure_forums, establish
from forum_integration.uploads import CheckedFile

FILES = FOLDER / "attachments"
LAST_WORD = datetime(2026, 11, 20, 16, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
DAYS = 130  # how far back the oldest topic lies
NEWCOMER = "nieuwkomer@example.org"


class Kind(Enum):
    """What the file calls a topic; each stands in the forum of that key."""

    QUESTION = "vraag"
    DISCUSSION = "discussie"
    IDEA = "idee ter feedback"
    POLL = "peiling"

    @property
    def forum_key(self) -> str:
        return {Kind.QUESTION: "vragen", Kind.IDEA: "ideeen-en-feedback"}.get(self, "gesprekken")


@dataclass(frozen=True, kw_only=True)
class PollRecord:
    question: str
    options: list[str]
    multiple: bool


@dataclass(frozen=True, kw_only=True)
class ReplyRecord:
    """``useful`` counts the people who marked it so."""

    author: str
    text: str
    role: ReplyRole = ReplyRole.ANSWER
    useful: int = 0
    accepted: bool = False


@dataclass(frozen=True, kw_only=True)
class TopicRecord(Record):
    title: str
    kind: Kind
    subjects: list[str]
    sectors: list[str]
    author: str
    body: str
    attachment: str | None
    poll: PollRecord | None
    replies: list[ReplyRecord]
    same: int = 0
    """How many people have this question too."""

    asks: str = ""
    """On what an idea asks feedback."""

    summary: str = ""
    """What its author took along, when it is closed."""


TOPICS = Fixture("forum_topics.yaml", TopicRecord)


def load_forum() -> None:
    """The forums with their rights, and the topics that are not there yet; found again by slug and author."""
    forums = ensure_forums()
    if settings.DEMO:
        for user in User.objects.filter(email__endswith="@example.org").exclude(email=NEWCOMER):
            establish(user)
        _load_experts()
    people = _people({name for topic in TOPICS for name in (topic.author, *(reply.author for reply in topic.replies))})
    there = set(
        Topic.objects.filter(poster__in=[person.user for person in people.values()]).values_list("slug", flat=True)
    )
    grown = set()
    for number, record in enumerate(TOPICS):
        if record.slug not in there:
            forum = forums[record.kind.forum_key]
            with TOPICS.naming(record):
                _load(record, number, forum, people)
            grown.add(forum.pk)
    for forum in Forum.objects.filter(pk__in=grown):
        forum.update_trackers()


def _load_experts() -> None:
    for record in USERS:
        member = User.objects.filter(email=email_of(record), profile=None).first() if record.expertise else None
        if member:
            with USERS.naming(record):
                opened = {"is_askable": True, "shows_expertise": True, "accepts_messages": True}
                profile = Profile.objects.create(member=member, **opened)
                profile.expertise.set(referred_list(Subject, record.expertise, "expertise"))


def _people(names: Iterable[str]) -> dict[str, ForumRights]:
    """Someone with an account for each name; nobody can sign in with it."""
    people = {}
    for name in sorted(names):
        email = f"{slugify(name)}@example.org"
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, display_name=name)
        establish(user)
        people[name] = ForumRights(user)
    return people


def _load(record: TopicRecord, number: int, forum: Forum, people: dict[str, ForumRights]) -> None:
    poll = record.poll
    topic = writing.start_topic(
        forum=forum,
        by=people[record.author],
        title=record.title,
        text=record.body,
        asks=record.asks,
        subjects=referred_list(Subject, record.subjects, "subjects"),
        sectors=referred_list(Sector, record.sectors, "sectors"),
        poll=PollDraft(
            question=poll.question, options=poll.options, max_options=len(poll.options) if poll.multiple else 1
        )
        if poll
        else None,
        files=[_file(record.attachment)] if record.attachment else [],
    )
    for reply in record.replies:
        post = writing.reply(topic=topic, by=people[reply.author], text=reply.text, role=reply.role)
        if reply.accepted:
            questions.accept(post=post, by=people[record.author])
        for person in _others(people, reply.author, reply.useful):
            questions.set_useful(post=post, by=person, holds=True)
    if record.summary:
        ideas.close(topic=topic, by=people[record.author], text=record.summary)
    for person in _others(people, record.author, record.same):
        questions.set_same_question(topic=topic, by=person, holds=True)
    Topic.objects.filter(pk=topic.pk).update(slug=record.slug)
    _spread(topic, number)
    if poll:
        _vote(topic, people.values())


def _others(people: Mapping[str, ForumRights], author: str, number: int) -> list[ForumRights]:
    """The first ``number`` of the people, leaving out who wrote it."""
    return [person for name, person in people.items() if name != author][:number]


def _file(title: str) -> CheckedFile:
    path = FILES / f"{slugify(title)}.pdf"
    if not path.exists():
        raise UnknownSlugError("attachment", path.name, "file in fixtures/attachments")
    return uploads.check(SimpleUploadedFile(f"{title}.pdf", path.read_bytes(), "application/pdf"))


def _spread(topic: Topic, number: int) -> None:
    """Give a topic and its posts dates over the past months, by day, the same ones every time; they are no news."""
    chance = random.Random(topic.subject)  # noqa: S311
    day = LAST_WORD - timedelta(days=4 + number * 37 % len(TOPICS.records) * DAYS / len(TOPICS.records))
    moments = []
    for post in topic.posts.order_by("pk"):
        moments.append(min(day.replace(hour=chance.randint(8, 21), minute=chance.randint(0, 59)), LAST_WORD))
        Post.objects.filter(pk=post.pk).update(created=moments[-1], updated=moments[-1])
        day += timedelta(days=chance.randint(1, 2))
    Topic.objects.filter(pk=topic.pk).update(created=moments[0], updated=moments[-1], last_post_on=moments[-1])
    TopicPoll.objects.filter(topic=topic).update(created=moments[0], updated=moments[0])
    questions.refresh(topic.pk)
    News.objects.filter(post__topic=topic).delete()


def _vote(topic: Topic, people: Iterable[ForumRights]) -> None:
    """Votes of about a third of the people, the same ones every time."""
    poll = TopicPoll.objects.get(topic=topic)
    chance = random.Random(poll.question)  # noqa: S311
    options = list(poll.options.order_by("pk"))
    for person in people:
        picked = chance.sample(options, chance.randint(1, min(poll.max_options, 2)))
        if chance.random() < 1 / 3:
            TopicPollVote.objects.bulk_create(TopicPollVote(poll_option=option, voter=person.user) for option in picked)
