"""The addresses elsewhere that organisations and introductions of subjects lead to."""

from collections.abc import Iterator
from typing import Any

from django.db import models, transaction
from django.urls import reverse
from wagtail.log_actions import log

from cms.link_radar.sources import Use
from cms.link_radar.texts import addresses_in, replaced
from cms.models import Organisation, Subject, User


class Organisations:
    name = "organisatie"

    def uses(self) -> Iterator[Use]:
        for organisation in Organisation.objects.filter(is_public=True).prefetch_related("links"):
            path = _edit_path(organisation)
            if organisation.website:
                yield Use(organisation.website, organisation.pk, organisation.name, "website", path)
            for link in organisation.links.all():
                if link.url:
                    yield Use(link.url, organisation.pk, organisation.name, link.title, path)

    @transaction.atomic
    def replace(self, old: str, new: str, thing: int, *, by: User) -> bool:
        number = Organisation.objects.filter(pk=thing, website=old).update(website=new)
        links = Organisation.links.rel.related_model.objects.filter(organisation=thing, url=old)
        return _note(Organisation, thing, number + links.update(url=new), by)


class Subjects:
    name = "onderwerp"

    def uses(self) -> Iterator[Use]:
        for subject in Subject.objects.exclude(intro=""):
            for url in addresses_in(subject.intro):
                yield Use(url, subject.pk, subject.name, "inleiding", _edit_path(subject))

    @transaction.atomic
    def replace(self, old: str, new: str, thing: int, *, by: User) -> bool:
        number = 0
        for subject in Subject.objects.filter(pk=thing).select_for_update():
            if (intro := replaced(subject.intro, old, new)) != subject.intro:
                number += Subject.objects.filter(pk=thing).update(intro=intro)
        return _note(Subject, thing, number, by)


def _edit_path(thing: models.Model) -> str:
    return reverse(f"cms_{thing._meta.model_name}_modeladmin_edit", args=[thing.pk])


def _note(model: type[models.Model], pk: int, number: int, by: User) -> bool:
    """Let the change be known as any other: saved, and in the history of what was changed."""
    if number:
        thing: Any = model._default_manager.get(pk=pk)
        thing.save()
        log(thing, "wagtail.edit", user=by)
    return bool(number)
