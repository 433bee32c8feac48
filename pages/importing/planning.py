"""The dry run: what carrying out a spreadsheet would do to each entry, and nothing done yet."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from wagtail.models import Page

from cms.models import User
from pages.importing.columns import EMPTY, KEY, NAME, Column, columns_of
from pages.importing.reading import Row, UnreadableError, headings_of
from pages.models import EntryPage

MOST_TO_DO = 100
"""Each costs some fifty queries, and all are done while nobody else can change these entries."""

OF_THE_TREE = {"path", "depth", "numchild", "url_path", "draft_title", "content_type", "locale", "translation_key"}


class Fate(StrEnum):
    NEW = "nieuw"
    CHANGED = "gewijzigd"
    UNCHANGED = "gelijk"
    REFUSED = "geweigerd"


@dataclass(frozen=True, slots=True)
class Change:
    """One field: what it says now and what it would say, as text."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class Step:
    """What becomes of one row; ``page`` is the entry as it would be, not saved."""

    row: int
    name: str
    fate: Fate = Fate.UNCHANGED
    page: Any = None
    version: int | None = None
    """Of an entry that is there: the revision that this was compared with."""

    publishes: bool = False
    changes: list[Change] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    def refuse(self, *reasons: str) -> None:
        self.fate, self.reasons = Fate.REFUSED, [*self.reasons, *reasons]


@dataclass(frozen=True, slots=True)
class Plan:
    steps: list[Step]

    def of(self, fate: Fate) -> list[Step]:
        return [step for step in self.steps if step.fate == fate]

    @property
    def to_do(self) -> list[Step]:
        return [step for step in self.steps if step.fate in (Fate.NEW, Fate.CHANGED)]

    @property
    def fingerprint(self) -> str:
        """The same for two plans that would do the same to the same versions of the same entries."""
        told = [
            [step.row, step.fate, step.page and step.page.pk, step.version, step.publishes]
            + [[change.label, change.before, change.after] for change in step.changes]
            for step in self.to_do
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def plan(rows: Sequence[Row], *, index: Any, by: User, publish: bool) -> Plan:
    """What these rows would do to the entries below ``index``. Raises UnreadableError when the columns are wrong."""
    model = index.entry_model()
    columns = {column.heading: column for column in columns_of(model)}
    _check_headings(headings_of(rows), columns)
    present = _Present(model, index)
    may_add = index.permissions_for_user(by).can_add_subpage()
    steps: list[Step] = []
    seen: dict[str, int] = {}
    for row in rows:
        step = _step(row, columns, present, by=by, publish=publish, may_add=may_add, model=model)
        if step.page is not None and (first := seen.setdefault(step.page.slug, row.number)) != row.number:
            step.refuse(f"Deze vermelding staat al op rij {first}.")
        steps.append(step)
    made = Plan(steps)
    if len(made.to_do) > MOST_TO_DO:
        raise UnreadableError(
            f"Dit bestand verandert {len(made.to_do)} vermeldingen; {MOST_TO_DO} tegelijk is het meeste. Verdeel het."
        )
    return made


def _check_headings(headings: Sequence[str], columns: Mapping[str, Column]) -> None:
    wanted = [column.heading for column in columns.values() if column.field == NAME]
    if missing := [heading for heading in wanted if heading not in headings]:
        raise UnreadableError(f"Er ontbreekt een kolom met het kopje: {', '.join(missing)}.")
    if unknown := [heading for heading in headings if heading not in columns]:
        raise UnreadableError(
            f"Deze kopjes kennen we niet: {', '.join(unknown)}. Verander ze zoals in het voorbeeld, of haal ze weg."
        )


class _Present:
    """The entries that are there, to be found by slug or name."""

    def __init__(self, model: Any, index: Page) -> None:
        entries = model.objects.child_of(index).select_related("latest_revision", "organisation", "criterion")
        self._all = list(entries.prefetch_related("subjects", "sectors", "regions"))
        self._by_slug = {entry.slug: entry for entry in self._all}

    def find(self, slug: str, name: str) -> Any:
        """The newest version of an entry: by its slug when the row gives one, or else by its name."""
        if slug:
            return self._by_slug.get(slug)
        word = name.casefold()
        named = [entry for entry in self._all if word in (entry.title.casefold(), entry.draft_title.casefold())]
        if len(named) > 1:
            raise ValidationError(f"Er zijn {len(named)} vermeldingen met deze naam. Vul ook de slug in.")
        return named[0] if named else self._by_slug.get(slugify(name))


def _step(
    row: Row, columns: Mapping[str, Column], present: _Present, *, by: User, publish: bool, may_add: bool, model: Any
) -> Step:
    by_field = {columns[heading].field: text for heading, text in row.cells.items()}
    step = Step(row.number, by_field.get(NAME, ""))
    if row.faults:
        step.refuse(*row.faults)
        return step
    try:
        found = present.find(by_field.get(KEY, ""), step.name)
    except ValidationError as error:
        step.refuse(*error.messages)
        return step
    if found is None and not step.name:
        step.refuse("Titel: vul in hoe de vermelding heet.")
        return step
    if found is None:
        _plan_new(step, model, may_add)
    else:
        _plan_change(step, found, by, publish)
    if step.page is not None and step.fate != Fate.REFUSED:
        _fill_in(step, [(columns[heading], text) for heading, text in row.cells.items()])
    return step


def _plan_new(step: Step, model: Any, may_add: bool) -> None:
    if not may_add:
        step.refuse("Je mag hier geen vermeldingen maken.")
        return
    step.fate, step.page = Fate.NEW, model(live=False, slug=slugify(step.name))


def _plan_change(step: Step, found: Any, by: User, publish: bool) -> None:
    rights = found.permissions_for_user(by)
    if not rights.can_edit():
        step.refuse("Je mag deze vermelding niet veranderen.")
    elif rights.page_locked():
        step.refuse("Deze vermelding is op slot.")
    elif found.workflow_in_progress:
        step.refuse("Voor deze vermelding ligt een tekst na te kijken. Beslis daar eerst over.")
    else:
        step.page = found.get_latest_revision_as_object() if found.has_unpublished_changes else found
        step.version = found.latest_revision_id
        step.name = step.name or found.title
        step.publishes = publish and found.live and not found.has_unpublished_changes and rights.can_publish()


def _fill_in(step: Step, given: Sequence[tuple[Column, str]]) -> None:
    """Put what the row says into the page. An empty cell leaves a field as it is."""
    page, is_new = step.page, step.fate == Fate.NEW
    for column, text in given:
        if not text or (column.field == KEY and not is_new):
            continue
        try:
            after = column.read("" if text.casefold() == EMPTY else text)
        except ValidationError as error:
            step.refuse(*(f"{column.heading.capitalize()}: {message}" for message in error.messages))
            continue
        if column.is_required and not after:
            step.refuse(f"{column.heading.capitalize()}: dit kan niet leeg zijn.")
        before_text, after_text = "" if is_new else column.text_of(page), column.shown(after)
        if before_text != after_text:
            step.changes.append(Change(column.heading.capitalize(), before_text, after_text))
            setattr(page, column.field, after)
    if step.fate == Fate.REFUSED:
        return
    if is_new and not page.kind and not page._meta.get_field("kind").blank:
        step.refuse("Soort: vul in wat het is.")
    if not is_new:
        step.fate = Fate.CHANGED if step.changes else Fate.UNCHANGED
    if step.fate in (Fate.NEW, Fate.CHANGED):
        _check(step)


def _check(step: Step) -> None:
    """What the page's own rules say; a draft may do without what a page on the site needs."""
    try:
        if step.publishes:
            step.page.full_clean()
        else:
            step.page.clean_fields(exclude=_not_filled_in(step.page))
            step.page.clean()
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            label = step.page._meta.get_field(name).verbose_name if name in _fields_of(step.page) else ""
            step.refuse(*(f"{str(label).capitalize()}: {message}".removeprefix(": ") for message in messages))


def _fields_of(page: EntryPage) -> set[str]:
    return {found.name for found in page._meta.get_fields()}


def _not_filled_in(page: EntryPage) -> set[str]:
    empty = {one.name for one in page._meta.fields if not getattr(page, one.attname) and one.name not in (NAME, "kind")}
    return OF_THE_TREE | empty
