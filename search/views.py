from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.categories import Category, Kind
from cms.models import Subject, SubjectTerm
from search import shelves
from search.answers import Answer
from search.finding import find, suggest
from search.forms import SORT_LABELS, STATUS_LABELS, SearchForm, SubjectForm
from search.wegwijzer import Visible, rows_for

GROUPS = {
    Kind.NETWORK: "Netwerken",
    Kind.PARTNERSHIP: "Regionale samenwerkingsverbanden",
    Kind.RESEARCH_GROUP: "Onderzoeksgroepen",
    Kind.TOPIC: "Gesprekken",
    Kind.RESOURCE: "Bronnen",
    Kind.ARTICLE: "Artikelen",
    Kind.CARD: "Gesprekskaarten",
    Kind.ACTIVITY: "Agenda",
    Kind.PERSON: "Mensen",
    Kind.ORGANISATION: "Organisaties",
    Kind.SUBJECT: "Onderwerpen",
    Kind.PAGE: "Over het platform",
}


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return _refused(request, form)
    answer = Answer(form.query(), find(form.query()))
    if answer.page is None:
        raise Http404("Deze pagina van de resultaten bestaat niet")
    context = {"form": form, "answer": answer, "statuses": STATUS_LABELS.items(), "sorts": SORT_LABELS.items()}
    return TemplateResponse(request, "search/results.html", context)


def _refused(request: HttpRequest, form: SearchForm) -> HttpResponse:
    if form.has_error("pagina"):
        raise Http404("Deze pagina van de resultaten bestaat niet")
    return TemplateResponse(request, "search/results.html", {"form": form}, status=400)


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        status = 404 if form.has_error("pagina") else 400
        return JsonResponse({"fout": form.errors}, status=status)
    answer = Answer(form.query(), find(form.query()))
    if answer.page is None:
        return JsonResponse({"fout": {"pagina": ["Deze pagina bestaat niet."]}}, status=404)
    return JsonResponse(answer.as_json())


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if not form.is_valid():
        return JsonResponse({"fout": form.errors}, status=400)
    found = suggest(form.cleaned_data["q"])
    return JsonResponse(
        {"suggesties": [{"titel": one.title, "url": one.url, "groep": GROUPS[Kind(one.kind)]} for one in found]}
    )


@require_safe
def wegwijzer(request: HttpRequest) -> HttpResponse:
    """How much there is about each subject in each category."""
    rows = rows_for(Subject.objects.all(), Visible.now())
    core = [row for row in rows if row.subject.tier == Subject.Tier.CORE]
    others = [row for row in rows if row.subject.tier != Subject.Tier.CORE]
    context = {
        "categories": list(Category),
        "row_groups": [core, others],
        "core_rows": core,
        "other_rows": others,
    }
    return TemplateResponse(request, "search/wegwijzer.html", context)


@require_safe
def subject(request: HttpRequest, slug: str) -> HttpResponse:
    """All that stands about one subject: the first of each category, or one category whole."""
    form = SubjectForm(request.GET)
    if not form.is_valid():
        raise Http404("Deze pagina van de lijst bestaat niet")
    found = get_object_or_404(Subject.objects.prefetch_related("terms"), slug=slug)
    visible = Visible.now()
    [row] = rows_for([found], visible)
    chosen = form.cleaned_data["categorie"]
    cells = [cell for cell in row.cells if not chosen or cell.category in chosen]
    if chosen and len(cells) == 1:
        shown = [shelves.whole(cells[0], visible, form.cleaned_data["pagina"])]
    else:
        shown = shelves.first_of_each(cells, visible)
    context = {
        "subject": found,
        "trail": [("Wegwijzer", reverse("search:wegwijzer"))],
        "other_words": [term.term for term in found.terms.all() if term.meaning == SubjectTerm.Meaning.SAME],
        "cells": row.cells,
        "chosen": chosen,
        "shelves": [shelf for shelf in shown if shelf.cell.count],
        "only": shown[0] if len(chosen) == 1 and shown else None,
    }
    return TemplateResponse(request, "search/subject.html", context)
