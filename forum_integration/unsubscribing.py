"""Leaving a mailing without signing in: the link in each mail, by RFC 8058 for mail programs as well.

The link says in a signed token whose subscription it ends and which one; it can do nothing else and does not expire.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse

from cms.models import User
from forum_integration.models import Channel, Following, Frequency, MailPreferences, Notification, Profile

SALT = "forum_integration.unsubscribing"
TOPIC = "volg"
"""Before the key of a topic: that one is no longer followed."""

REFERRALS = "voorgelegd"
"""Questions that are put to a member."""

LETTERS = {Frequency.DAILY: "dagelijkse mail", Frequency.WEEKLY: "Weekmail"}
CHANNELS = {
    Channel.MENTION: "mail als iemand je noemt",
    Channel.TOPIC: "mail over gesprekken die je volgt",
    Channel.SUBJECT: "mail over onderwerpen en forums die je volgt",
    Channel.ENTRY: "mail over vermeldingen die je volgt",
}


def topic_subscription(topic_id: int) -> str:
    return f"{TOPIC}-{topic_id}"


def unsubscribe_path(member: User, subscription: str) -> str:
    return reverse("unsubscribe", args=[signing.dumps([member.pk, subscription], salt=SALT)])


def headers_for(member: User, subscription: str) -> dict[str, str]:
    address = f"{settings.SITE_URL}{unsubscribe_path(member, subscription)}"
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def read_token(token: str) -> tuple[int, str] | None:
    """Whose and which subscription; nothing when nobody here made this token."""
    try:
        member_pk, subscription = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return member_pk, subscription


def name_of(subscription: str) -> str:
    """What is ended, in words."""
    if subscription.startswith(TOPIC):
        return "mail over dit gesprek"
    return {**LETTERS, **CHANNELS, REFERRALS: "mail met vragen van collega’s"}[subscription]


def unsubscribe(member: User, subscription: str) -> None:
    """End this one subscription; doing it again changes nothing."""
    if subscription.startswith(TOPIC):
        Following.objects.filter(member=member, topic=int(subscription.rpartition("-")[2])).delete()
        return
    if subscription == REFERRALS:
        Profile.objects.update_or_create(member=member, defaults={"is_askable": False, "most_questions_a_month": 0})
        return
    preferences, _ = MailPreferences.objects.get_or_create(member=member)
    chosen: dict[str, Any] = {}
    for channel in Channel:
        if subscription in {channel, preferences.frequency(channel)}:
            chosen[channel.name.lower()] = Frequency.NEVER
    if subscription == Frequency.WEEKLY:
        chosen["weekmail"] = False
    MailPreferences.objects.filter(member=member).update(**chosen)
    apply_to_owed(member)


def apply_to_owed(member: User) -> None:
    """Let what is still to be mailed follow the present choices of this member."""
    preferences = MailPreferences.objects.get(member=member)
    owed = Notification.objects.filter(member=member).exclude(letter="")
    for channel in Channel:
        frequency = preferences.frequency(channel)
        owed.filter(channel=channel).update(letter="" if frequency == Frequency.NEVER else frequency)
