"""How the index is doing, and what can be done about it."""

from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from cms.categories import Kind
from cms.models import User
from search import index_work, indexing
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import MOST_ATTEMPTS, IndexWork, OutboxRow, StoredDocument
from search.outbox import AT_ONCE
from search.sources import BY_KIND

MOST_ROWS = 50
ENGINES = {"elasticsearch": "Elasticsearch", "ingebouwd": "de ingebouwde zoekmachine"}


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many things of a kind are in the index, and how many should be."""

    label: str
    indexed: int | None
    visible: int

    @property
    def is_right(self) -> bool:
        return self.indexed is None or self.indexed == self.visible


@dataclass(frozen=True, slots=True)
class EngineState:
    name: str
    counts: dict[str, int] | None = None
    """Per kind; None when the engine is away."""

    needs_rebuild: bool = False
    can_roll_back: bool = False

    @property
    def is_away(self) -> bool:
        return self.counts is None

    @classmethod
    def now(cls) -> "EngineState":
        engine = get_engine()
        name = ENGINES[engine.name]
        try:
            return cls(name, engine.counts(), engine.needs_rebuild(), engine.can_roll_back())
        except SearchUnavailable:
            return cls(name)


@dataclass(frozen=True, slots=True)
class Trouble:
    """A change that does not get into the index."""

    row: OutboxRow
    label: str
    title: str
    edit_url: str


class IndexStateView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "search/admin/index_state.html"
    page_title = "Zoekindex"
    header_icon = "search"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        engine = EngineState.now()
        work = IndexWork.objects.to_follow()
        succeeded = IndexWork.objects.filter(failure="").exclude(finished_at=None)
        waiting = OutboxRow.objects.filter(indexed_at=None, attempts=0)
        trying = OutboxRow.objects.filter(indexed_at=None, attempts__gt=0, attempts__lt=MOST_ATTEMPTS)
        set_aside = OutboxRow.objects.set_aside()
        return super().get_context_data(
            engine=engine,
            kinds=kind_counts(engine),
            work=work,
            progress=progress_of(work),
            last=succeeded.select_related("asked_by").order_by("-finished_at").first(),
            waiting=waiting.count(),
            waiting_since=waiting.order_by("pk").first(),
            trying=trying.count(),
            set_aside=set_aside.count(),
            troubles=troubles_of(list(set_aside.order_by("-pk")[:MOST_ROWS])),
            may_rebuild=self.request.user.has_perm("search.rebuild_index"),
            **kwargs,
        )


def kind_counts(engine: EngineState) -> list[KindCount]:
    return [
        KindCount(
            label=kind.label,
            indexed=None if engine.counts is None else engine.counts.get(kind, 0),
            visible=sum(source.visible().count() for source in BY_KIND[kind]),
        )
        for kind in Kind
        if kind in BY_KIND
    ]


def troubles_of(rows: list[OutboxRow]) -> list[Trouble]:
    stored = StoredDocument.objects.filter(document_id__in=[row.document_id for row in rows])
    titles = {document.document_id: document.content["title"] for document in stored}
    return [_trouble(row, titles.get(row.document_id, "")) for row in rows]


def _trouble(row: OutboxRow, title: str) -> Trouble:
    kind, _, pk = row.document_id.rpartition("-")
    is_page = issubclass(BY_KIND[kind][0].model, Page)
    return Trouble(
        row=row,
        label=Kind(kind).label,
        title=title or f"nummer {pk}",
        edit_url=reverse("wagtailadmin_pages:edit", args=[pk]) if is_page else "",
    )


def progress_of(work: IndexWork | None) -> dict[str, Any]:
    """What a page that follows the work has to know of it."""
    if work is None or work.finished_at or not IndexWork.objects.underway().filter(pk=work.pk).exists():
        return {"is_underway": False, "done": 0, "total": 0, "text": ""}
    if work.started_at is None:
        text = "Aangevraagd. Het begint zo."
    elif work.kind == IndexWork.Kind.ROLL_BACK:
        text = "We gaan terug naar de vorige index en werken die bij. Zoeken gaat gewoon door."
    else:
        text = "De index wordt opnieuw opgebouwd. Zoeken gaat gewoon door."
    return {"is_underway": True, "done": work.done, "total": work.total, "text": text}


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    return JsonResponse(progress_of(IndexWork.objects.to_follow()))


@require_POST
def rebuild(request: HttpRequest) -> HttpResponse:
    return _ask(request, IndexWork.Kind.REBUILD)


@require_POST
def roll_back(request: HttpRequest) -> HttpResponse:
    return _ask(request, IndexWork.Kind.ROLL_BACK)


def _ask(request: HttpRequest, kind: IndexWork.Kind) -> HttpResponse:
    if index_work.ask(kind, by=cast(User, request.user)):
        messages.success(request, "Aangevraagd. Je ziet hier hoe ver het is.")
    else:
        messages.warning(request, "Er wordt al aan de index gewerkt. Wacht tot dat klaar is.")
    return redirect("search_admin:index_state")


@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Give one change that was set aside another chance, or all of them."""
    rows = OutboxRow.objects.set_aside()
    if one := request.POST.get("wijziging"):
        rows = rows.filter(pk=one) if one.isdecimal() else rows.none()
    pks = list(rows.values_list("pk", flat=True))
    OutboxRow.objects.filter(pk__in=pks).update(attempts=0, retry_at=None)
    indexing.drain(at_most=AT_ONCE, even_if_resting=True)
    if left := OutboxRow.objects.filter(pk__in=pks, indexed_at=None).count():
        messages.warning(
            request, f"Het lukt nog niet bij {left} van de {len(pks)}. We proberen het vanzelf nog een paar keer."
        )
    else:
        messages.success(request, "Gelukt: dit is weer te vinden zoals het nu op de site staat.")
    return redirect("search_admin:index_state")
