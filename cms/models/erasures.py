from django.db import models

from cms.accounts.erasing import Way


class Erasure(models.Model):
    """That an account was erased: its number, and nothing of the person. For erasing it again out of a backup."""

    account = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    way = models.CharField(max_length=15, choices=Way)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "at"], name="one_line_per_erasure")]

    def __str__(self) -> str:
        return f"account {self.account}, {self.get_way_display()}"
