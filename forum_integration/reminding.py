"""Mail to who moderates while something waits for them: members are promised an answer within a working day."""

from django.db.models import Q
from django.utils import timezone

from cms import mailing
from cms.mailing import Letter
from cms.models import Mail, User
from forum_integration.correspondence import open_reports
from forum_integration.rights import ForumRights
from forum_integration.roles import MODERATORS
from forum_integration.routing import is_working_day
from forum_integration.services.moderation import posts_to_decide

TEMPLATE = "queue_waiting"


def remind_moderators() -> None:
    """Owe each moderator and administrator with something to decide one mail; a job does so once a day."""
    if not is_working_day(timezone.localdate()):
        return
    moderators = User.objects.filter(Q(groups__name=MODERATORS) | Q(is_superuser=True), is_active=True).distinct()
    for moderator in moderators:
        rights = ForumRights(moderator)
        if posts_to_decide(rights).exists() or open_reports(rights).exists():
            mailing.send(TEMPLATE, moderator, "Er wacht iets op je", {})


def compose(mail: Mail) -> Letter | None:
    """What waits when the mail leaves; nothing when another moderator was faster."""
    rights = ForumRights(mail.receiver)
    posts, reports = posts_to_decide(rights).count(), open_reports(rights).count()
    if posts:
        subject = f"{'1 bericht wacht' if posts == 1 else f'{posts} berichten wachten'} op je in de wachtrij"
    elif reports:
        subject = f"{'1 melding wacht' if reports == 1 else f'{reports} meldingen wachten'} op je"
    else:
        return None
    return Letter(subject, {"posts": posts, "reports": reports})
