"""What still refers to something, for who wants to delete it."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey


def uses_of(thing: models.Model) -> list[str]:
    """Counted per kind, such as ["12 vermeldingen", "3 bronnen"]; its own links or words do not count."""
    counted = (
        (
            relation.related_model._meta,
            relation.related_model._default_manager.filter(**{relation.field.name: thing}).count(),
        )
        for relation in _relations(type(thing))
    )
    return [
        f"{count} {meta.verbose_name if count == 1 else meta.verbose_name_plural}" for meta, count in counted if count
    ]


def _relations(model: type[models.Model]) -> Iterator[Any]:
    """Fields elsewhere that point at ``model``, without those of its own children and of tables in between."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or relation.related_model._meta.auto_created:
            continue
        if not isinstance(relation.field, ParentalKey):
            yield relation
