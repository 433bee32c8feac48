"""Writing the letters that members are owed; a job does it, batch by batch, and may die at any moment.

One batch is one transaction: the mails of some members, the mark on everything that stands in them, and how far the
run is. So after a crash the next run goes on with the first member who got nothing, and nobody gets anything twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cms.models import Mail, User
from forum_integration.letters import PERIOD, TEMPLATE, has_said_goodbye, is_absent, issue_of
from forum_integration.models import (
    Channel,
    Following,
    Frequency,
    LetterRun,
    MailedActivity,
    MailPreferences,
    Notification,
)
from forum_integration.news_of_pages import NewPages, new_pages
from forum_integration.unsubscribing import topic_subscription

BATCH = 200
SUBJECT = {
    Frequency.DIRECT: "Nieuw in wat je volgt",
    Frequency.DAILY: "Nieuw van vandaag",
    Frequency.WEEKLY: "Weekmail",
}
"""What a letter is called until it is known what it says."""

MOST_KEYS = 5_000
ONE_TOPIC_EVERY = timedelta(hours=1)
"""Direct mail about one topic comes at most so often; what is said meanwhile comes together."""


def write_direct() -> None:
    """The mails that go out at once: one for each topic or entry."""
    after = 0
    while members := _members_owed(Frequency.DIRECT, after):
        with transaction.atomic():
            _write_direct(members, timezone.now())
        after = members[-1]


def write_daily() -> None:
    _write_issue(Frequency.DAILY)


def write_weekly() -> None:
    _write_issue(Frequency.WEEKLY)


def _members_owed(frequency: Frequency, after: int) -> list[int]:
    owed = Notification.objects.filter(letter=frequency, member_id__gt=after)
    return list(owed.order_by("member_id").values_list("member_id", flat=True).distinct()[:BATCH])


def _write_direct(members: Sequence[int], now: datetime) -> None:
    readers = _Readers(members, now)
    by_topic: dict[tuple[int, str, int], list[Notification]] = defaultdict(list)
    for one in _owed(members, Frequency.DIRECT, now).select_related("post"):
        about = one.post.topic_id if one.post else one.entry_id
        by_topic[one.member_id, "topic" if one.post else "entry", about].append(one)
    recent = Notification.objects.filter(member__in=members, mailed_on__gt=now - ONE_TOPIC_EVERY, post__isnull=False)
    told = set(recent.values_list("member_id", "post__topic_id"))
    mails, marked = [], []
    for (member_pk, what, about), found in by_topic.items():
        if what == "topic" and (member_pk, about) in told:
            continue  # it comes along an hour after the one before
        marked += found
        of_topic = what == "topic" and all(one.channel == Channel.TOPIC for one in found)
        subscription = topic_subscription(about) if of_topic else min(found, key=_rank).channel
        if readers.gets_mail(member_pk) and any(one.read_on is None for one in found):
            mails.append(readers.mail(member_pk, Frequency.DIRECT, subscription, notifications=found))
    _keep(mails, marked, readers, now)


def _rank(notification: Notification) -> int:
    return Channel.values.index(notification.channel)


def _write_issue(frequency: Frequency) -> None:
    """Write the letter of today or this week to who has not got it yet; what happened later is for the next."""
    now = timezone.now()
    issue = issue_of(frequency, now)
    run = LetterRun.objects.filter(frequency=frequency, issue=issue).first()
    if run is None:
        before = LetterRun.objects.filter(frequency=frequency).order_by("-issue").first()
        since = before.issue if before else issue - PERIOD[frequency]
        run, _ = LetterRun.objects.get_or_create(frequency=frequency, issue=issue, defaults={"since": since})
    if run.finished_on:
        return
    pages = new_pages(since=run.since, until=run.issue) if frequency == Frequency.WEEKLY else NewPages()
    while _write_batch(run.pk, pages):
        pass


@transaction.atomic
def _write_batch(run_pk: int, pages: NewPages) -> bool:
    """Serve the next members; False when all are served."""
    now = timezone.now()
    run = LetterRun.objects.select_for_update().get(pk=run_pk)
    if run.finished_on:
        return False
    frequency = Frequency(run.frequency)
    members = _next_readers(run)
    if not members:
        run.finished_on = now
        run.save()
        return False
    readers = _Readers(members, now)
    owed: dict[int, list[Notification]] = defaultdict(list)
    for one in _owed(members, frequency, run.issue):
        owed[one.member_id].append(one)
    chosen = pages.chosen_for([pk for pk in members if readers.preferences(pk).weekmail], run.since)
    mails: list[Mail] = []
    activities: list[MailedActivity] = []
    for pk in members:
        unread = [one for one in owed[pk] if one.read_on is None]
        entries, coming = chosen.get(pk, ([], []))
        if readers.gets_mail(pk) and (unread or entries or coming):
            mails.append(
                readers.mail(pk, frequency, frequency, notifications=unread, entries=entries, activities=coming)
            )
            activities += [MailedActivity(member_id=pk, activity_id=activity) for activity in coming]
    MailedActivity.objects.bulk_create(activities, ignore_conflicts=True)
    _keep(mails, [one for found in owed.values() for one in found], readers, now)
    run.served_up_to = members[-1]
    run.save()
    return True


def _next_readers(run: LetterRun) -> list[int]:
    """Members for whom there may be something, in the order of their keys."""
    owed = Notification.objects.filter(member=OuterRef("pk"), letter=run.frequency, made_on__lte=run.issue)
    concerned: Any = Exists(owed)
    if run.frequency == Frequency.WEEKLY:
        follows = Q(subject__isnull=False) | Q(entry__isnull=False)
        concerned |= Exists(Following.objects.filter(follows, member=OuterRef("pk")))
    members = User.objects.filter(concerned, pk__gt=run.served_up_to, is_active=True)
    return list(members.order_by("pk").values_list("pk", flat=True)[:BATCH])


def _owed(members: Sequence[int], frequency: Frequency, until: datetime) -> Any:
    """What happened until then and these members are to be mailed, kept from other processes in this transaction."""
    owed = Notification.objects.select_for_update(of=("self",)).filter(member__in=members, letter=frequency)
    return owed.filter(made_on__lte=until).order_by("pk")


def _keep(mails: Sequence[Mail], marked: Iterable[Notification], readers: "_Readers", now: datetime) -> None:
    """Owe the mails, and mark what they hold as mailed."""
    Mail.objects.bulk_create(mails)
    pks = [one.pk for one in marked]
    for start in range(0, len(pks), MOST_KEYS):
        Notification.objects.filter(pk__in=pks[start : start + MOST_KEYS]).update(letter="", mailed_on=now)
    readers.say_goodbye()


class _Readers:
    """Some members, with what they chose and whether they still come by."""

    def __init__(self, members: Sequence[int], now: datetime) -> None:
        self.now = now
        self.members: Mapping[int, User] = User.objects.in_bulk(members)
        self._preferences = MailPreferences.objects.in_bulk(members)
        self._leaving: set[int] = set()

    def preferences(self, pk: int) -> MailPreferences:
        return self._preferences.get(pk) or MailPreferences(member_id=pk)

    def gets_mail(self, pk: int) -> bool:
        """Who stays away gets one mail more, which says so."""
        member = self.members[pk]
        gone = is_absent(member, self.now) and has_said_goodbye(member, self.preferences(pk))
        return member.is_active and not gone and pk not in self._leaving

    def mail(
        self,
        pk: int,
        frequency: Frequency,
        subscription: str,
        *,
        notifications: Iterable[Notification],
        entries: Sequence[int] = (),
        activities: Sequence[int] = (),
    ) -> Mail:
        is_goodbye = is_absent(self.members[pk], self.now)
        if is_goodbye:
            self._leaving.add(pk)
        context = {
            "frequency": frequency,
            "subscription": subscription,
            "notifications": [one.pk for one in notifications],
            "entries": list(entries),
            "activities": list(activities),
            "is_goodbye": is_goodbye,
        }
        return Mail(to_id=pk, template=TEMPLATE, subject=SUBJECT[frequency], context=context)

    def say_goodbye(self) -> None:
        for pk in self._leaving:
            MailPreferences.objects.update_or_create(member_id=pk, defaults={"goodbye_on": self.now})
