"""Which documents a change reaches: the thing itself, and what carries its name or its label."""

from collections.abc import Iterable, Iterator
from functools import singledispatch
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, PageViewRestriction

from cms.models import Organisation, Region, Sector, Subject, SubjectTerm, User
from forum_integration.models import TopicDetails
from forum_integration.topics import Topic
from pages.models import ActivityPage, EntryPage, ResourcePage
from search import sources
from search.documents import document_id
from search.succession import successor_ids


@singledispatch
def reached_by(thing: Model) -> Iterable[str]:
    """The ids of all documents that a change of ``thing`` may alter."""
    source = sources.BY_MODEL.get(type(thing))
    return [document_id(source.kind, thing.pk)] if source else []


@reached_by.register
def _(entry: EntryPage) -> Iterator[str]:
    yield from _ids_of_pages(_with_dependents({entry.pk}))


@reached_by.register
def _(restriction: PageViewRestriction) -> Iterator[str]:
    yield from branch(restriction.page)


@reached_by.register
def _(organisation: Organisation) -> Iterator[str]:
    yield from _ids(Organisation, pk=organisation.pk)
    yield from _ids(Organisation, part_of=organisation)
    for model, field in ((EntryPage, "organisation"), (ResourcePage, "organisation"), (ActivityPage, "organiser")):
        yield from _ids(model, **{field: organisation})
        yield from _ids(model, **{f"{field}__part_of": organisation})


@reached_by.register(Subject)
@reached_by.register(Sector)
@reached_by.register(Region)
def _(label: Subject | Sector | Region) -> Iterator[str]:
    """Itself when it can be found, and all that is labelled with it."""
    if isinstance(label, Subject):
        yield document_id(sources.BY_MODEL[Subject].kind, label.pk)
    for name in ("subjects", "sectors"):
        if TopicDetails._meta.get_field(name).related_model is type(label):
            yield from _ids(Topic, **{f"details__{name}": label.pk})
    for source in sources.SOURCES:
        for field in source.model._meta.many_to_many:
            if field.related_model is type(label):
                yield from _ids(source.model, **{field.name: label.pk})


@reached_by.register
def _(user: User) -> Iterator[str]:
    """A topic is found by the name of who started it."""
    yield from _ids(Topic, poster=user)


@reached_by.register
def _(term: SubjectTerm) -> Iterator[str]:
    yield document_id(sources.BY_MODEL[Subject].kind, term.subject_id)


def branch(page: Page) -> Iterator[str]:
    """A page and all below it, which share its address and its privacy, and what else carries their names."""
    pages = set(Page.objects.descendant_of(page, inclusive=True).values_list("pk", flat=True))
    yield from _ids_of_pages(_with_dependents(pages))


def _with_dependents(pks: set[int]) -> set[int]:
    """An entry's successors are found by its name, what it offers or organises by the name of who does so."""
    offered = ResourcePage.objects.filter(provider_entry__in=pks).values_list("pk", flat=True)
    organised = ActivityPage.objects.filter(organiser_entry__in=pks).values_list("pk", flat=True)
    return pks.union(successor_ids(pks), offered, organised)


def _ids(model: type[Model], **lookup: Any) -> Iterator[str]:
    found = model._default_manager.filter(**lookup).values_list("pk", flat=True)
    if issubclass(model, Page):
        yield from _ids_of_pages(found)
    else:
        yield from (document_id(sources.BY_MODEL[model].kind, pk) for pk in found)


def _ids_of_pages(pks: Iterable[int]) -> Iterator[str]:
    for pk, type_id in Page.objects.filter(pk__in=pks).values_list("pk", "content_type"):
        model = ContentType.objects.get_for_id(type_id).model_class()
        if model and (source := sources.BY_MODEL.get(model)):
            yield document_id(source.kind, pk)
