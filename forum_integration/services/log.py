"""The moderators' log: each verb of theirs writes its line in its own transaction."""

from django.db.models import Q, QuerySet
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import User
from forum_integration.models import Act
from forum_integration.rights import ForumRights


def record(
    kind: Act.Kind,
    *,
    by: ForumRights | None,
    topic: Topic | None = None,
    post: Post | None = None,
    member: User | None = None,
    note: str = "",
) -> None:
    """Write down an act; ``by`` is nobody when the platform did it by itself."""
    Act.objects.create(
        kind=kind,
        by=by.user if by else None,
        forum_id=topic.forum_id if topic else None,
        topic=topic,
        post=post,
        member=member,
        title=topic.subject if topic else "",
        note=note[: Act._meta.get_field("note").max_length],
    )


def acts(by: ForumRights) -> QuerySet[Act]:
    """What a moderator may read of the log, latest first: the own forums, and what befell accounts."""
    own = Q(forum__in=by.forums_with("can_approve_posts")) | Q(forum=None)
    return Act.objects.filter(own).select_related("by", "member", "forum").order_by("-at", "-pk")
