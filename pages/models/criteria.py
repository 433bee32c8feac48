from django.db import models

from cms.categories import Category

CATEGORIES_OF_ENTRIES = (Category.NETWORKS, Category.PARTNERSHIPS, Category.RESEARCH_GROUPS)


class Criterion(models.Model):
    """A ground on which editors accept an entry; readers see it beside the entry."""

    name = models.CharField(
        "grond",
        max_length=160,
        unique=True,
        help_text="Wat erop staat bij ‘Waarom staat dit hier?’: kort, in gewone taal.",
    )
    explanation = models.CharField("wanneer geldt dit?", max_length=400, blank=True)
    category = models.CharField(
        "meestal voor",
        max_length=40,
        blank=True,
        choices=[(category.value, category.label) for category in CATEGORIES_OF_ENTRIES],
    )

    class Meta:
        ordering = ["category", "name"]
        verbose_name = "grond"
        verbose_name_plural = "gronden"

    def __str__(self) -> str:
        return self.name
