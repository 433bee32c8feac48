"""Who may do what in which forum, as data; ``setup.py`` writes it into machina's permission tables.

Codenames are machina's. Being established is no role: it is the right to post without approval, given to one person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from forum_integration.models import TopicKind
from pages.roles import EDITORS

VISITORS: Final = "bezoekers"
MEMBERS: Final = "leden"
MODERATORS: Final = "Moderatoren"  # like EDITORS a group of accounts

ESTABLISHED: Final = "can_post_without_approval"

READ = ("can_see_forum", "can_read_forum", "can_download_file")
WRITE = (
    "can_start_new_topics",
    "can_reply_to_topics",
    "can_edit_own_posts",
    "can_delete_own_posts",
    "can_create_polls",
    "can_vote_in_polls",
    "can_attach_file",
)
MODERATE = (
    "can_approve_posts",
    "can_delete_posts",
    "can_edit_posts",
    "can_lock_topics",
    "can_move_topics",
    "can_post_announcements",
    "can_post_stickies",
    "can_post_without_approval",
    "can_reply_to_locked_topics",
)

LOST_IN_SILENCE = frozenset(
    (
        "can_start_new_topics",
        "can_reply_to_topics",
        "can_reply_to_locked_topics",
        "can_attach_file",
        "can_create_polls",
    )
)

EVERYWHERE: Mapping[str, tuple[str, ...]] = {
    VISITORS: READ,
    MEMBERS: READ + WRITE,
    MODERATORS: MODERATE,
}


@dataclass(frozen=True)
class ForumSpec:
    """A forum of the platform; ``starters`` are the groups that may start a topic, when not every member may."""

    key: str
    name: str
    topic_kind: TopicKind
    description: str
    starters: tuple[str, ...] = ()


FORUMS = (
    ForumSpec(
        "vragen",
        "Vragen",
        TopicKind.QUESTION,
        "Loop je ergens op vast? Vraag het aan collega’s van andere opleidingen.",
    ),
    ForumSpec(
        "gesprekken",
        "Gesprekken",
        TopicKind.CONVERSATION,
        "Denk samen na over wat flexibel opleiden vraagt, en peil hoe anderen het doen.",
    ),
    ForumSpec(
        "ideeen-en-feedback",
        "Ideeën en feedback",
        TopicKind.IDEA,
        "Leg een idee voor dat nog niet af is en laat anderen meedenken.",
    ),
    ForumSpec(
        "aankondigingen",
        "Aankondigingen",
        TopicKind.CONVERSATION,
        "Nieuws over het platform. Iedereen met een account kan reageren.",
        starters=(MODERATORS, EDITORS),
    ),
)

FOR_STAFF = frozenset(spec.key for spec in FORUMS if spec.starters)
