"""What the home page shows of the pages below it."""

from collections.abc import Sequence

from django.db.models import Count
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.timezone import localdate
from wagtail.models import Page

from cms import doors
from cms.categories import Category
from cms.doors import Door
from pages.models.activities import ActivityPage
from pages.models.entries import ENTRY_MODELS, EntryPage
from pages.querysets import open_to_everyone

COMING_ACTIVITIES = 3
DOORS = [Category.FORUM, Category.NETWORKS, Category.PARTNERSHIPS, Category.RESEARCH_GROUPS]


def entry_counts(request: HttpRequest) -> dict[Category, int]:
    """How many entries each category lists."""
    rows = EntryPage.objects.listed().active().order_by().values_list("content_type__model").annotate(Count("pk"))
    numbers = dict(rows)
    return {model.category: numbers.get(model._meta.model_name, 0) for model in ENTRY_MODELS}


def four_doors(request: HttpRequest) -> Sequence[Door]:
    """The category pages that a visitor may open, as doors; their texts come from four tables in one query."""
    text = Coalesce(
        "forumpage__summary",
        "networkindexpage__summary",
        "partnershipindexpage__summary",
        "researchgroupindexpage__summary",
    )
    rows = Page.objects.live().filter(open_to_everyone(), depth=3, slug__in=DOORS).values_list("slug", "title", text)
    texts = {slug: (title, text) for slug, title, text in rows}
    numbers = doors.counts(request)
    return [
        Door(category, texts[category][0], f"/{category}/", texts[category][1] or "", numbers.get(category, 0))
        for category in DOORS
        if category in texts
    ]


def coming_activities() -> Sequence[ActivityPage]:
    return ActivityPage.objects.live().public().coming(localdate())[:COMING_ACTIVITIES]
