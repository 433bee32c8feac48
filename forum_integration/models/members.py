"""What members say of themselves, and about being asked."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models

from cms.models import Subject

MOST_QUESTIONS_A_MONTH = 4


class ProfileQuerySet(models.QuerySet["Profile"]):
    def of(self, member_pk: int | None) -> "Profile":
        """The profile of a member; for who never filled it in an empty one, not saved."""
        return self.filter(pk=member_pk).first() or self.model(pk=member_pk)


class Profile(models.Model):
    """What others see of a member is what that member opened, field by field; beside the name nothing by itself.

    Nobody is put questions to as an expert who did not ask for it; who keeps an entry may be asked without a row.
    """

    member = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="profile", verbose_name="lid"
    )
    institution = models.CharField("instelling", max_length=120, blank=True)
    shows_institution = models.BooleanField("laat mijn instelling zien", default=False)
    role = models.CharField("functie", max_length=120, blank=True)
    shows_role = models.BooleanField("laat mijn functie zien", default=False)
    expertise = models.ManyToManyField(
        Subject, blank=True, related_name="experts", verbose_name="waar je veel van weet"
    )
    shows_expertise = models.BooleanField("laat zien waar ik veel van weet", default=False)
    accepts_messages = models.BooleanField("andere leden kunnen mij schrijven", default=False)
    is_askable = models.BooleanField("je mag mij vragen voorleggen", default=False)
    paused_until = models.DateField("even geen vragen tot en met", null=True, blank=True)
    most_questions_a_month = models.PositiveSmallIntegerField(
        "hoogstens zoveel vragen per maand", default=MOST_QUESTIONS_A_MONTH, validators=[MaxValueValidator(31)]
    )

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name = "profiel"
        verbose_name_plural = "profielen"

    def __str__(self) -> str:
        return f"profiel van {self.member_id}"

    def opened(self) -> dict[str, str]:
        """What others may see, by label; what is hidden or empty is not there."""
        fields = {
            "Instelling": self.institution if self.shows_institution else "",
            "Functie": self.role if self.shows_role else "",
        }
        return {label: value for label, value in fields.items() if value}

    def opened_expertise(self) -> list[Subject]:
        return list(self.expertise.all()) if self.shows_expertise else []
