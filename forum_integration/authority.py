"""Who speaks with authority about a subject: who keeps an entry about it, and who is an expert in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import QuerySet, Value
from machina.apps.forum_conversation.models import Post

from cms.memory import remembered
from cms.models import User
from forum_integration.models import Circle, Profile, Referral, TopicDetails
from pages.models import EntryPage, Representation
from pages.querysets import path_below_home


@dataclass(frozen=True, slots=True)
class Badge:
    """In what capacity somebody speaks; ``url`` is the entry's, if it is for one."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody whom a question was put to, as its page shows it."""

    name: str
    badge: Badge


EXPERT = Badge("expert")


def representations_about(subject_ids: Any) -> QuerySet[Representation]:
    """Who keeps which entry about any of these subjects, as far as it goes on and everybody may read it.

    Of somebody who keeps several the most important comes last, and so stays in a mapping.
    """
    entries = EntryPage.objects.listed().active().filter(subjects__in=subject_ids)
    return Representation.objects.filter(entry__in=entries, user__is_active=True).order_by("-rank", "-entry")


def experts_about(subject_ids: Any) -> QuerySet[User]:
    """Who wants to be asked about any of these subjects."""
    profiles = Profile.objects.filter(is_askable=True, expertise__in=subject_ids)
    return User.objects.filter(pk__in=profiles.values("pk"), is_active=True)


def subjects_of(topic_id: int) -> frozenset[int]:
    return frozenset(
        TopicDetails.subjects.through.objects.filter(topicdetails=topic_id).values_list("subject_id", flat=True)
    )


@remembered
def badges_in(topic_id: int) -> Mapping[int, Badge]:
    """By the key of the account, in what capacity those who wrote in this topic speak about its subjects."""
    subjects = TopicDetails.subjects.through.objects.filter(topicdetails=topic_id).values("subject_id")
    writers = Post.objects.filter(topic=topic_id).order_by().values("poster")
    experts: QuerySet[Any, Any] = experts_about(subjects).filter(pk__in=writers).order_by()
    keepers: QuerySet[Any, Any] = representations_about(subjects).filter(user__in=writers).order_by()
    rows = experts.values_list("pk", Value(0), Value(""), Value("")).union(
        keepers.values_list("user", "rank", "entry__title", "entry__url_path"), all=True
    )
    by_importance = sorted(rows, key=lambda row: (row[1] or Representation.Rank.SECOND + 1, row[2]), reverse=True)
    return MappingProxyType({pk: _for_entry(title, path) if title else EXPERT for pk, _, title, path in by_importance})


@remembered
def put_to(topic_id: int) -> tuple[Asked, ...]:
    """Whom a question was put to, in that order; the editors stay unnamed."""
    referrals = Referral.objects.filter(question=topic_id, member__is_active=True).order_by("asked_on", "pk")
    rows: list[Any] = list(referrals.values_list("circle", "member__display_name", "entry__title", "entry__url_path"))
    people = [
        Asked(name, _for_entry(title, path) if title else EXPERT)
        for circle, name, title, path in rows
        if circle != Circle.EDITORS
    ]
    if len(people) < len(rows):
        people.append(Asked("de redactie", Badge("")))
    return tuple(people)


def _for_entry(title: str, url_path: str) -> Badge:
    return Badge(f"namens {title}", path_below_home(url_path))
