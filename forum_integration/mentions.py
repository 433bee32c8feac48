"""Naming somebody in a post: ``@lotte-lid`` means the one member with that handle.

A handle is made of the display name and is nobody else's, so a name that two people have cannot reach the wrong one.
Among those who write in the same topic the name itself does as well: ``@Lotte Lid``, when one of them has it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import count

from django.utils.text import slugify
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import User
from forum_integration.models import Handle
from forum_integration.rights import ForumRights

MOST_MENTIONS = 10
"""So many people one post can call."""

LONGEST = 90
CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
HANDLE = re.compile(r"(?<![\w@./-])@([\w-]{2,100})")


def keep_handle(member: User) -> None:
    """Give a member a handle that fits the display name; one that fits already stays."""
    name = member.display_name
    first = (slugify(name) or slugify(name, allow_unicode=True) or "lid")[:LONGEST]
    own = Handle.objects.filter(member=member).values_list("name", flat=True).first()
    if own and re.fullmatch(rf"{re.escape(first)}(-\d+)?", own):
        return
    taken = set(Handle.objects.filter(name__startswith=first).values_list("name", flat=True))
    free = next(handle for handle in _candidates(first) if handle not in taken)
    Handle.objects.update_or_create(member=member, defaults={"name": free})


def _candidates(first: str) -> Iterable[str]:
    yield first
    yield from (f"{first}-{number}" for number in count(2))


def _own_words(text: str) -> str:
    """What the writer says, without code and without what others said."""
    lines = CODE.sub(" ", text).splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith(">"))


def called_in(post: Post) -> list[User]:
    """The members whom a post calls and who may read it, at most ``MOST_MENTIONS``; never its author."""
    words = _own_words(post.content.raw)
    if "@" not in words:
        return []
    handles = list(dict.fromkeys(name.lower().rstrip("-_") for name in HANDLE.findall(words)))
    found = {handle.member for handle in Handle.objects.filter(name__in=handles).select_related("member")}
    called = sorted(found | _called_by_name(words, post.topic), key=lambda member: member.pk)
    readers = (member for member in called if member.is_active and member.pk != post.poster_id)
    return [
        member
        for member in list(readers)[:MOST_MENTIONS]
        if ForumRights(member).has("can_read_forum", post.topic.forum_id)
    ]


def _called_by_name(words: str, topic: Topic) -> set[User]:
    named: dict[str, set[User]] = defaultdict(set)
    for member in User.objects.filter(posts__topic=topic, posts__approved=True).distinct():
        named[member.display_name.casefold()].add(member)
    lowered = words.casefold()
    is_called = {name: re.search(rf"(?<![\w@./-])@{re.escape(name)}(?![\w-])", lowered) for name in named}
    return {member for name, members in named.items() if is_called[name] and len(members) == 1 for member in members}


def handles_in(topic: Topic, reader: int | None) -> list[str]:
    """How to call those who write in this topic, the last ones first."""
    posts = Post.objects.filter(topic=topic, approved=True, poster__isnull=False).exclude(poster=reader)
    recent = posts.order_by("-pk").values_list("poster__handle__name", flat=True)[:50]
    return [handle for handle in dict.fromkeys(recent) if handle][:MOST_MENTIONS]
