"""Pages as they are found: entries, knowledge, activities, and pages about the site itself."""

from collections.abc import Iterable, Sequence
from datetime import date as Date
from typing import Any

from django.db.models import Prefetch, QuerySet
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from cms.categories import Kind
from pages.models import ActivityPage, EntryPage, EntryPerson, ResourcePage
from search.documents import Status
from search.sources.base import Source, column, lines, names_of, some
from search.succession import names_of_predecessors


class PageSource(Source):
    """A page type that names its own kind and category."""

    model: Any
    kind: Any = None
    summary_field: str

    def __init__(self, model: Any) -> None:
        self.model = model
        self.kind = getattr(model, "search_kind", self.kind)
        self.category = getattr(model, "category", None)

    def visible(self) -> QuerySet[Any]:
        pages: QuerySet[Any] = self.model.objects.live().public()
        return pages

    def title(self, thing: Any) -> str:
        return str(thing.title)

    def url(self, thing: Any) -> str:
        return str(thing.get_url())

    def summary(self, thing: Any) -> str:
        return str(getattr(thing, self.summary_field))

    def date(self, thing: Any) -> Date | None:
        return thing.first_published_at and thing.first_published_at.date()


class EntrySource(PageSource):
    summary_field = "blurb"
    related = {
        "subjects": ("slug",),
        "sectors": ("slug", "name"),
        "regions": ("slug",),
        "names": ("name",),
        "people": ("title", "name", "role"),
    }

    def with_parents(self, things: QuerySet[Any]) -> QuerySet[Any]:
        return things.select_related("organisation__part_of")

    def load(self, pks: Iterable[int]) -> Sequence[Any]:
        entries = super().load(pks)
        predecessors = names_of_predecessors([entry.pk for entry in entries])
        for entry in entries:
            entry.predecessor_names = predecessors[entry.pk]
        return entries

    def details(self, thing: Any) -> dict[str, Any]:
        people = [EntryPerson(title=title, name=name, role=role) for title, name, role in thing.related_rows["people"]]
        return {
            "names": some(thing.abbreviation, *column(thing, "names")),
            "predecessor_names": thing.predecessor_names,
            "labels": some(
                self.kind.label,
                thing.is_overview and "Landelijk overzicht",
                thing.get_kind_display(),
                *dict.fromkeys(person.role for person in people),
                *column(thing, "sectors", 1),
            ),
            "body": lines(
                thing.audience,
                thing.how_to_join,
                thing.offers,
                thing.examples,
                getattr(thing, "aims", ""),
                thing.region_text,
                thing.intended_successor_text,
                *words(thing, "body"),
            ),
            "subjects": column(thing, "subjects"),
            "sectors": column(thing, "sectors"),
            "regions": column(thing, "regions"),
            "organisations": some(
                *names_of(thing.organisation), thing.driving_force, *getattr(thing, "partner_list", [])
            ),
            "people": some(*map(str, people), thing.contact_name),
            "status": Status.ENDED if thing.has_ended else Status.ACTIVE,
        }


class ResourceSource(PageSource):
    summary_field = "description"
    related = {"subjects": ("slug",)}

    def with_parents(self, things: QuerySet[Any]) -> QuerySet[Any]:
        provider = Prefetch("provider_entry", EntryPage.objects.listed())
        return things.select_related("organisation__part_of").prefetch_related(provider)

    def date(self, thing: ResourcePage) -> Date | None:
        return Date(thing.year, 1, 1) if thing.year else None

    def details(self, thing: Any) -> dict[str, Any]:
        return {
            "labels": some(self.kind.label, thing.get_kind_display()),
            "body": thing.source_text,
            "subjects": column(thing, "subjects"),
            "organisations": some(*names_of(thing.organisation), *entry_names(thing.provider_entry)),
            "people": some(thing.authors),
        }


class ArticleSource(PageSource):
    summary_field = "summary"
    related = {"subjects": ("slug",), "sectors": ("slug", "name"), "references": ("authors", "title")}

    def details(self, thing: Any) -> dict[str, Any]:
        literature = [lines(*reference) for reference in thing.related_rows["references"]]
        return {
            "labels": some(self.kind.label, *column(thing, "sectors", 1)),
            "body": lines(*words(thing, "body"), *literature),
            "subjects": column(thing, "subjects"),
            "sectors": column(thing, "sectors"),
        }


class CardSource(PageSource):
    summary_field = "explanation"
    related = {"subjects": ("slug",), "statements": ("text",)}

    def details(self, thing: Any) -> dict[str, Any]:
        return {
            "labels": some(self.kind.label, "Misverstand"),
            "body": lines(thing.opener, *column(thing, "statements"), thing.reflection, thing.session_tip),
            "subjects": column(thing, "subjects"),
        }


class ActivitySource(PageSource):
    summary_field = "description"
    related = {"subjects": ("slug",)}

    def with_parents(self, things: QuerySet[Any]) -> QuerySet[Any]:
        organiser = Prefetch("organiser_entry", EntryPage.objects.listed())
        return things.select_related("organiser__part_of").prefetch_related(organiser)

    def date(self, thing: ActivityPage) -> Date | None:
        return thing.starts_on

    def details(self, thing: Any) -> dict[str, Any]:
        return {
            "labels": some(self.kind.label, thing.get_kind_display()),
            "body": lines(thing.place, thing.participants, thing.date_text),
            "subjects": column(thing, "subjects"),
            "organisations": some(*names_of(thing.organiser), *entry_names(thing.organiser_entry)),
        }


class SitePageSource(PageSource):
    """A page about the site itself, or the page above a list; it belongs to no category."""

    kind = Kind.PAGE

    def __init__(self, model: type[Page], summary_field: str = "intro") -> None:
        super().__init__(model)
        self.category = None
        self.summary_field = summary_field

    def date(self, thing: Any) -> Date | None:
        return None

    def details(self, thing: Any) -> dict[str, Any]:
        texts = [field.name for field in thing._meta.fields if isinstance(field, StreamField | RichTextField)]
        return {"body": lines(*(line for name in texts for line in words(thing, name)))}


def entry_names(entry: EntryPage | None) -> tuple[str, ...]:
    return some(entry.title, entry.abbreviation) if entry else ()


def words(page: Page, name: str) -> list[str]:
    """The words in a field with rich text or blocks."""
    found: list[str] = page._meta.get_field(name).get_searchable_content(getattr(page, name))
    return found
