"""The Wegwijzer: how many things of each category there are about each subject, counted in the database."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Count, Expression, QuerySet, Value, When
from wagtail.models import Page

from cms.categories import Category
from cms.doors import counted
from cms.models import Subject
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
class Visible:
    """What a visitor may open. Making it reads which forums are closed, so a request makes it once."""

    pages: QuerySet[Page]
    topics: QuerySet[Topic]

    @classmethod
    def now(cls) -> "Visible":
        return cls(
            Page.objects.live().filter(open_to_everyone()),
            public_topics().prefetch_related(None).order_by("-last_post_on"),
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """How much there is about one subject in one category."""

    subject: Subject
    category: Category
    count: int

    @property
    def url(self) -> str:
        return f"{self.subject.get_absolute_url()}?categorie={self.category.value}"

    @property
    def noun(self) -> str:
        """What the number counts, such as ``netwerken``."""
        return counted(self.count, self.category).partition(" ")[2]


@dataclass(frozen=True, slots=True)
class Row:
    subject: Subject
    cells: Sequence[Cell]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.count]


def rows_for(
    subjects: Iterable[Subject], visible: Visible, categories: Sequence[Category] = tuple(Category)
) -> list[Row]:
    """One row per subject, one cell per category, in one query whatever their number."""
    counts = counts_by_subject(visible)
    return [
        Row(subject, [Cell(subject, category, counts[subject.pk].get(category, 0)) for category in categories])
        for subject in subjects
    ]


def counts_by_subject(visible: Visible) -> Mapping[int, Mapping[Category, int]]:
    """Per subject (primary key) and category how many things a list of both shows."""
    active = EntryPage.objects.active().filter(pk__in=visible.pages)
    types = ContentType.objects.get_for_models(*ENTRY_MODELS.values())
    category_of_entry = Case(
        *(
            When(entrypage__content_type=types[model], then=Value(category.value))
            for category, model in ENTRY_MODELS.items()
        )
    )
    topics = visible.topics.order_by().values("pk")
    parts = [
        _counted(EntryPage.subjects.through.objects.filter(entrypage__in=active), category_of_entry),
        _counted(TopicDetails.subjects.through.objects.filter(topicdetails__in=topics), Value(Category.FORUM.value)),
    ]
    for model in KNOWLEDGE_MODELS:
        labelled = model.subjects.through.objects.filter(**{f"{model._meta.model_name}__in": visible.pages})
        parts.append(_counted(labelled, Value(Category.KNOWLEDGE.value)))
    counts: dict[int, dict[Category, int]] = defaultdict(lambda: defaultdict(int))
    for subject_id, category, number in parts[0].union(*parts[1:], all=True):
        counts[subject_id][Category(category)] += number
    return counts


def _counted(labels: QuerySet[Any], category: Expression) -> QuerySet[Any]:
    return labels.order_by().values_list("subject_id", category).annotate(Count("pk"))
