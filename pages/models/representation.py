"""Who keeps an entry (vermelding), who was invited to, and who asks to."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone

from pages.models.entries import EntryPage


class Representation(models.Model):
    """Who keeps an entry. Not part of the page's revisions: going back to an old text leaves it as it is."""

    class Rank(models.IntegerChoices):
        FIRST = 1, "eerste"
        SECOND = 2, "tweede"

    entry = models.ForeignKey(EntryPage, models.CASCADE, related_name="representations", verbose_name="vermelding")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="representations", verbose_name="vertegenwoordiger"
    )
    rank = models.PositiveSmallIntegerField("volgorde", choices=Rank, default=Rank.FIRST)

    class Meta:
        ordering = ["entry", "rank"]
        verbose_name = "vertegenwoordiger"
        verbose_name_plural = "vertegenwoordigers"
        constraints = [
            models.UniqueConstraint(fields=["entry", "user"], name="one_representation_per_person_and_entry"),
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(rank=1), name="one_first_representative_per_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_rank_display()})"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Those with which somebody can still begin to keep an entry."""
        return self.filter(used_at=None, made_at__gt=timezone.now() - Invitation.KEPT_OPEN)


class Invitation(models.Model):
    """Somebody was asked by mail to keep an entry.

    Only a hash of the link's key is kept: who reads the database cannot use it. The address is forgotten with the row.
    """

    KEPT_OPEN = timedelta(days=14)

    entry = models.ForeignKey(EntryPage, models.CASCADE, related_name="invitations", verbose_name="vermelding")
    address = models.EmailField("e-mailadres")
    key_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField("verstuurd op", default=timezone.now)
    used_at = models.DateTimeField("gebruikt op", null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"

    def __str__(self) -> str:
        return f"Uitnodiging voor {self.entry}"

    @property
    def open_until(self) -> datetime:
        return self.made_at + self.KEPT_OPEN


class Claim(models.Model):
    """A member asks to keep an entry; it gives no right before an editor agrees."""

    class State(models.TextChoices):
        OPEN = "open", "wacht op de redactie"
        GRANTED = "toegekend", "toegekend"
        REFUSED = "afgewezen", "afgewezen"

    entry = models.ForeignKey(EntryPage, models.CASCADE, related_name="claims", verbose_name="vermelding")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims", verbose_name="aangevraagd door"
    )
    address = models.EmailField("wie het overneemt", blank=True)
    """Of somebody else to invite: a representative who stops names a successor."""

    motive = models.TextField("toelichting", max_length=600)
    made_at = models.DateTimeField("aangevraagd op", default=timezone.now)
    state = models.CharField("stand", max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField("besloten op", null=True)
    reason = models.TextField("reden", max_length=600, blank=True)

    class Meta:
        ordering = ["made_at"]
        verbose_name = "aanvraag van een vertegenwoordiger"
        verbose_name_plural = "aanvragen van vertegenwoordigers"
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "member"], condition=models.Q(state="open"), name="one_open_claim_per_member_and_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member} vraagt om {self.entry}"
