"""The page "Wat ontbreekt er?": what the site has nothing about by subject and category, and what waits."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe
from wagtail.models import Page

from cms.admin import heading
from cms.categories import Category
from forum_integration.overview import ask_url
from forum_integration.questions import unanswered_by_subject
from forum_integration.rights import ForumRights, rights_of
from pages.currency.reminding import overdue
from pages.models import EntryPage, KnowledgeIndexPage
from search.wegwijzer import ENTRY_MODELS, Cell, SubjectText, all_rows

MOST_OVERDUE = 20
BELOW_HOME = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One subject: how much there is of each category, with where one adds to it, and what waits."""

    subject: SubjectText
    cells: tuple[tuple[Cell, str], ...]
    unanswered: int
    overdue: int

    @property
    def empty(self) -> int:
        return sum(not cell.count for cell, _make_url in self.cells)


@require_safe
def missing(request: HttpRequest) -> HttpResponse:
    lines, late = lines_of(rights_of(request)), overdue(localdate())
    only_gaps = request.GET.get("toon") == "leeg"
    context = {
        "lines": [line for line in lines if line.empty or not only_gaps],
        "only_gaps": only_gaps,
        "empty": sum(line.empty for line in lines),
        "categories": list(Category),
        "overdue": late.prefetch_related(None)[:MOST_OVERDUE],
        "number_overdue": late.count(),
        **heading("Wat ontbreekt er?", icon="view"),
    }
    return TemplateResponse(request, "search/admin/missing.html", context)


def lines_of(rights: ForumRights) -> list[Line]:
    """Every subject, counted as visitors find it; questions as this editor may read them."""
    unanswered = {slug: number for slug, _name, number in unanswered_by_subject(rights)}
    labels = EntryPage.subjects.through.objects.filter(entrypage__in=overdue(localdate()).order_by().values("pk"))
    late = Counter(labels.values_list("subject_id", flat=True))
    makers = _makers(rights)
    return [
        Line(
            subject=row.subject,
            cells=tuple((cell, _make_url(cell, makers)) for cell in row.cells),
            unanswered=unanswered.get(row.subject.slug, 0),
            overdue=late[row.subject.pk],
        )
        for row in all_rows()
    ]


def _makers(rights: ForumRights) -> dict[Category, str]:
    """Where one begins something new of each category; a category without its page has none."""
    knowledge = KnowledgeIndexPage.fixed_slug
    pages = Page.objects.filter(depth=BELOW_HOME, slug__in=[*ENTRY_MODELS, knowledge])
    pk_of = dict(pages.values_list("slug", "pk"))
    makers = {
        category: reverse("wagtailadmin_pages:add", args=["pages", model._meta.model_name, pk_of[category]])
        for category, model in ENTRY_MODELS.items()
        if category in pk_of
    }
    if knowledge in pk_of:
        makers[Category.KNOWLEDGE] = reverse("wagtailadmin_pages:add_subpage", args=[pk_of[knowledge]])
    return makers | {Category.FORUM: ask_url(rights)}


def _make_url(cell: Cell, makers: dict[Category, str]) -> str:
    url = makers.get(cell.category, "")
    return f"{url}?onderwerp={cell.subject.slug}" if url and cell.category == Category.FORUM else url
