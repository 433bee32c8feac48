"""What members follow, and how often they want to hear of it by mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Topic

from cms.models import Subject
from pages.models import EntryPage, LifecycleAct

FOLLOWED = ("topic", "subject", "forum", "entry")


def _one_of_them() -> Q:
    """Exactly one of the four is filled in."""
    one = Q()
    for name in FOLLOWED:
        one |= Q(**{f"{other}__isnull": other != name for other in FOLLOWED})
    return one


class Following(models.Model):
    """A member who wants to hear of a topic, a subject, a forum or an entry. Machina's subscribers are not used."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="followings")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, blank=True, related_name="followings")
    subject = models.ForeignKey(Subject, models.CASCADE, null=True, blank=True, related_name="+")
    forum = models.ForeignKey(Forum, models.CASCADE, null=True, blank=True, related_name="+")
    entry = models.ForeignKey(EntryPage, models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateTimeField("sinds", default=timezone.now)

    class Meta:
        verbose_name = "wat iemand volgt"
        verbose_name_plural = "wat mensen volgen"
        constraints = [
            models.CheckConstraint(condition=_one_of_them(), name="follows_one_thing"),
            *(models.UniqueConstraint(fields=[name, "member"], name=f"follows_{name}_once") for name in FOLLOWED),
        ]

    def __str__(self) -> str:
        return f"{self.member_id} volgt {self.topic_id or self.subject_id or self.forum_id or self.entry_id}"


class BroughtAlong(models.Model):
    """That somebody followed an entry that ended, and was brought to what continues it; undoing goes by this."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    act = models.ForeignKey(LifecycleAct, models.CASCADE, related_name="+")
    entry = models.ForeignKey(EntryPage, models.CASCADE, related_name="+")
    since = models.DateTimeField("volgde het sinds")
    gained = models.JSONField("volgt sindsdien")
    """The keys of the entries that this member did not follow yet."""

    class Meta:
        verbose_name = "wat iemand volgde voordat het eindigde"
        verbose_name_plural = "wat mensen volgden voordat het eindigde"
        constraints = [models.UniqueConstraint(fields=["member", "act", "entry"], name="brought_along_once")]

    def __str__(self) -> str:
        return f"{self.member_id} volgde {self.entry_id}"


class Channel(models.TextChoices):
    """Why somebody hears of something; of two reasons the one that stands higher here counts."""

    MENTION = "genoemd", "Iemand noemt je"
    TOPIC = "gesprek", "Gesprekken die je volgt"
    SUBJECT = "onderwerp", "Onderwerpen en forums die je volgt"
    ENTRY = "vermelding", "Vermeldingen die je volgt"


class Frequency(models.TextChoices):
    DIRECT = "direct", "Meteen"
    DAILY = "dagelijks", "Eén keer per dag"
    WEEKLY = "wekelijks", "In de Weekmail"
    NEVER = "niet", "Geen mail"


class MailPreferences(models.Model):
    """How often one member gets mail per channel; who never chose has no row and gets the defaults."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="mail_preferences"
    )
    mention = models.CharField(
        "Iemand noemt je in een bericht", max_length=10, choices=Frequency, default=Frequency.DIRECT
    )
    topic = models.CharField(
        "Nieuwe berichten in gesprekken die je volgt", max_length=10, choices=Frequency, default=Frequency.DIRECT
    )
    subject = models.CharField(
        "Nieuwe en opgeloste vragen over onderwerpen en in forums die je volgt",
        max_length=10,
        choices=Frequency,
        default=Frequency.WEEKLY,
    )
    entry = models.CharField(
        "Wijzigingen van vermeldingen die je volgt", max_length=10, choices=Frequency, default=Frequency.WEEKLY
    )
    weekmail = models.BooleanField(
        "Zet in de Weekmail ook nieuwe vermeldingen en activiteiten over mijn onderwerpen", default=True
    )
    follows_by_writing = models.BooleanField("Laat mij vanzelf gesprekken volgen waarin ik schrijf", default=True)
    goodbye_on = models.DateTimeField(null=True, blank=True, editable=False)
    """When the mail stopped because this member stayed away; it goes on after the next sign-in."""

    class Meta:
        verbose_name = verbose_name_plural = "mailvoorkeuren"

    def __str__(self) -> str:
        return f"mailvoorkeuren van {self.member_id}"

    def frequency(self, channel: str) -> Frequency:
        return Frequency(getattr(self, Channel(channel).name.lower()))
