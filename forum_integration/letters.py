"""When letters come out, who gets none any more, and what a letter says at the moment it leaves.

The mail that is owed holds keys only. What it says is read when it is sent, with the rights and choices that its reader
has then: what was withdrawn, closed, already read or no longer wanted is left out, and an empty letter is not sent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from machina.apps.forum_conversation.models import Topic

from cms.mailing import Letter
from cms.models import Mail, User
from forum_integration import markup
from forum_integration.models import Channel, Frequency, MailPreferences, NewsKind, Notification, QuestionState
from forum_integration.notifications import notifications_for
from forum_integration.rights import ForumRights
from forum_integration.topics import author_name, topic_url
from forum_integration.unsubscribing import headers_for, unsubscribe_path
from pages.lifecycle.reading import successors_of
from pages.models import ActivityPage, EntryPage
from pages.querysets import PageLink

TEMPLATE = "letter"
COMES_OUT_AT = time(7)
WEEKLY_ON = 1
"""Tuesday, as Python counts: early in the week, and not on the day that everybody writes."""

PERIOD = {Frequency.DAILY: timedelta(days=1), Frequency.WEEKLY: timedelta(days=7)}
ABSENCE = timedelta(days=180)


def issue_of(frequency: Frequency, now: datetime) -> datetime:
    """The last moment at which this letter came out, in Dutch time."""
    today = timezone.localtime(now).date()
    day = today - timedelta(days=(today.weekday() - WEEKLY_ON) % 7) if frequency == Frequency.WEEKLY else today
    issue = timezone.make_aware(datetime.combine(day, COMES_OUT_AT))
    if issue <= now:
        return issue
    return timezone.make_aware(datetime.combine(day - PERIOD[frequency], COMES_OUT_AT))


def is_absent(member: User, now: datetime) -> bool:
    """Away for so long that only one last letter goes out."""
    return member.last_seen < now - ABSENCE


def has_said_goodbye(member: User, preferences: MailPreferences) -> bool:
    return preferences.goodbye_on is not None and preferences.goodbye_on > member.last_seen


@dataclass
class TopicInLetter:
    """A topic with all that is new in it; it stands in a letter once."""

    topic: Topic
    path: str
    first_words: str
    author: str
    new_posts: int = 0
    is_new: bool = False
    is_solved: bool = False
    is_mention: bool = False

    @property
    def title(self) -> str:
        return str(self.topic.subject)

    @property
    def more(self) -> str:
        """What there is beside the post that is quoted."""
        number = self.new_posts - 1
        return f"{number} {'bericht' if number == 1 else 'berichten'}"

    @property
    def is_unanswered(self) -> bool:
        question = getattr(self.topic, "question", None)
        return self.is_new and question is not None and question.state == QuestionState.NEW


@dataclass(frozen=True)
class EndedInLetter:
    """An entry that the reader followed, with what continues it."""

    entry: EntryPage
    successors: Sequence[PageLink]


@dataclass
class Contents:
    """What there is to say, each in the section where it belongs."""

    mentions: list[TopicInLetter] = field(default_factory=list)
    solved: list[TopicInLetter] = field(default_factory=list)
    unanswered: list[TopicInLetter] = field(default_factory=list)
    topics: list[TopicInLetter] = field(default_factory=list)
    ended: list[EndedInLetter] = field(default_factory=list)
    entries: list[EntryPage] = field(default_factory=list)
    activities: list[ActivityPage] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(vars(self).values())


def compose(mail: Mail) -> Letter | None:
    """What this mail says now; nothing when nothing is left to say."""
    owed, member = mail.context, mail.receiver
    preferences = MailPreferences.objects.filter(member=member).first() or MailPreferences(member=member)
    contents = _contents(owed, member, preferences)
    if not contents or not member.is_active:
        return None
    subscription = owed["subscription"]
    context = {
        "contents": contents,
        "is_goodbye": owed["is_goodbye"],
        "unsubscribe_path": unsubscribe_path(member, subscription),
    }
    return Letter(_subject(owed["frequency"], contents, mail), context, headers_for(member, subscription))


def _contents(owed: dict[str, Any], member: User, preferences: MailPreferences) -> Contents:
    rights = ForumRights(member)
    wanted = [channel for channel in Channel if preferences.frequency(channel) != Frequency.NEVER]
    notifications = notifications_for(rights, member).filter(
        pk__in=owed["notifications"], read_on=None, channel__in=wanted
    )
    related = notifications.select_related("post__poster", "post__topic__forum", "post__topic__question", "entry")
    told = list(related.order_by("pk"))
    contents = Contents()
    for found in _topics(told):
        _section(contents, found).append(found)
    pages = owed["entries"] if preferences.weekmail else []
    gone = {one.entry.pk: one.entry for one in told if one.kind == NewsKind.ENDED and one.entry}
    successors = successors_of(gone)
    contents.ended = [EndedInLetter(entry, successors[pk][0]) for pk, entry in gone.items()]
    changed = {*pages, *(one.entry_id for one in told if one.entry_id)} - set(gone)
    if changed:
        contents.entries = list(EntryPage.objects.listed().filter(pk__in=changed).order_by("title"))
    if owed["activities"] and preferences.weekmail:
        coming = ActivityPage.objects.listed().coming(timezone.localdate())
        contents.activities = list(coming.filter(pk__in=owed["activities"]))
    return contents


def _topics(told: Iterable[Notification]) -> list[TopicInLetter]:
    """Each topic once, with what is new in it; it leads to the first of that, or to what solved it."""
    found: dict[int, TopicInLetter] = {}
    for one in told:
        if one.post is None:
            continue
        topic, path = one.post.topic, f"{topic_url(one.post.topic)}?bericht={one.post_id}#bericht-{one.post_id}"
        words = markup.excerpt(one.post.content.rendered, 200)
        line = found.setdefault(topic.pk, TopicInLetter(topic, path, words, author_name(one.post)))
        if one.kind == NewsKind.ACCEPTED:
            line.is_solved, line.path, line.first_words, line.author = True, path, words, author_name(one.post)
        else:
            line.new_posts += 1
        line.is_new |= one.post_id == topic.first_post_id
        line.is_mention |= one.channel == Channel.MENTION
    return list(found.values())


def _section(contents: Contents, found: TopicInLetter) -> list[TopicInLetter]:
    if found.is_mention:
        return contents.mentions
    if found.is_solved:
        return contents.solved
    return contents.unanswered if found.is_unanswered else contents.topics


def _subject(frequency: str, contents: Contents, mail: Mail) -> str:
    if frequency == Frequency.WEEKLY:
        return f"Weekmail van {date_format(timezone.localdate(), 'j F')}"
    if frequency == Frequency.DAILY:
        return f"Nieuw op {date_format(timezone.localdate(), 'j F')}"
    if contents.mentions:
        return f"{contents.mentions[0].author} noemt je bij: {contents.mentions[0].title}"
    topics = [*contents.solved, *contents.unanswered, *contents.topics]
    if topics:
        return f"{'Opgelost: ' if topics[0].is_solved else ''}{topics[0].title}"
    if contents.ended:
        return f"Beëindigd: {contents.ended[0].entry.title}"
    return f"Aangepast: {contents.entries[0].title}"
