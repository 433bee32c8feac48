"""Members saying that a post does not belong on the forum."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from machina.apps.forum_conversation.models import Post

from forum_integration.models import Act, Report, Withheld
from forum_integration.rights import ForumRights
from forum_integration.services.log import record
from forum_integration.services.moderation import tell_author, withhold
from forum_integration.services.writing import lock_post

HIDING_REPORTS = 3
"""So many open reports take a post off the forum until a moderator has looked."""


def has_reported(post: Post, by: ForumRights) -> bool:
    return post.reports.filter(reporter=by.user).exists()


def open_reports(posts: list[Post]) -> QuerySet[Report]:
    return Report.objects.filter(post__in=posts, closed_on=None).select_related("reporter").order_by("made_on")


@transaction.atomic
def report(*, post: Post, by: ForumRights, kind: Report.Kind, note: str = "") -> None:
    """Report a post, once per person; the author hears that it is hidden, never who reported it.

    Raises PermissionDenied.
    """
    post = lock_post(post)
    if not by.may_report(post) or has_reported(post, by):
        raise PermissionDenied
    Report.objects.create(post=post, reporter=by.user, kind=kind, note=note)
    if post.reports.filter(closed_on=None).count() >= HIDING_REPORTS:
        withhold(post, Withheld.State.HIDDEN)
        record(Act.Kind.HIDDEN, by=None, topic=post.topic, post=post)
        tell_author("post_hidden", "Je bericht is even niet te lezen", post)
