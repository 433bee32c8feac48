"""Who may write to whom, what two members wrote to each other, and the mail that brings a message."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, OuterRef, Q, QuerySet, When
from django.urls import reverse

from cms.mailing import Letter
from cms.models import Mail, User
from forum_integration.models import ContactRefusal, MessageReport, PersonalMessage, Profile
from forum_integration.rights import ForumRights

TEMPLATE = "personal_message"


def writable_by(member: User) -> QuerySet[User]:
    """Whom this member may write to: who allows it or wrote to the member before, and does not refuse the member."""
    allows = Profile.objects.filter(member=OuterRef("pk"), accepts_messages=True)
    wrote = PersonalMessage.objects.filter(sender=OuterRef("pk"), recipient=member)
    refuses = ContactRefusal.objects.filter(member=OuterRef("pk"), refused=member)
    others = User.objects.present().exclude(pk=member.pk)
    return others.filter(Exists(allows) | Exists(wrote)).exclude(Exists(refuses))


def known_to(member: User) -> QuerySet[User]:
    """Whom this member may write to, and with whom the member exchanged messages before."""
    exchanged = messages_of(member).filter(Q(sender=OuterRef("pk")) | Q(recipient=OuterRef("pk")))
    others = User.objects.exclude(pk=member.pk)
    return others.filter(Q(pk__in=writable_by(member).values("pk")) | Exists(exchanged))


def messages_of(member: User) -> QuerySet[PersonalMessage]:
    return PersonalMessage.objects.filter(Q(sender=member) | Q(recipient=member))


def between(member: User, other: User) -> QuerySet[PersonalMessage]:
    """What these two wrote to each other, the last first."""
    both = Q(sender=member, recipient=other) | Q(sender=other, recipient=member)
    return PersonalMessage.objects.filter(both).select_related("sender", "report").order_by("-sent_on", "-pk")


def unread(member: User) -> QuerySet[PersonalMessage]:
    return PersonalMessage.objects.filter(recipient=member, is_read=False)


def mark_read(member: User, other: User) -> None:
    """Somebody opened what another wrote."""
    unread(member).filter(sender=other).update(is_read=True)


def refuses(member: User, other: User) -> bool:
    return ContactRefusal.objects.filter(member=member, refused=other).exists()


@dataclass(frozen=True, slots=True)
class Correspondent:
    """Somebody with whom a member exchanged messages."""

    member: User
    number: int
    last_on: datetime
    unread: int


@dataclass(frozen=True, slots=True)
class Correspondents:
    """All of them, the last first; a paginator counts and cuts them."""

    member: User

    def _rows(self) -> QuerySet[Any, Any]:
        other = Case(When(sender=self.member, then=F("recipient")), default=F("sender"))
        rows = messages_of(self.member).order_by().annotate(other=other).values("other")
        unread = Count("pk", filter=Q(recipient=self.member, is_read=False))
        return rows.annotate(number=Count("pk"), last_on=Max("sent_on"), unread=unread).order_by("-last_on", "other")

    def count(self) -> int:
        return self._rows().count()

    def __getitem__(self, part: slice) -> list[Correspondent]:
        rows = list(self._rows()[part])
        members = User.objects.in_bulk([row["other"] for row in rows])
        return [Correspondent(members[row.pop("other")], **row) for row in rows]


def open_reports(by: ForumRights) -> QuerySet[MessageReport]:
    """What members ask moderators to read, the oldest first; nothing for who is no moderator."""
    reports = MessageReport.objects.filter(closed_on=None) if by.is_moderator() else MessageReport.objects.none()
    return reports.select_related("message__sender", "reporter").order_by("made_on", "pk")


def compose(mail: Mail) -> Letter | None:
    """What the mail says now; nothing when who wrote it left or was blocked, or is refused meanwhile."""
    found = PersonalMessage.objects.filter(pk=mail.context["message"], sender__is_active=True, recipient=mail.to)
    message = found.select_related("sender").first()
    if message is None or not mail.receiver.is_active or refuses(mail.receiver, message.sender):
        return None
    quoted = "\n".join(f"> {line}".rstrip() for line in message.text.splitlines())  # what follows is ours, not theirs
    path = reverse("correspondence", args=[message.sender_id])
    context = {"message": message, "quoted": quoted, "path": f"{path}#eerder"}
    return Letter(f"{message.sender.display_name} schreef je een bericht", context)
