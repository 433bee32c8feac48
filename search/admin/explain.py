"""Why a search finds a thing, or does not, told to an editor."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from cms.categories import Kind
from cms.models import Subject
from search.documents import SearchDocument
from search.engines import get_engine, get_fallback
from search.engines.base import SearchUnavailable
from search.explaining import FURTHEST, Way
from search.forms import LONGEST_QUERY
from search.models import StoredDocument
from search.promotions import promoted_for
from search.queries import SearchQuery, StatusChoice
from search.ranking import FIELD_WEIGHTS
from search.results import Explanation, Hit, Match

MOST_CANDIDATES = 10
ADDRESS = re.compile(r"(?:https?://[^/?#]*)?(/[^?#]*)")

PLACES = {
    "title": "in de titel",
    "names": "in een andere naam",
    "predecessors": "in de naam van een voorganger",
    "people": "bij de mensen",
    "organisations": "bij de organisaties",
    "labels": "bij de soort",
    "summary": "in de samenvatting",
    "body": "in de tekst",
    "subjects": "bij de onderwerpen",
}
WAYS = {
    Way.EXACT: "precies zo",
    Way.FORM: "een andere vorm van hetzelfde woord",
    Way.PART: "deel van een samengesteld woord, of los geschreven",
    Way.FAMILY: "een woord uit dezelfde familie",
    Way.SYNONYM: "een woord dat hetzelfde betekent",
    Way.CORRECTED: "gelezen als een tikfout",
    Way.SUBJECT: "een onderwerp dat met dit woord wordt bedoeld",
    Way.BEGINNING: "een woord dat zo begint",
}


class ExplainForm(forms.Form):
    q = forms.CharField(label="Wat iemand zoekt", max_length=LONGEST_QUERY)
    wat = forms.CharField(
        label="Wat je verwacht te vinden",
        max_length=300,
        help_text="Het adres of de titel van een pagina, gesprek, organisatie of onderwerp.",
    )


@dataclass(frozen=True, slots=True)
class WordLine:
    """What became of one word of the query."""

    typed: str
    found: str
    how: str
    where: str
    weight: str
    """How heavy this place counts."""

    share: int
    """How much of the query this word is, in percents."""


class ExplainView(WagtailAdminTemplateMixin, TemplateView):
    """Asked with ``q`` and ``wat``; ``ding`` picks one when a title fits several things."""

    template_name = "search/admin/explain.html"
    page_title = "Waarom wordt dit gevonden?"
    header_icon = "help"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ExplainForm(self.request.GET if "q" in self.request.GET else None)
        context = super().get_context_data(form=form, **kwargs)
        if not form.is_valid():
            return context
        things = self.things(form.cleaned_data["wat"])
        if len(things) != 1:
            candidates = [(thing, Kind(thing.kind).label) for thing in things]
            return context | {"candidates": candidates, "is_nothing": not things}
        text = form.cleaned_data["q"]
        explanation, is_away = explain(text, things[0].id)
        if explanation is None:
            return context | {"is_not_indexed": things[0]}
        return context | {
            "explanation": explanation,
            "kind": Kind(explanation.document.kind).label,
            "is_away": is_away,
            "summary": list(sentences(explanation)),
            "words": list(word_lines(explanation)),
            "text": text,
            "needed_share": share(explanation.needed, explanation.matches),
            "held_share": share(explanation.held, explanation.matches),
        }

    def things(self, what: str) -> Sequence[Hit]:
        """What is meant: by its address, by its whole title, or all that look like it."""
        if picked := self.request.GET.get("ding"):
            return hits_on(StoredDocument.objects.filter(pk=picked[:80]))
        if address := ADDRESS.match(what):
            return hits_on(StoredDocument.objects.filter(content__url=f"{address[1].rstrip('/')}/"))
        looking = SearchQuery(text=what, status=StatusChoice.ALL, page_size=MOST_CANDIDATES)
        found = get_fallback().search(looking).hits
        same = [hit for hit in found if hit.title.casefold() == what.strip().casefold()]
        return same or found


def hits_on(stored: QuerySet[StoredDocument]) -> list[Hit]:
    return [Hit.of(SearchDocument.from_dict(one.content), fragment="") for one in stored]


def explain(text: str, document_id: str) -> tuple[Explanation | None, bool]:
    """As who answers visitors now sees it; and whether that is the database, since the engine is away."""
    query = SearchQuery(text=text, promoted=promoted_for(text).ids)
    try:
        return get_engine().explain(query, document_id), False
    except SearchUnavailable:
        return get_fallback().explain(query, document_id), True


def sentences(explanation: Explanation) -> Iterator[str]:
    """What there is to say of the thing as a whole."""
    total = f"{explanation.total} {'resultaat' if explanation.total == 1 else 'resultaten'}"
    if explanation.place:
        yield f"Ja, dit wordt gevonden: op plaats {explanation.place} van {total}."
    elif explanation.is_found:
        yield f"Ja, dit wordt gevonden, maar staat ver naar achteren: na plaats {FURTHEST} van {total}."
    elif explanation.is_other_status:
        yield "Nee: dit is beëindigd, en zoeken toont alleen wat er nu is, tenzij iemand het filter daarvoor kiest."
    elif explanation.held < explanation.needed:
        yield "Nee: dit bevat te weinig van de woorden die iemand typt."
    else:
        yield "Nee, dit wordt niet gevonden."
    if explanation.is_promoted:
        yield "De redactie heeft dit uitgelicht voor deze woorden. Daarom staat het bovenaan."
    if explanation.is_whole_name:
        yield "De zoekvraag is de hele naam. Dat telt zwaar."
    if names := [str(subject) for subject in Subject.objects.filter(slug__in=explanation.subjects)]:
        listed = " en ".join(f"‘{name}’" for name in names)
        yield f"De zoekvraag gaat over {listed}, en daar gaat dit ook over. Dat telt mee."
    if explanation.did_you_mean:
        yield f"Wie dit zoekt, krijgt ook de vraag: bedoel je ‘{explanation.did_you_mean}’?"


def share(steps: int, matches: Sequence[Match]) -> int:
    """How much of the query so many steps are, in percents."""
    return round(100 * steps / (sum(match.steps for match in matches) or 1))


def word_lines(explanation: Explanation) -> Iterator[WordLine]:
    names = {subject.slug: str(subject) for subject in Subject.objects.filter(slug__in=explanation.document.subjects)}
    for match in explanation.matches:
        yield WordLine(
            typed=match.typed,
            found=names.get(match.found, match.found) if match.how == Way.SUBJECT else match.found,
            how=WAYS[Way(match.how)] if match.how else "staat er niet in",
            where=PLACES.get(match.field, ""),
            weight=weight_of(match),
            share=share(match.steps, explanation.matches),
        )


def weight_of(match: Match) -> str:
    """How a place counts beside the others, in words."""
    weight = FIELD_WEIGHTS.get(match.field)
    if weight is None:
        return ""
    heaviest = max(FIELD_WEIGHTS.values())
    return "zwaar" if weight > heaviest / 2 else "gewoon" if weight > heaviest / 4 else "licht"
