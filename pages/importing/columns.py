"""The columns that a spreadsheet of entries may have: how each is called, read from a cell and shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from pages.models import EntryPage, PartnershipPage

EMPTY = "(leeg)"
"""What one writes to make a field empty: an empty cell leaves a field as it is."""

BETWEEN = "; "
KEY, NAME = "slug", "title"
FIELDS = [
    *(NAME, KEY, "kind", "abbreviation", "blurb", "audience", "how_to_join", "offers", "examples", "driving_force"),
    *("website", "linkedin_name", "linkedin_url", "newsletter_url", "contact_name", "contact_url"),
    *("organisation", "subjects", "sectors", "regions", "region_text", "stage"),
    *("criterion", "listing_reason", "source", "data_from", "editor_note"),
]
FIELDS_OF_PARTNERSHIPS = ["partners", "aims"]


@dataclass(frozen=True, slots=True)
class Column:
    """``read`` makes a value of a text or raises ValidationError; ``shown`` makes text of what a page has."""

    field: str
    heading: str
    read: Callable[[str], Any]
    shown: Callable[[Any], str]
    is_required: bool

    def value_of(self, page: EntryPage) -> Any:
        value = getattr(page, self.field)
        return list(value.all()) if hasattr(value, "all") else value

    def text_of(self, page: EntryPage) -> str:
        return self.shown(self.value_of(page))


def columns_of(model: type[EntryPage]) -> list[Column]:
    names = FIELDS + (FIELDS_OF_PARTNERSHIPS if model is PartnershipPage else [])
    return [_column(model._meta.get_field(name)) for name in names]


def _column(field: Any) -> Column:
    read: Callable[[str], Any]
    shown: Callable[[Any], str]
    if field.many_to_many:
        read, shown = _labels_reader(field.related_model), _show_labels
    elif field.is_relation:
        read, shown = _relation_reader(field.related_model), _show_text
    elif field.choices:
        read, shown = _choice_reader(field.flatchoices), _choice_shower(dict(field.flatchoices))
    else:
        read, shown = _text_reader(field), _show_text
    heading = str(field.verbose_name).casefold()
    return Column(field.name, heading, read, shown, is_required=not field.blank)


def _show_text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _show_labels(labels: Sequence[Any]) -> str:
    return BETWEEN.join(sorted(str(label) for label in labels))


def _choice_shower(labels: dict[str, str]) -> Callable[[Any], str]:
    return lambda value: str(labels.get(value, value or ""))


def _text_reader(field: Any) -> Callable[[str], Any]:
    is_address = {"assume_scheme": "https"} if isinstance(field, models.URLField) else {}
    form_field = field.formfield(required=False, **is_address)

    def read(text: str) -> Any:
        value = form_field.clean(text) if form_field else text
        return "" if value is None and not field.null else value

    return read


def _choice_reader(choices: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    known = {str(word).casefold(): value for value, label in choices for word in (value, label)}

    def read(text: str) -> str:
        if not text:
            return ""
        if text.casefold() not in known:
            labels = ", ".join(str(label) for _, label in choices)
            raise ValidationError(f"‘{text}’ kennen we niet. Kies uit: {labels}.")
        return known[text.casefold()]

    return read


def _relation_reader(model: type[models.Model]) -> Callable[[str], Any]:
    find = _finder(model)
    return lambda text: find(text) if text else None


def _labels_reader(model: type[models.Model]) -> Callable[[str], list[Any]]:
    find = _finder(model)
    return lambda text: [find(word.strip()) for word in text.replace("\n", ";").split(";") if word.strip()]


def _finder(model: type[models.Model]) -> Callable[[str], Any]:
    """Finds one of a list by its name, abbreviation or slug; the list is read once."""

    @cache
    def known() -> dict[str, Any]:
        things = list(model._default_manager.all())
        names = ("slug", "abbreviation", "name")
        return {getattr(thing, name).casefold(): thing for name in names for thing in things if hasattr(thing, name)}

    def find(word: str) -> Any:
        if word.casefold() not in known():
            raise ValidationError(f"‘{word}’ staat niet in de lijst van {model._meta.verbose_name_plural}.")
        return known()[word.casefold()]

    return find
