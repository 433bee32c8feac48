import secrets

from django.db import models


def random_secret() -> str:
    return secrets.token_hex(32)


class DailyKey(models.Model):
    """What visitors are told apart by on one day, in all processes alike; see cms/visitors.py."""

    day = models.DateField(primary_key=True)
    secret = models.CharField(max_length=64, default=random_secret, editable=False)

    def __str__(self) -> str:
        return f"{self.day}"
