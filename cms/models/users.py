from datetime import datetime
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone

from cms.accounts import erasing
from cms.accounts.names import clean_display_name


class UserQuerySet(models.QuerySet["User"]):
    def present(self) -> Self:
        """Who confirmed an address and is let in; for others nobody else is there."""
        return self.filter(is_active=True, emailaddress__verified=True).distinct()

    def unconfirmed(self) -> Self:
        """Who signed up and never confirmed the address; who keeps the platform was let in by an administrator."""
        signed_up = self.filter(emailaddress__isnull=False, is_superuser=False, is_staff=False, groups=None)
        return signed_up.exclude(emailaddress__verified=True).distinct()

    @transaction.atomic
    def delete(self) -> tuple[int, dict[str, int]]:
        for user in self:
            erasing.prepare(user)
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save a new user; without a password the account cannot sign in."""
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def staff(self) -> models.QuerySet["User"]:
        """Everyone who speaks for the platform: administrators and the members of its groups."""
        return self.filter(models.Q(is_superuser=True) | models.Q(groups__isnull=False)).distinct()

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class Restriction(models.TextChoices):
    """What a moderator keeps an account from, for now."""

    SILENCED = "stil", "mag niet schrijven"
    BLOCKED = "geblokkeerd", "kan niet inloggen"


class User(AbstractBaseUser, PermissionsMixin):
    """Someone with an account: signs in by e-mail address, is shown by display name and nothing else."""

    email = models.EmailField("e-mailadres", unique=True)
    display_name = models.CharField(
        "naam", max_length=80, help_text="Zo zien anderen je op het platform. Je e-mailadres ziet niemand."
    )
    is_staff = models.BooleanField("medewerker", default=False)
    is_active = models.BooleanField(
        "actief", default=True, help_text="Uit betekent: kan niet inloggen. Verwijder geen accounts, zet ze uit."
    )
    restriction = models.CharField("beperking", max_length=15, choices=Restriction, blank=True, editable=False)
    date_joined = models.DateTimeField("lid sinds", default=timezone.now, editable=False)
    unused_warned_on = models.DateTimeField("gewaarschuwd dat het account verdwijnt", null=True, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="user_email_any_case", violation_error_message="Dit e-mailadres is al in gebruik."
            )
        ]

    def __str__(self) -> str:
        return self.display_name

    def clean(self) -> None:
        super().clean()
        try:
            self.display_name = clean_display_name(self.display_name)
        except ValidationError as error:
            raise ValidationError({"display_name": error}) from error

    @transaction.atomic
    def delete(self, *args: Any, way: erasing.Way = erasing.Way.STAFF, **kwargs: Any) -> tuple[int, dict[str, int]]:
        erasing.prepare(self, way)
        return super().delete(*args, **kwargs)

    @property
    def is_staff_member(self) -> bool:
        """Whether this person speaks for the platform, as administrator or in one of its groups."""
        return self.is_superuser or (self.pk is not None and self.groups.exists())

    @property
    def last_seen(self) -> datetime:
        return self.last_login or self.date_joined

    @property
    def is_silenced(self) -> bool:
        return self.restriction == Restriction.SILENCED

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name
