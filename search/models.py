from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=10)


class OutboxQuerySet(models.QuerySet["OutboxRow"]):
    def waiting(self) -> Self:
        """To be brought into the index now; oldest first."""
        is_due = Q(retry_at=None) | Q(retry_at__lte=timezone.now())
        return self.filter(is_due, indexed_at=None, attempts__lt=MOST_ATTEMPTS).order_by("pk")

    def unknown_to_fallback(self) -> Self:
        """Not even brought into what answers while the engine is away."""
        return self.waiting().filter(fallback_at=None)

    def set_aside(self) -> Self:
        """Tried so often that somebody has to look; the next change of the same thing tries again."""
        return self.filter(attempts__gte=MOST_ATTEMPTS)

    def replayed(self) -> Self:
        """Stored while a rebuild ran, and so perhaps not in the index that the rebuild made."""
        return self.exclude(indexed_at=None)


class OutboxRow(models.Model):
    """Something whose place in the index may be out of date, written in the transaction that changed it."""

    document_id = models.CharField(max_length=80, db_index=True)
    remembered_at = models.DateTimeField(default=timezone.now, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    fallback_at = models.DateTimeField(null=True)
    indexed_at = models.DateTimeField(null=True)

    objects = OutboxQuerySet.as_manager()

    def __str__(self) -> str:
        return self.document_id


class Lease(models.Model):
    """A turn to do work that only one process at a time may do; it ends by itself when its holder dies.

    The database's clock decides, since the machines that ask may disagree about the time.
    """

    name = models.CharField(max_length=20, primary_key=True)
    holder = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField()
    rests_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class StoredDocument(models.Model):
    """A search document as the fallback keeps it: what it is found and narrowed by in columns, the rest as it is.

    Columns that hold several words or slugs begin and end with a space and have one between them, so that
    "contains" with spaces around finds a whole one.
    """

    document_id = models.CharField(max_length=80, primary_key=True)
    kind = models.CharField(max_length=30)
    category = models.CharField(max_length=50, blank=True)
    subjects = models.TextField(blank=True)
    sectors = models.TextField(blank=True)
    regions = models.TextField(blank=True)
    status = models.CharField(max_length=20, db_index=True)
    date = models.DateField(null=True)
    title_words = models.TextField()
    words = models.TextField()
    content = models.JSONField()

    def __str__(self) -> str:
        return self.document_id
