"""Following a topic, a subject, a forum or an entry, and no longer doing so; always for oneself."""

from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Topic

from cms.models import Subject, User
from forum_integration.models import Following, MailPreferences
from pages.models import EntryPage

Followable: TypeAlias = Topic | Subject | Forum | EntryPage

FIELDS: dict[type[Any], str] = {Topic: "topic", Subject: "subject", Forum: "forum", EntryPage: "entry"}


def field_for(thing: Followable) -> str:
    """The field of ``Following`` that such a thing stands in."""
    return next(field for model, field in FIELDS.items() if isinstance(thing, model))


def is_following(member: User, thing: Followable) -> bool:
    return Following.objects.filter(member=member, **{field_for(thing): thing.pk}).exists()


def set_following(member: User, thing: Followable, *, follows: bool) -> None:
    """Saying it twice counts once."""
    what = {"member": member, f"{field_for(thing)}_id": thing.pk}
    if follows:
        Following.objects.bulk_create([Following(**what)], ignore_conflicts=True)
    else:
        Following.objects.filter(**what).delete()


def follow_by_writing(member: User | AnonymousUser, topic: Topic) -> None:
    """Who writes in a topic follows it from then on, unless that member said not to."""
    if (
        isinstance(member, User)
        and not MailPreferences.objects.filter(member=member, follows_by_writing=False).exists()
    ):
        set_following(member, topic, follows=True)


def bring_followers(*, of: Topic, to: Topic) -> None:
    """Let who follows the one topic follow the other as well."""
    members = of.followings.values_list("member_id", flat=True)
    Following.objects.bulk_create((Following(member_id=pk, topic=to) for pk in members), ignore_conflicts=True)
