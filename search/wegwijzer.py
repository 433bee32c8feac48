"""The Wegwijzer: how many things of each category there are about each subject, counted in the database."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Expression, QuerySet, Value, When
from wagtail.models import Page

from cms.categories import Category
from cms.doors import counted
from cms.memory import remembered
from cms.models import Subject, SubjectTerm
from forum_integration.models import TopicDetails
from forum_integration.topics import Topic, public_topics
from pages.models import (
    ActivityPage,
    ArticlePage,
    CardPage,
    EntryPage,
    NetworkPage,
    PartnershipPage,
    ResearchGroupPage,
    ResourcePage,
)
from pages.querysets import open_to_everyone

ENTRY_MODELS = {
    Category.NETWORKS: NetworkPage,
    Category.PARTNERSHIPS: PartnershipPage,
    Category.RESEARCH_GROUPS: ResearchGroupPage,
}
KNOWLEDGE_MODELS = (ArticlePage, CardPage, ResourcePage, ActivityPage)


@dataclass(frozen=True, slots=True)
class SubjectText:
    """What a visitor reads of a subject itself."""

    pk: int
    slug: str
    name: str
    url: str
    is_core: bool
    scope: str
    intro: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Cell:
    """How much there is about one subject in one category."""

    subject: SubjectText
    category: Category
    count: int
    url: str
    noun: str
    """What the number counts, such as ``netwerken``."""


@dataclass(frozen=True, slots=True)
class Row:
    subject: SubjectText
    cells: tuple[Cell, ...]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.count]

    def among(self, categories: Sequence[Category]) -> "Row":
        """The same row with fewer columns."""
        return Row(self.subject, tuple(cell for cell in self.cells if cell.category in categories))


@remembered
def all_rows() -> tuple[Row, ...]:
    """One row per subject in the order of the list, one cell per category."""
    counts = _counts_by_subject()
    return tuple(
        Row(subject, tuple(_cell(subject, category, counts[subject.pk][category]) for category in Category))
        for subject in map(_text, Subject.objects.all())
    )


def row_of(slug: str) -> Row | None:
    """The row of the subject with this address, if there is one."""
    return next((row for row in all_rows() if row.subject.slug == slug), None)


@remembered
def other_words_for(subject: SubjectText) -> tuple[str, ...]:
    """What else people call it."""
    terms = SubjectTerm.objects.filter(subject=subject.pk, meaning=SubjectTerm.Meaning.SAME)
    return tuple(terms.values_list("term", flat=True))


def open_pages() -> QuerySet[Page]:
    """Pages that a visitor may open."""
    pages: QuerySet[Page] = Page.objects.live().filter(open_to_everyone())
    return pages


def open_topics() -> QuerySet[Topic]:
    """Topics that a visitor may open, those with the last reply first."""
    return public_topics().prefetch_related(None).order_by("-last_post_on")


def _text(subject: Subject) -> SubjectText:
    return SubjectText(
        pk=subject.pk,
        slug=subject.slug,
        name=subject.name,
        url=subject.get_absolute_url(),
        is_core=subject.tier == Subject.Tier.CORE,
        scope=subject.scope,
        intro=subject.intro,
    )


def _cell(subject: SubjectText, category: Category, count: int) -> Cell:
    noun = counted(count, category).partition(" ")[2]
    return Cell(subject, category, count, f"{subject.url}?categorie={category.value}", noun)


def _counts_by_subject() -> Mapping[int, Mapping[Category, int]]:
    """Per subject (primary key) and category how many things a list of both shows; one query for all."""
    pages = open_pages()
    active = EntryPage.objects.active().filter(pk__in=pages)
    types = ContentType.objects.get_for_models(*ENTRY_MODELS.values())
    category_of_entry = Case(
        *(
            When(entrypage__content_type=types[model], then=Value(category.value))
            for category, model in ENTRY_MODELS.items()
        )
    )
    topics = open_topics().order_by().values("pk")
    parts = [
        _counted(EntryPage.subjects.through.objects.filter(entrypage__in=active), category_of_entry),
        _counted(TopicDetails.subjects.through.objects.filter(topicdetails__in=topics), Value(Category.FORUM.value)),
    ]
    for model in KNOWLEDGE_MODELS:
        labelled = model.subjects.through.objects.filter(**{f"{model._meta.model_name}__in": pages})
        parts.append(_counted(labelled, Value(Category.KNOWLEDGE.value)))
    counts: dict[int, dict[Category, int]] = defaultdict(lambda: defaultdict(int))
    for subject_id, category, number in parts[0].union(*parts[1:], all=True):
        counts[subject_id][Category(category)] += number
    return counts


def _counted(labels: QuerySet[Any], category: Expression) -> QuerySet[Any]:
    return labels.order_by().values_list("subject_id", category).annotate(Count("pk"))
