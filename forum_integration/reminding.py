"""Mail to moderators while something waits for them: members are promised an answer within a working day."""

from django.utils import timezone

from cms import mailing
from cms.mailing import Letter
from cms.models import Mail, User
from forum_integration.rights import ForumRights
from forum_integration.roles import MODERATORS
from forum_integration.routing import is_working_day
from forum_integration.services.moderation import posts_to_decide

TEMPLATE = "queue_waiting"


def remind_moderators() -> None:
    """Owe each moderator with something to decide one mail; a job does so once a day."""
    if not is_working_day(timezone.localdate()):
        return
    for moderator in User.objects.filter(groups__name=MODERATORS, is_active=True):
        if posts_to_decide(ForumRights(moderator)).exists():
            mailing.send(TEMPLATE, moderator, "Er wacht iets op je in de wachtrij", {})


def compose(mail: Mail) -> Letter | None:
    """What waits when the mail leaves; nothing when another moderator was faster."""
    number = posts_to_decide(ForumRights(mail.receiver)).count()
    if not number:
        return None
    waits = "1 bericht wacht" if number == 1 else f"{number} berichten wachten"
    return Letter(f"{waits} op je in de wachtrij", {"waits": waits})
