from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations


def check_children(parent: models.Model) -> None:
    """Raise ValidationError for a link, name or other child that is wrong; saving the parent checks only itself."""
    for relation in get_all_child_relations(type(parent)):
        for child in getattr(parent, relation.get_accessor_name()).all():
            child.full_clean(exclude=[relation.field.name])


def add(thing: Any) -> None:
    """Save something new with its children, after checking it as a form would."""
    thing.full_clean()
    check_children(thing)
    thing.save()
