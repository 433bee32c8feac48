"""Reading fixtures/*.yaml: each record is checked against its shape; a wrong one is named by file, slug and field."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from types import UnionType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

import yaml
from django.core.exceptions import ValidationError
from django.db import models

from cms.environment import BASE_DIR

FOLDER = BASE_DIR / "fixtures"


class FixtureError(Exception):
    """Something is wrong with a record; the message says where and what."""

    def __init__(self, file: str, record: str, field: str, problem: str) -> None:
        place = ", ".join(part for part in (f"fixtures/{file}", record and f"record {record!r}", field) if part)
        super().__init__(f"{place}: {problem}")


class UnknownSlugError(Exception):
    """A record names something that does not exist."""

    def __init__(self, field: str, slug: str, what: str) -> None:
        super().__init__(f"there is no {what} {slug!r}")
        self.field = field


class WrongValueError(Exception):
    def __init__(self, field: str, problem: str) -> None:
        super().__init__(problem)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Record:
    """What the records of all files have; each file has a subclass that spells out its shape."""

    slug: str


R = TypeVar("R", bound=Record)


class Fixture(Generic[R]):
    """One list of records: a file, or a section of a file."""

    def __init__(self, file: str, shape: type[R], section: str = "") -> None:
        self.file = file
        self.shape = shape
        self.section = section

    @cached_property
    def records(self) -> list[R]:
        found: dict[str, R] = {}
        for number, values in enumerate(self._content(), start=1):
            slug = values.get("slug") if isinstance(values, dict) else None
            try:
                record = build(self.shape, values)
            except WrongValueError as error:
                raise FixtureError(self.file, str(slug or number), error.field, str(error)) from None
            if record.slug in found:
                raise FixtureError(self.file, record.slug, "slug", "occurs twice in this file")
            found[record.slug] = record
        return list(found.values())

    def _content(self) -> list[Any]:
        content = read_yaml(self.file)
        if self.section:
            content = content.get(self.section) if isinstance(content, dict) else None
        if not isinstance(content, list):
            raise FixtureError(self.file, "", self.section, "expected a list of records")
        return content

    def __iter__(self) -> Iterator[R]:
        return iter(self.records)

    def __contains__(self, slug: object) -> bool:
        return any(record.slug == slug for record in self.records)

    def parents_first(self, field: str) -> list[R]:
        """All records, each after the one of this file that its ``field`` names."""
        by_slug = {record.slug: record for record in self}
        before = {
            slug: [other] if (other := getattr(record, field)) in by_slug else [] for slug, record in by_slug.items()
        }
        try:
            return [by_slug[slug] for slug in TopologicalSorter(before).static_order()]
        except CycleError as error:
            raise FixtureError(self.file, error.args[1][0], field, "leads back to the record itself") from None

    @contextmanager
    def naming(self, record: R) -> Iterator[None]:
        """Any problem inside is reported with this file and record."""
        try:
            yield
        except (UnknownSlugError, WrongValueError) as error:
            raise FixtureError(self.file, record.slug, error.field, str(error)) from error
        except ValidationError as error:
            problems = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            field, messages = next(iter(problems.items()))
            raise FixtureError(self.file, record.slug, field, " ".join(messages)) from error


def read_yaml(file: str) -> Any:
    try:
        return yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise FixtureError(file, "", "", f"cannot be read: {error}") from error


def build(shape: type[Any], values: Any, path: str = "") -> Any:
    """An instance of the dataclass ``shape``; raises WrongValueError for a field that is unknown, missing or wrong."""
    if not isinstance(values, dict):
        raise WrongValueError(path, f"expected fields and values, not {values!r}")
    hints = get_type_hints(shape)
    prefix = f"{path}." if path else ""
    if unknown := values.keys() - hints.keys():
        raise WrongValueError(f"{prefix}{min(map(str, unknown))}", "is not a field of this record")
    for field in fields(shape):
        if field.name not in values and field.default is MISSING and field.default_factory is MISSING:
            raise WrongValueError(f"{prefix}{field.name}", "is missing")
    return shape(**{name: _value(hints[name], value, f"{prefix}{name}") for name, value in values.items()})


def _value(hint: Any, value: Any, path: str) -> Any:
    origin = get_origin(hint)
    if origin is UnionType:
        hint = next(option for option in get_args(hint) if option is not type(None))
        return None if value is None else _value(hint, value, path)
    if origin is list:
        if not isinstance(value, list):
            raise WrongValueError(path, f"expected a list, not {value!r}")
        return [_value(get_args(hint)[0], item, path) for item in value]
    if is_dataclass(hint) and isinstance(hint, type):
        return build(hint, value, path)
    if issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError:
            known = ", ".join(str(option.value) for option in hint)
            raise WrongValueError(path, f"{value!r} is none of {known}") from None
    if type(value) is not hint:
        raise WrongValueError(path, f"expected {hint.__name__}, not {value!r}")
    return value


M = TypeVar("M", bound=models.Model)


def referred(model: type[M], slug: str | None, field: str) -> M | None:
    """The object with this slug; raises UnknownSlugError, naming ``field``, when there is none."""
    return referred_list(model, [slug], field)[0] if slug else None


def referred_list(model: type[M], slugs: Iterable[str], field: str) -> list[M]:
    """The objects with these slugs, in that order."""
    wanted = list(slugs)
    objects: models.Manager[Any] = model._default_manager
    found = {thing.slug: thing for thing in objects.filter(slug__in=wanted)} if wanted else {}
    for slug in wanted:
        if slug not in found:
            raise UnknownSlugError(field, slug, str(model._meta.verbose_name))
    return [found[slug] for slug in wanted]
