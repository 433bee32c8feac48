"""The one place that turns what the site holds into search documents.

A source says of one model which things an anonymous visitor may open, and what each can be found by; search/reader.py
reads through all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date as Date
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.html import escape
from django.utils.text import Truncator
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from cms.categories import Category, Kind
from cms.models import Organisation, Subject, SubjectTerm
from forum_integration import topics
from forum_integration.topics import Topic
from pages.models import (
    ActivityIndexPage,
    ActivityPage,
    ArticlePage,
    CardIndexPage,
    CardPage,
    EntryPage,
    EntryPerson,
    ForumPage,
    KnowledgeIndexPage,
    NetworkIndexPage,
    NetworkPage,
    PartnershipIndexPage,
    PartnershipPage,
    ResearchGroupIndexPage,
    ResearchGroupPage,
    ResourcePage,
    StandardPage,
)
from search.documents import SearchDocument, Status, document_id
from search.results import Hit
from search.succession import names_of_predecessors

WORDS_IN_A_LIST = 40


class Source:
    """The things of one model, as they are found; ``summary`` and ``date`` are what a list shows of them."""

    model: type[Model]
    kind: Kind
    category: Category | None = None
    related: Mapping[str, tuple[str, ...]] = {}
    """By relation the columns that ``details`` reads of what belongs to a thing, from its ``related_rows``."""

    def visible(self) -> QuerySet[Any]:
        """What an anonymous visitor may open."""
        raise NotImplementedError

    def load(self, pks: Iterable[int]) -> Sequence[Any]:
        """The visible ones among these, with all that ``document`` reads, in a fixed number of queries."""
        things = list(self.with_parents(self.visible().filter(pk__in=list(pks))))
        loaded = [thing.pk for thing in things]
        rows = {relation: rows_of(self.model, loaded, relation, names) for relation, names in self.related.items()}
        for thing in things:
            thing.related_rows = {relation: found[thing.pk] for relation, found in rows.items()}
        return things

    def with_parents(self, things: QuerySet[Any]) -> QuerySet[Any]:
        """These things, with what they point to that ``document`` reads."""
        return things

    def title(self, thing: Any) -> str:
        return str(thing)

    def url(self, thing: Any) -> str:
        return str(thing.get_absolute_url())

    def summary(self, thing: Any) -> str:
        raise NotImplementedError

    def excerpt(self, thing: Any) -> str:
        """What a list that the database made says under the title."""
        return Truncator(self.summary(thing)).words(WORDS_IN_A_LIST)

    def date(self, thing: Any) -> Date | None:
        return None

    def details(self, thing: Any) -> dict[str, Any]:
        """The other fields of the document."""
        return {}

    def document(self, thing: Any) -> SearchDocument:
        return SearchDocument(
            id=document_id(self.kind, thing.pk),
            kind=self.kind.value,
            category=self.category.value if self.category else None,
            title=self.title(thing),
            url=self.url(thing),
            summary=self.summary(thing),
            date=self.date(thing),
            **self.details(thing),
        )

    def hit(self, thing: Any) -> Hit:
        """The thing as a line of a list that the database made."""
        return Hit(
            id=document_id(self.kind, thing.pk),
            kind=self.kind.value,
            category=self.category.value if self.category else None,
            title=self.title(thing),
            url=self.url(thing),
            fragment=escape(self.excerpt(thing)),
            date=self.date(thing),
        )


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


class TopicSource(Source):
    model = Topic
    kind = Kind.TOPIC
    category = Category.FORUM
    related = {
        "details__subjects": ("slug",),
        "details__sectors": ("slug", "name"),
        "poll": ("question",),
        "poll__options": ("text",),
    }

    def visible(self) -> QuerySet[Topic]:
        return topics.public_topics()

    def title(self, thing: Topic) -> str:
        return str(thing.subject)

    def url(self, thing: Topic) -> str:
        return topics.topic_url(thing)

    def summary(self, thing: Topic) -> str:
        return topics.text_of(thing)[0]

    def date(self, thing: Topic) -> Date | None:
        return thing.last_post_on and thing.last_post_on.date()

    def excerpt(self, thing: Topic) -> str:
        """Nothing: a list of topics does not read their posts."""
        return ""

    def details(self, thing: Topic) -> dict[str, Any]:
        return {
            "labels": some(thing.details.get_kind_display(), *column(thing, "details__sectors", 1)),
            "body": lines(*column(thing, "poll"), *column(thing, "poll__options"), topics.text_of(thing)[1]),
            "subjects": column(thing, "details__subjects"),
            "sectors": column(thing, "details__sectors"),
            "people": some(thing.poster and thing.poster.display_name),
        }


class OrganisationSource(Source):
    model = Organisation
    kind = Kind.ORGANISATION
    related = {"subjects": ("slug",), "sectors": ("slug",)}

    def visible(self) -> QuerySet[Organisation]:
        return Organisation.objects.filter(is_public=True)

    def with_parents(self, things: QuerySet[Any]) -> QuerySet[Any]:
        return things.select_related("part_of")

    def summary(self, thing: Organisation) -> str:
        return thing.description

    def details(self, thing: Organisation) -> dict[str, Any]:
        return {
            "names": some(thing.abbreviation),
            "labels": some(self.kind.label, thing.get_kind_display()),
            "organisations": names_of(thing.part_of),
            "subjects": column(thing, "subjects"),
            "sectors": column(thing, "sectors"),
        }


class SubjectSource(Source):
    model = Subject
    kind = Kind.SUBJECT
    related = {"terms": ("meaning", "term")}

    def visible(self) -> QuerySet[Subject]:
        return Subject.objects.all()

    def summary(self, thing: Subject) -> str:
        return thing.scope

    def details(self, thing: Subject) -> dict[str, Any]:
        terms = defaultdict(list)
        for meaning, term in thing.related_rows["terms"]:
            terms[meaning].append(term)
        return {
            "names": tuple(terms[SubjectTerm.Meaning.SAME]),
            "excluded_terms": tuple(terms[SubjectTerm.Meaning.OTHER]),
            "labels": (self.kind.label,),
            "body": get_text_for_indexing(thing.intro),
            "subjects": (thing.slug,),
        }


SOURCES: list[Source] = [
    EntrySource(NetworkPage),
    EntrySource(PartnershipPage),
    EntrySource(ResearchGroupPage),
    ResourceSource(ResourcePage),
    ArticleSource(ArticlePage),
    CardSource(CardPage),
    ActivitySource(ActivityPage),
    SitePageSource(StandardPage),
    SitePageSource(KnowledgeIndexPage),
    SitePageSource(CardIndexPage),
    SitePageSource(ActivityIndexPage),
    SitePageSource(ForumPage, "summary"),
    SitePageSource(NetworkIndexPage, "summary"),
    SitePageSource(PartnershipIndexPage, "summary"),
    SitePageSource(ResearchGroupIndexPage, "summary"),
    TopicSource(),
    OrganisationSource(),
    SubjectSource(),
]
BY_MODEL = {source.model: source for source in SOURCES}
BY_KIND: dict[str, list[Source]] = {}
for _source in SOURCES:
    BY_KIND.setdefault(_source.kind.value, []).append(_source)


def some(*values: str | bool | None) -> tuple[str, ...]:
    return tuple(str(value) for value in values if value)


def lines(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def rows_of(
    model: type[Model], pks: Sequence[int], relation: str, columns: Sequence[str]
) -> Mapping[int, list[tuple[Any, ...]]]:
    """Per primary key what belongs to the thing, in its own order; one query, and no objects made for it."""
    rows = model._base_manager.filter(**{"pk__in": pks, f"{relation}__isnull": False}).order_by(relation)
    found = defaultdict(list)
    for pk, *values in rows.values_list("pk", *(f"{relation}__{name}" for name in columns)):
        found[pk].append(tuple(values))
    return found


def column(thing: Any, relation: str, place: int = 0) -> tuple[str, ...]:
    """One column of what belongs to a thing that was loaded."""
    return tuple(row[place] for row in thing.related_rows[relation])


def names_of(organisation: Organisation | None) -> tuple[str, ...]:
    """What people call an institution: name, abbreviation, and the name of what it belongs to."""
    if organisation is None:
        return ()
    parent = organisation.part_of
    return some(organisation.name, organisation.abbreviation, parent and parent.name)


def entry_names(entry: EntryPage | None) -> tuple[str, ...]:
    return some(entry.title, entry.abbreviation) if entry else ()


def words(page: Page, name: str) -> list[str]:
    """The words in a field with rich text or blocks."""
    found: list[str] = page._meta.get_field(name).get_searchable_content(getattr(page, name))
    return found
