"""Telling members what happened.

It is written down in the transaction of what happened. A job then tells the followers, a batch at a time: their
notifications and how far it came are one transaction, so a process that dies tells nobody twice and forgets nobody.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from machina.apps.forum_conversation.models import Post

from forum_integration.mentions import called_in
from forum_integration.models import (
    Channel,
    Following,
    Frequency,
    MailPreferences,
    News,
    NewsKind,
    Notification,
    PostDetails,
)
from pages.models import EntryPage

BATCH = 500
KEPT = timedelta(days=180)


def announce_post(details: PostDetails) -> None:
    """A post that stands on the forum is news, once; whom it names after a change hears of it too."""
    post = details.post
    if not post.approved:
        return
    if details.announced_on:
        if details.announced_on < timezone.now() - KEPT:
            return  # who was told of it then is forgotten, and would be told again
        _tell_who_is_named_now(post)
        return
    details.announced_on = timezone.now()
    details.save(update_fields=["announced_on"])
    _announce(NewsKind.POST, by=post.poster_id, post=post)


def _tell_who_is_named_now(post: Post) -> None:
    """Whom a change of a post names; who heard of the post before, as a follower, hears that it is for them now."""
    named = [member.pk for member in called_in(post)]
    now = timezone.now()
    known = Notification.objects.filter(member__in=named, kind=NewsKind.POST, post=post).exclude(
        channel=Channel.MENTION
    )
    preferences = MailPreferences.objects.in_bulk(known.values_list("member_id", flat=True))
    for one in known:
        one.channel, one.made_on, one.read_on = Channel.MENTION, now, None
        one.letter = _letter(preferences.get(one.member_id) or MailPreferences(), Channel.MENTION)
        one.save(update_fields=["channel", "made_on", "read_on", "letter"])
    _tell(News(kind=NewsKind.POST, post=post, at=now), named, Channel.MENTION)


def announce_acceptance(post: Post, by: int | None) -> None:
    _announce(NewsKind.ACCEPTED, by=by, post=post)


def announce_entry(entry: EntryPage, by: int | None) -> None:
    """A changed entry is news for its followers."""
    if Following.objects.filter(entry=entry.pk).exists():
        _announce(NewsKind.ENTRY, by=by, entry_id=entry.pk)


def tell_of_end(entry: EntryPage, members: Iterable[int]) -> None:
    """An entry has ended: who followed it until then is told, once."""
    _tell(News(kind=NewsKind.ENDED, entry_id=entry.pk, at=timezone.now()), members, Channel.ENTRY)


def forget_end(entry_pks: Iterable[int]) -> None:
    """What is undone is told to nobody any more, also not by a mail that still waits."""
    Notification.objects.filter(kind=NewsKind.ENDED, entry__in=entry_pks, read_on__isnull=True).delete()


def _announce(kind: NewsKind, *, by: int | None, **about: object) -> None:
    News.objects.get_or_create(kind=kind, **about, defaults={"by_id": by})


def spread() -> None:
    """Tell all news that there is; several processes may do so at once."""
    for pk in list(News.objects.order_by("pk").values_list("pk", flat=True)):
        while _tell_next(pk):
            pass


@transaction.atomic
def _tell_next(pk: int) -> bool:
    """Tell the next batch of followers; False when all of them were told."""
    news = News.objects.select_for_update().filter(pk=pk).first()
    if news is None:
        return False
    if news.post and not (news.post.approved and news.post.topic.approved):
        PostDetails.objects.filter(pk=news.post_id).update(announced_on=None)  # news again when it is put back
        news.delete()
        return False
    if not news.told_up_to and news.kind == NewsKind.POST:
        _tell(news, [member.pk for member in called_in(news.post)], Channel.MENTION)
    followers = _next_followers(news)
    if not followers:
        news.delete()
        return False
    if news.post is None:
        _tell(news, followers, Channel.ENTRY)
    else:
        of_topic = Following.objects.filter(topic=news.post.topic_id, member__in=followers)
        by_topic = set(of_topic.values_list("member_id", flat=True))
        _tell(news, by_topic, Channel.TOPIC)
        _tell(news, set(followers) - by_topic, Channel.SUBJECT)
    news.told_up_to = followers[-1]
    news.save(update_fields=["told_up_to"])
    return True


def _next_followers(news: News) -> list[int]:
    concerned = Q(entry=news.entry_id)
    if post := news.post:
        concerned = Q(topic=post.topic_id)
        if news.kind == NewsKind.ACCEPTED or post.pk == post.topic.first_post_id:
            subjects = list(post.topic.details.subjects.values_list("pk", flat=True))
            concerned |= Q(forum=post.topic.forum_id) | Q(subject__in=subjects)
    followings = Following.objects.filter(
        concerned, since__lte=news.at, member_id__gt=news.told_up_to, member__is_active=True
    )
    if news.by_id:
        followings = followings.exclude(member=news.by_id)  # one's own doings are no news
    return list(followings.order_by("member_id").values_list("member_id", flat=True).distinct()[:BATCH])


def _tell(news: News, members: Iterable[int], channel: Channel) -> None:
    """Make their notifications; who has one of the same already, for a better reason, keeps that."""
    members = list(members)
    if not members:
        return
    preferences = MailPreferences.objects.in_bulk(members)
    Notification.objects.bulk_create(
        (
            Notification(
                member_id=pk,
                kind=news.kind,
                channel=channel,
                post_id=news.post_id,
                entry_id=news.entry_id,
                made_on=news.at,
                letter=_letter(preferences.get(pk) or MailPreferences(), channel),
            )
            for pk in members
        ),
        ignore_conflicts=True,
    )


def _letter(preferences: MailPreferences, channel: Channel) -> str:
    """In which mail it has to stand; in none when the member wants none."""
    frequency = preferences.frequency(channel)
    return "" if frequency == Frequency.NEVER else frequency


def forget_old_notifications() -> None:
    Notification.objects.filter(made_on__lt=timezone.now() - KEPT).delete()
