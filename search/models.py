from datetime import date as Date
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery, Sum
from django.db.models.fields.json import KT
from django.utils import timezone

from search.engines.fields import LONGEST_TITLE_ORDER

MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=10)
FEWEST_VISITORS = 3
LONGEST_COUNTED = 100
LONGEST_SILENCE = timedelta(minutes=5)


class OutboxQuerySet(models.QuerySet["OutboxRow"]):
    def waiting(self) -> Self:
        """To be brought into the index now; oldest first."""
        is_due = Q(retry_at=None) | Q(retry_at__lte=timezone.now())
        return self.filter(is_due, indexed_at=None, attempts__lt=MOST_ATTEMPTS).order_by("pk")

    def unknown_to_fallback(self) -> Self:
        """Not even brought into what answers while the engine is away."""
        return self.waiting().filter(fallback_at=None)

    def only_in_fallback(self) -> Self:
        """Brought into what answers while the engine is away, and not yet into the engine."""
        return self.filter(indexed_at=None).exclude(fallback_at=None)

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
    version = models.CharField(max_length=10, help_text="Of the rules by which the columns were made.")
    title_order = models.CharField(max_length=LONGEST_TITLE_ORDER)
    title_words = models.TextField()
    words = models.TextField()
    content = models.JSONField()

    def __str__(self) -> str:
        return self.document_id


class SearchedTextQuerySet(models.QuerySet["SearchedText"]):
    def among_several(self, since: Date) -> models.QuerySet["SearchedText", dict[str, Any]]:
        """Per text how often it was searched for since that day, and by how many visitors, counted anew each day.

        Only what several visitors searched for on one day: visitors of two days cannot be told apart, so that one who
        comes back would otherwise pass for several.
        """
        return self._of_several(since, "searches", "visitors")

    def in_vain_among_several(self, since: Date) -> models.QuerySet["SearchedText", dict[str, Any]]:
        """The same of the searches that found nothing."""
        return self._of_several(since, "vain_searches", "vain_visitors")

    def _of_several(self, since: Date, searches: str, visitors: str) -> models.QuerySet["SearchedText", dict[str, Any]]:
        by_text = self.filter(day__gte=since).order_by().values("text").annotate(busiest=Max(visitors))
        return by_text.filter(busiest__gte=FEWEST_VISITORS).annotate(
            times=Sum(searches), people=Sum(visitors), last_on=Max("day")
        )


class SearchedText(models.Model):
    """How often a text was searched for on one day, and by how many visitors; "vain" are those who found nothing.

    After the day only what several visitors searched for is kept; see search/statistics.py.
    """

    day = models.DateField(db_index=True)
    text = models.CharField(max_length=LONGEST_COUNTED)
    searches = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0)
    vain_searches = models.PositiveIntegerField(default=0)
    vain_visitors = models.PositiveIntegerField(default=0)

    objects = SearchedTextQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "text"], name="a_text_is_counted_once_a_day")]
        verbose_name = "gezochte tekst"
        verbose_name_plural = "gezochte teksten"

    def __str__(self) -> str:
        return self.text


class SearchMark(models.Model):
    """That some visitor searched for a text today; the mark is no longer than the day a key to that visitor."""

    searched = models.ForeignKey(SearchedText, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64)
    was_in_vain = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["searched", "mark", "was_in_vain"], name="a_visitor_is_counted_once")
        ]

    def __str__(self) -> str:
        return self.mark


class HelpedBeforeQuerySet(models.QuerySet["HelpedBefore"]):
    def by_thing(self, since: Date) -> models.QuerySet["HelpedBefore", dict[str, Any]]:
        """Per thing that can still be found how many visitors it helped since that day, counted anew each day."""
        stored = StoredDocument.objects.filter(pk=OuterRef("document_id"))
        named = {
            name: Subquery(stored.annotate(text=KT(f"content__{name}")).values("text")) for name in ("title", "url")
        }
        of_thing = self.filter(day__gte=since).order_by().values("document_id").annotate(**named)
        counted = of_thing.annotate(people=Sum("visitors"), last_on=Max("day"))
        return counted.exclude(title=None)


class HelpedBefore(models.Model):
    """How many visitors one thing helped on one day, before they asked their question; see search/statistics.py."""

    day = models.DateField(db_index=True)
    document_id = models.CharField(max_length=80)
    visitors = models.PositiveIntegerField(default=0)

    objects = HelpedBeforeQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["day", "document_id"], name="help_is_counted_once_a_day")]
        verbose_name = "geholpen voor het vragen"
        verbose_name_plural = "geholpen voor het vragen"

    def __str__(self) -> str:
        return self.document_id


class HelpMark(models.Model):
    """That something helped some visitor today; the mark is no longer than the day a key to that visitor."""

    helped = models.ForeignKey(HelpedBefore, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["helped", "mark"], name="a_visitor_is_helped_once")]

    def __str__(self) -> str:
        return self.mark


class IndexWorkQuerySet(models.QuerySet["IndexWork"]):
    def underway(self) -> Self:
        """Asked for and not finished; what was silent for long was broken off, and ends nothing any more."""
        return self.filter(finished_at=None, seen_at__gt=timezone.now() - LONGEST_SILENCE)

    def to_follow(self) -> "IndexWork | None":
        """What is underway, or else what was last heard of."""
        return self.underway().order_by("pk").first() or self.order_by("-seen_at", "-pk").first()

    def forgettable(self) -> Self:
        """Failures of days past: when something is wrong the periodic work adds one each minute."""
        return self.exclude(failure="").filter(seen_at__lt=timezone.now() - timedelta(days=1))


class IndexWork(models.Model):
    """A rebuild of the index, or a return to the previous one: who asked for it, how far it is, how it ended."""

    class Kind(models.TextChoices):
        REBUILD = "rebuild", "opnieuw opbouwen"
        ROLL_BACK = "roll_back", "terug naar de vorige index"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.REBUILD)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    """Nobody, when it was done from the command line."""

    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    detail = models.TextField(blank=True)
    """What the machine says about a failure."""

    objects = IndexWorkQuerySet.as_manager()

    class Meta:
        verbose_name = "werk aan de zoekindex"
        verbose_name_plural = "werk aan de zoekindex"
        permissions = [("rebuild_index", "Kan de zoekindex opnieuw opbouwen")]

    def __str__(self) -> str:
        return self.get_kind_display()
