from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cms.categories import Category, Kind
from cms.open_forms import open_to_visitors
from search import asking, shelves, statistics
from search.answers import Answer
from search.finding import find, suggest
from search.forms import SORT_LABELS, STATUS_LABELS, SearchForm, SubjectForm
from search.models import StoredDocument
from search.wegwijzer import all_rows, other_words_for, row_of

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
    answer = _answer(request, form)
    if answer.page is None:
        raise Http404("Deze pagina van de resultaten bestaat niet")
    context = {"form": form, "answer": answer, "statuses": STATUS_LABELS.items(), "sorts": SORT_LABELS.items()}
    return TemplateResponse(request, "search/results.html", context)


def _answer(request: HttpRequest, form: SearchForm) -> Answer:
    query = form.query()
    results = find(query)
    statistics.record(request, query, results)
    return Answer(query, results)


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
    answer = _answer(request, form)
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
def asked_before(request: HttpRequest) -> HttpResponse:
    """A part of the page on which somebody writes a question, drawn anew for the title as it is now."""
    found = asking.asked_before(request.GET.get("titel", ""))
    return TemplateResponse(request, "search/asked_before.html", {"found": found}, headers={"X-Robots-Tag": "noindex"})


@open_to_visitors
@require_POST
def helped(request: HttpRequest) -> HttpResponse:
    """Count that something answered a question before it was asked, and go there."""
    document = get_object_or_404(StoredDocument, pk=request.POST.get("wat", ""))
    statistics.record_help(request, document)
    return HttpResponseRedirect(document.content["url"], status=303)


@require_safe
def wegwijzer(request: HttpRequest) -> HttpResponse:
    """How much there is about each subject in each category."""
    core = [row for row in all_rows() if row.subject.is_core]
    others = [row for row in all_rows() if not row.subject.is_core]
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
    row = row_of(slug)
    if row is None:
        raise Http404("Dit onderwerp bestaat niet")
    chosen = form.cleaned_data["categorie"]
    cells = [cell for cell in row.cells if not chosen or cell.category in chosen]
    if chosen and len(cells) == 1:
        shown = [shelves.whole(cells[0], form.cleaned_data["pagina"])]
    else:
        shown = [shelf for shelf in shelves.first_of_each(row) if shelf.cell in cells]
    context = {
        "subject": row.subject,
        "trail": [("Wegwijzer", reverse("search:wegwijzer"))],
        "other_words": other_words_for(row.subject),
        "cells": row.cells,
        "chosen": chosen,
        "shelves": [shelf for shelf in shown if shelf.cell.count],
        "only": shown[0] if len(chosen) == 1 and shown else None,
    }
    return TemplateResponse(request, "search/subject.html", context)
