"""Whom a question was put to."""

from django.conf import settings
from django.db import models

from forum_integration.models.questions import Question
from pages.models import EntryPage


class Circle(models.IntegerChoices):
    FIRST = 1, "eerste kring"
    SECOND = 2, "tweede kring"
    EDITORS = 3, "redactie"


class Routing(models.Model):
    """How far a question went round; one that no circle was asked yet has no row."""

    question = models.OneToOneField(Question, models.CASCADE, primary_key=True, related_name="routing")
    circle = models.PositiveSmallIntegerField("kring", choices=Circle)
    since = models.DateTimeField("sinds")

    class Meta:
        verbose_name = verbose_name_plural = "rondgang van een vraag"

    def __str__(self) -> str:
        return f"vraag {self.pk}: {self.get_circle_display()}"


class Referral(models.Model):
    """That a member was asked to look at a question: for an entry, as an expert or as an editor; once."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="referrals", verbose_name="vraag")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="referrals", verbose_name="voorgelegd aan"
    )
    entry = models.ForeignKey(
        EntryPage, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="namens"
    )
    circle = models.PositiveSmallIntegerField("kring", choices=Circle)
    asked_on = models.DateTimeField("voorgelegd op")

    class Meta:
        verbose_name = "voorgelegde vraag"
        verbose_name_plural = "voorgelegde vragen"
        constraints = [models.UniqueConstraint(fields=["question", "member"], name="one_referral_per_member")]
        indexes = [models.Index(fields=["member", "asked_on"], name="referrals_of_a_member")]

    def __str__(self) -> str:
        return f"vraag {self.question_id} aan {self.member_id}"
