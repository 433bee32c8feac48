"""What waits for who moderates a forum: posts of newcomers, posts that were reported, messages that were."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from cms.models import User
from cms.todo import Source, Todo
from forum_integration.correspondence import open_reports
from forum_integration.models import MessageReport
from forum_integration.rights import ForumRights
from forum_integration.services.moderation import is_waiting, posts_to_decide


class Posts(Source):
    """In the forums that this person moderates: editing pages gives no rights in the forum."""

    key = "wachtrij"
    label = "Wachtrij van het forum"
    list_name = "forum_moderation:queue"

    def rows(self, user: User) -> QuerySet[Any]:
        return posts_to_decide(ForumRights(user)).prefetch_related(None)

    def todo(self, post: Any) -> Todo:
        what = "Bericht van een nieuwkomer wacht" if is_waiting(post) else "Bericht is gemeld"
        url = reverse("forum_moderation:queued_post", args=[post.pk])
        return Todo(what, post.topic.subject, localdate(post.created), url, "Beslis")


class ReportedMessages(Source):
    """Nothing for who moderates no forum."""

    key = "meldingen"
    label = "Gemelde berichten"
    list_name = "forum_moderation:reported_messages"

    def rows(self, user: User) -> QuerySet[MessageReport]:
        return open_reports(ForumRights(user))

    def todo(self, report: MessageReport) -> Todo:
        about = f"Bericht van {report.message.sender}"
        return Todo("Een lid meldde een persoonlijk bericht", about, localdate(report.made_on), self.list_url, "Beslis")
