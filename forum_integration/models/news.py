"""What happened, who is told of it, and how far the letters are."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from machina.apps.forum_conversation.models import Post

from forum_integration.models.following import Channel, Frequency
from pages.models import ActivityPage, EntryPage


class NewsKind(models.TextChoices):
    POST = "bericht", "Nieuw bericht"
    ACCEPTED = "geaccepteerd", "Vraag opgelost"
    ENTRY = "vermelding", "Vermelding aangepast"
    ENDED = "beeindigd", "Vermelding beëindigd"


class News(models.Model):
    """Something that followers still have to be told; the job ``spread-news`` does so and takes it away."""

    kind = models.CharField(max_length=15, choices=NewsKind)
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    entry = models.ForeignKey(EntryPage, models.CASCADE, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    """Who followed by then is told."""

    told_up_to = models.PositiveBigIntegerField(default=0)
    """Members are told in the order of their keys; up to this one they were."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "post"], name="one_news_per_post_and_kind"),
            models.UniqueConstraint(fields=["kind", "entry"], name="one_news_per_entry_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.post_id or self.entry_id}"


class Notification(models.Model):
    """What one member is told on the site, once; ``letter`` says in which mail it still has to stand."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField("wat", max_length=15, choices=NewsKind)
    channel = models.CharField("waarom", max_length=10, choices=Channel)
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    entry = models.ForeignKey(EntryPage, models.CASCADE, null=True, related_name="+")
    made_on = models.DateTimeField("gemaakt op", default=timezone.now)
    read_on = models.DateTimeField("gelezen op", null=True)
    letter = models.CharField("nog te mailen", max_length=10, choices=Frequency, blank=True)
    mailed_on = models.DateTimeField("gemaild op", null=True)

    class Meta:
        verbose_name = "melding aan een lid"
        verbose_name_plural = "meldingen aan leden"
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "post"], name="one_notification_per_post"),
            models.UniqueConstraint(
                fields=["member", "kind", "entry"],
                condition=Q(read_on=None, mailed_on=None),
                name="one_unseen_notification_per_entry",
            ),
        ]
        indexes = [
            models.Index(fields=["member"], condition=Q(read_on=None), name="unread_notifications"),
            models.Index(fields=["letter", "member"], condition=~Q(letter=""), name="notifications_to_mail"),
            models.Index(fields=["member", "made_on"], name="notifications_of_member"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} aan {self.member_id}"


class LetterRun(models.Model):
    """One issue of a letter, and how far it is: members get theirs in the order of their keys."""

    frequency = models.CharField(max_length=10, choices=Frequency)
    issue = models.DateTimeField()
    since = models.DateTimeField()
    """Of pages it tells what came after this."""

    served_up_to = models.PositiveBigIntegerField(default=0)
    finished_on = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["frequency", "issue"], name="one_run_per_issue")]

    def __str__(self) -> str:
        return f"{self.frequency} van {self.issue:%Y-%m-%d}"


class MailedActivity(models.Model):
    """An activity that stood in a letter to this member; it does not come again."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    activity = models.ForeignKey(ActivityPage, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "activity"], name="one_mail_per_activity")]

    def __str__(self) -> str:
        return f"{self.activity_id} aan {self.member_id}"


class Handle(models.Model):
    """The name after an @ that means one member and nobody else; made from the display name."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="handle", verbose_name="lid"
    )
    name = models.SlugField("naam", max_length=100, unique=True)

    def __str__(self) -> str:
        return f"@{self.name}"
