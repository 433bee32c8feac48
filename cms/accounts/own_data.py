"""What the platform keeps of somebody, for that person: every row that points at the account, whatever its table.

The tables are found by their foreign keys, so that one that is added later comes along by itself; those that only
another table leads to are named.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, Model
from django.utils import timezone

from cms.models import User

SECRET = {
    "password",
    "key",
    "key_hash",
    "prefix",
    "forum_integration.EarlierText.reason",
    "forum_integration.PersonalMessage.is_read",
}
"""Fields of any table or, with its name, of one: what opens something, and what moderators or the other keep to
themselves."""
CONTENT_OF_THE_SITE = {"wagtailcore.Page", "wagtailcore.Revision"}
"""What an editor made is of the site; that somebody made it stands in Wagtail's log, which does come along."""

OF_OTHERS = {
    ("forum_conversation.Post", "updated_by"),
    ("forum_integration.EarlierText", "changed_by"),
    ("forum_integration.ContactRefusal", "refused"),
    ("pages.Invitation", "invited_by"),
    ("pages.Claim", "decided_by"),
    ("pages.Correction", "decided_by"),
    ("pages.Proposal", "decided_by"),
    ("pages.Submission", "reviewer"),
    ("pages.LifecycleAct", "undone_by"),
}
"""Rows in which somebody touched what another wrote, or another decided about somebody: these are the other's."""

BEYOND = {
    "forum_integration.TopicDetails": "topic__poster",
    "forum_integration.Idea": "topic__poster",
    "forum_integration.EarlierText": "post__poster",
    "forum_integration.Withheld": "post__poster",
    "forum_integration.UnsentFile": "topic__owner",
    "forum_polls.TopicPoll": "topic__poster",
    "forum_polls.TopicPollOption": "poll__topic__poster",
}
"""What is somebody's by way of another table: the path to the account, by table."""


def of(user: User) -> dict[str, Any]:
    """All of it, in values that JSON knows."""
    return {
        "gemaakt_op": timezone.now(),
        "account": _row(user),
        "gegevens": [part for model, path in paths() if (part := _part(user, model, path))["rijen"]],
    }


def paths() -> Iterator[tuple[type[Model], str]]:
    """Every table that holds something of an account, with the path to that account."""
    for relation in relations():
        if (relation.related_model._meta.label, relation.field.name) not in OF_OTHERS:
            yield relation.related_model, relation.field.name
    for label, path in BEYOND.items():
        yield apps.get_model(label), path


def relations() -> Iterator[Any]:
    """Every foreign key to an account, also those that accounts know nothing of."""
    for relation in User._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not relation.many_to_many:
            model = relation.related_model
            if isinstance(model, type) and model._meta.label not in CONTENT_OF_THE_SITE:
                yield relation


def _part(user: User, model: type[Model], path: str) -> dict[str, Any]:
    rows = model._base_manager.filter(**{path: user}).order_by("pk")
    return {
        "soort": str(model._meta.verbose_name_plural),
        "tabel": model._meta.label,
        "jij_bent": path,
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
    return not SECRET & {field.name, str(field)} and not field.name.startswith("_") and field.related_model is not User


def _value(thing: Model, field: Field[Any, Any]) -> Any:
    """A number that points elsewhere says nothing: beside it stands what is there."""
    value = field.value_from_object(thing)
    if field.is_relation and value is not None:
        return {"nummer": value, "naam": str(getattr(thing, field.name))}
    return value if isinstance(value, bool | int | dict | list | None) else field.value_to_string(thing)
