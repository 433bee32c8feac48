"""How much somebody may send of whom no post was let through yet."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils import timezone
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import User
from forum_integration import markup
from forum_integration.rights import ForumRights

MOST_TOPICS = 3
MOST_ANSWERS = 10
MOST_LINKS = 2
TOO_MANY = "too_many"
A_DAY = timedelta(days=1)
LATER = "Bewaar je tekst en stuur hem morgen. Zodra een moderator een bericht van je plaatst, geldt dit niet meer."


def demand_room(by: ForumRights, forum_id: int, text: str, *, for_topic: bool) -> None:
    """Raise ValidationError when a newcomer sent as much as one may within a day, or links to more than one may.

    Locks the account, so that of two posts sent at once the second is counted with the first.
    """
    if by.posts_at_once(forum_id):
        return
    demand_few_links(by, forum_id, text)
    User.objects.select_for_update().get(pk=by.user.pk)
    recent = {"poster": by.user, "created__gt": timezone.now() - A_DAY}
    if for_topic and Topic.objects.filter(**recent).count() >= MOST_TOPICS:
        raise ValidationError(f"Je bent hier nieuw en begon vandaag al {MOST_TOPICS} gesprekken. {LATER}", TOO_MANY)
    answers = Post.objects.filter(**recent).exclude(pk=F("topic__first_post"))
    if not for_topic and answers.count() >= MOST_ANSWERS:
        raise ValidationError(f"Je bent hier nieuw en gaf vandaag al {MOST_ANSWERS} antwoorden. {LATER}", TOO_MANY)


def demand_few_links(by: ForumRights, forum_id: int, text: str) -> None:
    if not by.posts_at_once(forum_id) and markup.number_of_links(text) > MOST_LINKS:
        problem = f"Je bent hier nieuw: zet hoogstens {MOST_LINKS} links in een bericht."
        raise ValidationError({"text": ValidationError(problem, "too_many_links")})
