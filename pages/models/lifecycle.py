"""Who continues the work of an ended entry, and what editors did to end it; no part of any page's revisions."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from pages.models.entries import EntryPage


class Succession(models.Model):
    """An ended entry and one that continues its work."""

    predecessor = models.ForeignKey(EntryPage, models.CASCADE, related_name="successions")
    successor = models.ForeignKey(EntryPage, models.PROTECT, related_name="successions_from", verbose_name="opvolger")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="one_succession_per_pair"),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="no_entry_succeeds_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} gaat verder als {self.successor_id}"


class LifecycleAct(models.Model):
    """That an editor ended one or more entries, with what stood there before: undoing puts exactly that back."""

    how = models.CharField("hoe", max_length=20, choices=EntryPage.Ending)
    on = models.DateField("eerste dag dat het niet meer bestaat")
    ended = models.ManyToManyField(EntryPage, related_name="endings", verbose_name="beëindigd")
    successors = models.ManyToManyField(EntryPage, related_name="continuations", verbose_name="opvolgers")
    before = models.JSONField("wat er eerst stond")
    """For each ended entry, by its key: the day, the kind and the successors of before."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="lifecycle_acts", verbose_name="door"
    )
    made_at = models.DateTimeField("gedaan op", default=timezone.now)
    in_force_at = models.DateTimeField("ingegaan op", null=True)
    """When the first day had come, and who follows was brought along."""

    undone_at = models.DateTimeField("ongedaan gemaakt op", null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "beëindiging"
        verbose_name_plural = "beëindigingen"

    def __str__(self) -> str:
        return f"{self.get_how_display()}, {self.on:%d-%m-%Y}"
