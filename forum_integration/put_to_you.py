"""The mail that puts a question to somebody, as things stand when it leaves."""

from django.utils import timezone

from cms.mailing import Letter
from cms.models import Mail, User
from forum_integration.models import Circle, Profile, Referral
from forum_integration.questions import unanswered
from forum_integration.rights import ForumRights
from forum_integration.routing import Candidate
from forum_integration.topics import topic_url
from forum_integration.unsubscribing import REFERRALS, headers_for

TEMPLATE = "question_put_to_you"


def compose(mail: Mail) -> Letter | None:
    """Nothing any more once somebody answered, or when its receiver may not answer it now."""
    referral = Referral.objects.filter(pk=mail.context.get("referral")).select_related("entry").first()
    rights = ForumRights(mail.receiver)
    forums = rights.forums_with("can_read_forum")
    topic = unanswered(forums).select_related("forum").filter(pk=referral.question_id).first() if referral else None
    if referral is None or topic is None or not rights.may_reply(topic):
        return None
    is_editor = referral.circle == Circle.EDITORS
    if not (is_editor or _wants_questions(mail.receiver)):
        return None
    context = {
        "title": topic.subject,
        "path": topic_url(topic),
        "entry": referral.entry.title if referral.entry else "",
        "is_editor": is_editor,
    }
    # An editor is asked because nobody else knew: there is no list to leave.
    return Letter(f"Weet jij dit? {topic.subject}", context, {} if is_editor else headers_for(mail.receiver, REFERRALS))


def _wants_questions(member: User) -> bool:
    """Unless the member left this mail or takes a pause since the question was put."""
    wishes = Profile.objects.of(member.pk)
    asked = Candidate(member.pk, most_a_month=wishes.most_questions_a_month, paused_until=wishes.paused_until)
    return asked.may_be_asked(timezone.localdate())
