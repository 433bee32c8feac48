"""What a representative writes for an entry: kept while it is written, and told to the editors when it is sent.

The text itself is a revision of the page in Wagtail's workflow; here stands what goes with it.
"""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState

from pages.models.activities import ActivityPage
from pages.models.entries import EntryPage


class UnsentText(models.Model):
    """What somebody is writing for an entry, field by field as it was typed; nobody else sees it."""

    entry = models.ForeignKey(EntryPage, models.CASCADE, related_name="+", verbose_name="vermelding")
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="schrijver")
    typed = models.JSONField("wat er staat")
    saved_at = models.DateTimeField("bewaard op", default=timezone.now)

    class Meta:
        verbose_name = "tekst die nog niet verstuurd is"
        verbose_name_plural = "teksten die nog niet verstuurd zijn"
        constraints = [models.UniqueConstraint(fields=["entry", "writer"], name="one_unsent_text_per_writer_and_entry")]

    def __str__(self) -> str:
        return f"{self.entry} ({self.saved_at:%d-%m-%Y})"


class Submission(models.Model):
    """A text on its way through the workflow, from the first time it is sent until it is published or dropped."""

    state = models.OneToOneField(WorkflowState, models.CASCADE, related_name="submission", verbose_name="werkstroom")
    entry = models.ForeignKey(EntryPage, models.CASCADE, related_name="submissions", verbose_name="vermelding")
    activity = models.ForeignKey(
        ActivityPage, models.CASCADE, null=True, related_name="submissions", verbose_name="activiteit van de vermelding"
    )
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="submissions", verbose_name="schrijver"
    )
    sent_at = models.DateTimeField("verstuurd op", default=timezone.now)
    proposed_name = models.CharField("voorgestelde naam", max_length=255, blank=True)
    proposed_subjects = models.ManyToManyField(
        "cms.Subject", blank=True, related_name="+", verbose_name="voorgestelde onderwerpen"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="wie het nakijkt"
    )
    due_on = models.DateField("uiterlijk nakijken op")

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = "tekst om na te kijken"
        verbose_name_plural = "teksten om na te kijken"

    def __str__(self) -> str:
        return f"Activiteit {self.activity}" if self.activity else f"Tekst voor {self.entry}"

    @property
    def standing(self) -> str:
        """How far it is, for its writer, as long as it is under way."""
        return "de redactie vraagt iets" if self.is_returned else "de redactie leest mee"

    @property
    def page(self) -> EntryPage | ActivityPage:
        """What is to be published: the entry, or an activity that it organises."""
        return self.activity or self.entry

    @property
    def words(self) -> str:
        """How mails speak of it, behind "je" or "de"."""
        return f"activiteit {self.activity.title}" if self.activity else f"tekst voor {self.entry.title}"

    @property
    def form_path(self) -> str:
        """Where its writer changes it."""
        if self.activity_id:
            return reverse("change_activity", args=[self.entry_id, self.activity_id])
        return reverse("keep_entry", args=[self.entry_id])

    @property
    def is_open(self) -> bool:
        return self.state.status == WorkflowState.STATUS_IN_PROGRESS

    @property
    def is_returned(self) -> bool:
        return self.state.status == WorkflowState.STATUS_NEEDS_CHANGES


class ReviewNote(models.Model):
    """What an editor and a representative tell each other about a text."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="notes", verbose_name="tekst")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="van"
    )
    text = models.TextField("bericht", max_length=2000)
    made_at = models.DateTimeField("geschreven op", default=timezone.now)

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = "bericht bij een tekst"
        verbose_name_plural = "berichten bij een tekst"

    def __str__(self) -> str:
        return self.text[:60]
