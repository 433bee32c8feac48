"""What moderators decide, and what they decide it on."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic


class Withheld(models.Model):
    """Why a post is not shown, once that is decided; a post that still waits for its first reading has no row."""

    class State(models.TextChoices):
        REFUSED = "geweigerd", "niet geplaatst"
        HIDDEN = "verborgen", "verborgen na meldingen"
        DELETED = "verwijderd", "verwijderd"

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="withheld")
    state = models.CharField("stand", max_length=10, choices=State)
    reason = models.CharField("reden", max_length=500, blank=True)
    since = models.DateTimeField("sinds", default=timezone.now)

    class Meta:
        verbose_name = "bericht dat niet getoond wordt"
        verbose_name_plural = "berichten die niet getoond worden"

    def __str__(self) -> str:
        return f"bericht {self.pk}: {self.get_state_display()}"


class Reported(models.Model):
    """What any report says: what is wrong with something, and whether a moderator dealt with it."""

    class Kind(models.TextChoices):
        UNKIND = "onvriendelijk", "Het is onvriendelijk of kwetsend"
        PRIVACY = "privacy", "Het noemt iemand die dat niet wil, of deelt iets vertrouwelijks"
        ADVERTISING = "reclame", "Het is reclame"
        MISPLACED = "verkeerde-plek", "Het hoort hier niet"
        OTHER = "anders", "Iets anders"

    kind = models.CharField("reden", max_length=20, choices=Kind)
    note = models.CharField("toelichting", max_length=500, blank=True)
    made_on = models.DateTimeField("gemeld op", default=timezone.now)
    closed_on = models.DateTimeField("afgehandeld op", null=True, blank=True, db_index=True)

    class Meta:
        abstract = True


class Report(Reported):
    """Somebody's word that a post does not belong here; open until a moderator decides, also when somebody left."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reports", verbose_name="bericht")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="melder"
    )

    class Meta:
        verbose_name = "melding"
        verbose_name_plural = "meldingen"
        constraints = [models.UniqueConstraint(fields=["post", "reporter"], name="one_report_per_person_and_post")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: bericht {self.post_id}"


class TopicRedirect(models.Model):
    """Where the address of a topic leads that was merged into another."""

    old_pk = models.PositiveBigIntegerField(primary_key=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")

    def __str__(self) -> str:
        return f"{self.old_pk} → {self.topic_id}"


class Act(models.Model):
    """One line of the moderators' log: who did what, when and to what. Names are read from the account, never kept."""

    class Kind(models.TextChoices):
        APPROVED = "geplaatst", "plaatste"
        REFUSED = "geweigerd", "weigerde"
        HIDDEN = "verborgen", "verborg na meldingen"
        KEPT = "laten-staan", "liet staan na meldingen"
        RESTORED = "teruggezet", "zette terug"
        DELETED = "verwijderd", "verwijderde"
        EDITED = "bewerkt", "bewerkte"
        LOCKED = "gesloten", "sloot"
        UNLOCKED = "geopend", "opende weer"
        STUCK = "vastgezet", "zette vast bovenaan"
        UNSTUCK = "losgelaten", "zette niet meer vast"
        MOVED = "verplaatst", "verplaatste"
        MERGED = "samengevoegd", "voegde samen"
        SPLIT = "gesplitst", "splitste"
        SILENCED = "stil", "legde stil"
        BLOCKED = "geblokkeerd", "blokkeerde"
        LIFTED = "opgeheven", "hief de beperking op van"
        READ = "gelezen", "las na een melding een persoonlijk bericht aan"

    kind = models.CharField("wat", max_length=15, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField("wanneer", default=timezone.now, db_index=True)
    forum = models.ForeignKey(Forum, models.SET_NULL, null=True, related_name="+")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="acts")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    title = models.CharField("titel van het gesprek", max_length=255, blank=True)
    note = models.CharField("toelichting", max_length=500, blank=True)

    class Meta:
        verbose_name = "handeling van een moderator"
        verbose_name_plural = "handelingen van moderatoren"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title or self.member_id}"
