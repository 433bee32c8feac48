"""Writing to another member, refusing and reporting what somebody wrote, and forgetting it."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms import mailing
from cms.models import User
from forum_integration import markup
from forum_integration.correspondence import TEMPLATE, writable_by
from forum_integration.models import Act, ContactRefusal, MessageReport, PersonalMessage, Report
from forum_integration.rights import ForumRights
from forum_integration.services.log import record
from forum_integration.services.newcomers import A_DAY, MOST_LINKS

MOST_A_DAY = 20
MOST_OF_A_NEWCOMER = 3
KEPT = timedelta(days=365)


@transaction.atomic
def send(*, by: ForumRights, to: User, text: str) -> PersonalMessage:
    """Keep a message and owe the other the mail that brings it.

    Raises PermissionDenied, and ValidationError when somebody sends too many, or a newcomer too many links. Locks the
    account of who writes, so that of two messages sent at once the second is counted with the first.
    """
    sender = User.objects.select_for_update().get(pk=by.user.pk)
    if sender.is_silenced or not writable_by(sender).filter(pk=to.pk).exists():
        raise PermissionDenied
    most = MOST_A_DAY if by.is_established() else MOST_OF_A_NEWCOMER
    if PersonalMessage.objects.filter(sender=sender, sent_on__gt=timezone.now() - A_DAY).count() >= most:
        raise ValidationError(f"Je stuurde vandaag al {most} berichten. Bewaar je tekst en stuur hem morgen.")
    if not by.is_established() and markup.number_of_links(text) > MOST_LINKS:
        problem = f"Je bent hier nieuw: zet hoogstens {MOST_LINKS} links in een bericht."
        raise ValidationError({"text": ValidationError(problem, "too_many_links")})
    message = PersonalMessage.objects.create(sender=sender, recipient=to, text=text)
    mailing.send(TEMPLATE, to, "Een persoonlijk bericht", {"message": message.pk})
    return message


def set_refusal(*, member: User, other: User, refuses: bool) -> None:
    """Take no more messages of another, or take them again."""
    if refuses:
        ContactRefusal.objects.get_or_create(member=member, refused=other)
    else:
        ContactRefusal.objects.filter(member=member, refused=other).delete()


def report(*, message: PersonalMessage, kind: Report.Kind, note: str = "") -> None:
    """Ask a moderator to read a message that one received; a second time changes nothing."""
    told = {"reporter_id": message.recipient_id, "kind": kind, "note": note}
    MessageReport.objects.get_or_create(message=message, defaults=told)


@transaction.atomic
def close_report(*, report: MessageReport, by: ForumRights) -> None:
    """Say that a moderator read it; what to do about the account is decided there. Raises PermissionDenied.

    The log names who reported it, not who wrote it: that one is not to find in the own data that it was reported.
    """
    if not by.is_moderator():
        raise PermissionDenied
    if MessageReport.objects.filter(pk=report.pk, closed_on=None).update(closed_on=timezone.now()):
        record(Act.Kind.READ, by=by, member=report.reporter)


def forget_old() -> None:
    """Remove what was sent long ago, unless a moderator still has to read it."""
    old = PersonalMessage.objects.filter(sent_on__lt=timezone.now() - KEPT)
    old.filter(Q(report=None) | Q(report__closed_on__isnull=False)).delete()
