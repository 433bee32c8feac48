"""The addresses elsewhere that pages lead to, for the link radar: in fields, in lines of links and inside texts."""

import json
from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, TaskState

from cms.link_radar.sources import Use
from cms.link_radar.texts import addresses_in, replaced
from cms.models import User

name = "pagina"
BATCH = 100


def uses() -> Iterator[Use]:
    for page in Page.objects.live().order_by("pk").specific().iterator(chunk_size=BATCH):
        edit_path = reverse("wagtailadmin_pages:edit", args=[page.pk])
        for field, url in _addresses(page):
            yield Use(url, page.pk, page.title, field, edit_path)


@transaction.atomic
def replace(old: str, new: str, thing: int, *, by: User) -> bool:
    """In what visitors read and in the draft, if there is one; that stays a draft, also one that waits for an editor.

    Raises PublishPagePermissionError for who may not publish the page.
    """
    found = Page.objects.select_for_update(of=("self",)).filter(pk=thing, live=True, alias_of=None).first()
    if found is None:
        return False
    page = found.specific
    if not page.has_unpublished_changes:
        if is_changed := _put(page, old, new):
            page.save_revision(user=by, log_action=True, clean=False).publish(user=by)
        return is_changed
    draft = page.get_latest_revision()
    is_changed = _put(page, old, new)
    if is_changed:
        page.live_revision = page.save_revision(user=by, log_action=True, clean=False)
        page.save(clean=False)
    waiting = draft.as_object()
    if _put(waiting, old, new) or is_changed:
        revision = waiting.save_revision(user=by, log_action=True, clean=False)
        if workflow := waiting.current_workflow_state:
            tasks = TaskState.objects.filter(workflow_state=workflow, status=TaskState.STATUS_IN_PROGRESS)
            tasks.update(revision=revision)
    return is_changed


def _addresses(page: Page) -> Iterator[tuple[str, str]]:
    """Each address with the name of the field that it stands in."""
    for field in page._meta.get_fields():
        if isinstance(field, models.URLField) and (url := getattr(page, field.name)):
            yield str(field.verbose_name), url
        elif isinstance(field, RichTextField | StreamField):
            for url in addresses_in(_raw(page, field)):
                yield str(field.verbose_name), url
    for line in _lines(page):
        for field in _url_fields(line):
            if url := getattr(line, field.name):
                yield str(line), url


def _put(page: Page, old: str, new: str) -> bool:
    """Change every address of a page in memory; whether any was."""
    is_changed = False
    for field in page._meta.get_fields():
        if isinstance(field, models.URLField) and getattr(page, field.name) == old:
            setattr(page, field.name, new)
            is_changed = True
        elif isinstance(field, RichTextField | StreamField):
            raw = _raw(page, field)
            if (text := replaced(raw, old, new)) != raw:
                setattr(page, field.name, text if isinstance(field, RichTextField) else json.dumps(text))
                is_changed = True
    for relation in get_all_child_relations(page):
        if not _url_fields(relation.related_model):
            continue
        lines = list(getattr(page, relation.get_accessor_name()).all())
        changed = [line for line in lines if _put_in_line(line, old, new)]
        if changed:
            setattr(page, relation.get_accessor_name(), lines)
            is_changed = True
    return is_changed


def _put_in_line(line: models.Model, old: str, new: str) -> bool:
    fields = [field.name for field in _url_fields(line) if getattr(line, field.name) == old]
    for field in fields:
        setattr(line, field, new)
    return bool(fields)


def _lines(page: Page) -> Iterator[models.Model]:
    """What stands below the page in tables of its own: its links, its people, its literature."""
    for relation in get_all_child_relations(page):
        if _url_fields(relation.related_model):
            yield from getattr(page, relation.get_accessor_name()).all()


def _url_fields(model: Any) -> list[models.URLField[Any, Any]]:
    return [field for field in model._meta.get_fields() if isinstance(field, models.URLField)]


def _raw(page: Page, field: Any) -> Any:
    value = getattr(page, field.name)
    return list(value.raw_data) if isinstance(field, StreamField) else value
