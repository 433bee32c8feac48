from django.db import models


class JobState(models.Model):
    """When a periodic job is due again, and who is busy with it; the rows that ``cms.jobs`` works with."""

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()
    holder = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
