"""What the platform keeps of somebody, for that person: every row that points at the account, whatever its table.

The tables are found by their foreign keys, so that one that is added later comes along by itself.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Field, Model
from django.utils import timezone

from cms.models import User

SECRET = {"password", "key", "key_hash", "prefix"}
CONTENT_OF_THE_SITE = {"wagtailcore.Page", "wagtailcore.Revision"}
"""What an editor made is of the site; that somebody made it stands in Wagtail's log, which does come along."""


def of(user: User) -> dict[str, Any]:
    """All of it, in values that JSON knows."""
    return {
        "gemaakt_op": timezone.now(),
        "account": _row(user),
        "gegevens": [part for relation in relations() if (part := _part(user, relation))["rijen"]],
    }


def relations() -> Iterator[Any]:
    """Every foreign key to an account, also those that accounts know nothing of."""
    for relation in User._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            model = relation.related_model
            if isinstance(model, type) and model._meta.label not in CONTENT_OF_THE_SITE:
                yield relation


def _part(user: User, relation: Any) -> dict[str, Any]:
    model, field = relation.related_model, relation.field
    rows = model._base_manager.filter(**{field.name: user}).order_by("pk")
    return {
        "soort": str(model._meta.verbose_name_plural),
        "tabel": model._meta.label,
        "jij_bent": field.name,
        "rijen": [_row(row) for row in rows],
    }


def _row(thing: Model) -> dict[str, Any]:
    """The columns of a row, and what it is linked with by tables in between; other people stay out of it."""
    columns = {field.name: _value(thing, field) for field in thing._meta.concrete_fields if _may_be_told(field)}
    many = {
        field.name: [str(linked) for linked in getattr(thing, field.name).all()]
        for field in thing._meta.many_to_many
        if _may_be_told(field)
    }
    return columns | many


def _may_be_told(field: Field[Any, Any]) -> bool:
    return field.name not in SECRET and not field.name.startswith("_") and field.related_model is not User


def _value(thing: Model, field: Field[Any, Any]) -> Any:
    """A number that points elsewhere says nothing: beside it stands what is there."""
    value = field.value_from_object(thing)
    if field.is_relation and value is not None:
        return {"nummer": value, "naam": str(getattr(thing, field.name))}
    return value if isinstance(value, bool | int | dict | list | None) else field.value_to_string(thing)
