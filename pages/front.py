"""What the home page shows of the pages below it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate
from wagtail.models import Page

from cms import doors
from cms.categories import Category
from cms.doors import Door
from cms.memory import remembered
from pages.models.activities import ActivityPage
from pages.models.entries import ENTRY_MODELS, EntryPage
from pages.querysets import open_to_everyone

COMING_ACTIVITIES = 3
DOORS = [Category.FORUM, Category.NETWORKS, Category.PARTNERSHIPS, Category.RESEARCH_GROUPS]


@remembered
def entry_counts() -> Mapping[Category, int]:
    """How many entries each category lists."""
    rows = EntryPage.objects.listed().active().order_by().values_list("content_type__model").annotate(Count("pk"))
    numbers = dict(rows)
    return MappingProxyType({model.category: numbers.get(model._meta.model_name, 0) for model in ENTRY_MODELS})


def four_doors() -> Sequence[Door]:
    """The category pages that a visitor may open, as doors."""
    texts, numbers = _texts_on_doors(), doors.counts()
    return [
        Door(category, texts[category][0], f"/{category}/", texts[category][1], numbers.get(category, 0))
        for category in DOORS
        if category in texts
    ]


@remembered
def _texts_on_doors() -> Mapping[str, tuple[str, str]]:
    """Title and text of the open category pages; from four tables in one query."""
    text = Coalesce(
        "forumpage__summary",
        "networkindexpage__summary",
        "partnershipindexpage__summary",
        "researchgroupindexpage__summary",
    )
    rows = Page.objects.live().filter(open_to_everyone(), depth=3, slug__in=DOORS).values_list("slug", "title", text)
    return MappingProxyType({slug: (title, text or "") for slug, title, text in rows})


@remembered
def coming_activities() -> tuple[ActivityPage, ...]:
    return tuple(ActivityPage.objects.live().public().coming(localdate())[:COMING_ACTIVITIES])
