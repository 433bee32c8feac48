import secrets

from django.db import models
from django.db.models.functions import Now


def random_token() -> int:
    return secrets.randbits(40)


class Change(models.Model):
    """One change, or one transaction of changes, of what the site shows; see cms/memory.py.

    Changes only add rows and never touch each other's, so that writers do not wait for one another.
    """

    token = models.BigIntegerField(default=random_token, editable=False)
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = "wijziging"
        verbose_name_plural = "wijzigingen"

    def __str__(self) -> str:
        return f"{self.at}"
