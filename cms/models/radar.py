"""What the link radar knows of the addresses elsewhere that the site leads to; see cms/link_radar/."""

from django.conf import settings
from django.db import models
from django.utils import timezone

LONGEST_URL = 1000


class Outcome(models.TextChoices):
    """Of one attempt."""

    WORKS = "werkt", "werkt"
    FAILED = "mislukt", "mislukt"
    UNCLEAR = "onduidelijk", "niet te beoordelen"


class CheckedLink(models.Model):
    class State(models.TextChoices):
        NEW = "nieuw", "nog niet bekeken"
        WORKS = "werkt", "werkt"
        MOVED = "verhuisd", "verhuisd"
        WAVERING = "hapert", "hapert"
        BROKEN = "stuk", "werkt niet meer"
        UNCLEAR = "onduidelijk", "niet te beoordelen"

    url = models.CharField("adres", max_length=LONGEST_URL, unique=True)
    host = models.CharField("website", max_length=255, db_index=True)
    state = models.CharField("stand", max_length=12, choices=State, default=State.NEW)
    since = models.DateTimeField("sinds", default=timezone.now)
    reason = models.CharField("wat we zagen", max_length=120, blank=True)
    moved_to = models.CharField("nieuw adres", max_length=LONGEST_URL, blank=True)
    checked_at = models.DateTimeField("laatst bekeken", null=True)
    next_check_at = models.DateTimeField("weer bekijken op", default=timezone.now, db_index=True)
    ignored_until = models.DateField("klopt volgens de redactie tot", null=True)

    class Meta:
        ordering = ["url"]
        verbose_name = "link naar elders"
        verbose_name_plural = "links naar elders"

    def __str__(self) -> str:
        return self.url

    @property
    def places(self) -> str:
        """Where it stands, in one line."""
        return "; ".join(str(use) for use in self.uses.all())


class LinkUse(models.Model):
    """Where on the site an address stands."""

    link = models.ForeignKey(CheckedLink, models.CASCADE, related_name="uses")
    source = models.CharField(max_length=40)
    thing = models.BigIntegerField()
    """The key of what it stands in, for its source to find it again."""

    field = models.CharField("veld", max_length=120)
    title = models.CharField("waar", max_length=255)
    edit_path = models.CharField(max_length=300)

    class Meta:
        ordering = ["title", "field"]
        verbose_name = "plek van een link"
        verbose_name_plural = "plekken van links"
        constraints = [
            models.UniqueConstraint(fields=["link", "source", "thing", "field"], name="one_use_per_link_and_field")
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.field}"


class LinkAttempt(models.Model):
    link = models.ForeignKey(CheckedLink, models.CASCADE, related_name="attempts")
    at = models.DateTimeField("bekeken op", default=timezone.now)
    outcome = models.CharField("uitkomst", max_length=12, choices=Outcome)
    reason = models.CharField("wat we zagen", max_length=120, blank=True)
    moved_to = models.CharField("nieuw adres", max_length=LONGEST_URL, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = "keer bekeken"
        verbose_name_plural = "keren bekeken"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.outcome}"


class LinkHost(models.Model):
    """What a website asks of robots, and from when on we may ask it something again."""

    name = models.CharField(max_length=255, primary_key=True)
    free_at = models.DateTimeField()
    robots = models.TextField(blank=True)
    robots_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class DeadLinksLetter(models.Model):
    """When somebody was last told by mail of links that work no more in what they keep."""

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="+")
    told_at = models.DateTimeField("verteld op")

    class Meta:
        verbose_name = "mail over links die niet meer werken"
        verbose_name_plural = "mails over links die niet meer werken"

    def __str__(self) -> str:
        return f"{self.owner_id} op {self.told_at:%Y-%m-%d}"
