"""What a member says about being asked."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from cms.models import Subject

MOST_QUESTIONS_A_MONTH = 4


class Profile(models.Model):
    """Nobody is put questions to as an expert who did not ask for it; who keeps an entry may be asked without a row."""

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="profile", verbose_name="lid"
    )
    expertise = models.ManyToManyField(
        Subject, blank=True, related_name="experts", verbose_name="waar je veel van weet"
    )
    is_askable = models.BooleanField("je mag mij vragen voorleggen", default=False)
    paused_until = models.DateField("even geen vragen tot en met", null=True, blank=True)
    most_questions_a_month = models.PositiveSmallIntegerField(
        "hoogstens zoveel vragen per maand", default=MOST_QUESTIONS_A_MONTH, validators=[MaxValueValidator(31)]
    )

    class Meta:
        verbose_name = "profiel"
        verbose_name_plural = "profielen"

    def __str__(self) -> str:
        return f"profiel van {self.member_id}"
