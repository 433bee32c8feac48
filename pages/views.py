from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve

from cms.models import Organisation
from pages.models import ENTRY_MODELS, ActivityPage, EntryPage, HomePage, ResourcePage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, with the page found by its whole address instead of level by level."""
    request._wagtail_route_for_request = route(path)  # type: ignore[attr-defined]
    response: HttpResponse = wagtail_serve(request, path)
    return response


def route(path: str) -> RouteResult | None:
    """The published page at an address, with what it draws of its foreign keys."""
    parts = [part for part in path.split("/") if part]
    place: dict[str, Any] = {"depth": 2 + len(parts)} | ({"slug": parts[-1]} if parts else {})
    model = _model_at(parts)
    if model is None:
        places = Page.objects.live().filter(**place).values_list("url_path", "content_type")
        types = [content_type for url_path, content_type in places if url_path.split("/")[2:-1] == parts]
        model = ContentType.objects.get_for_id(types[0]).model_class() if types else None
    if model is None:
        return None
    relations = getattr(model, "page_relations", None) or [None]  # without any, all would be fetched
    found = model.objects.live().filter(**place).select_related(*relations)
    return next((RouteResult(page) for page in found if page.url_path.split("/")[2:-1] == parts), None)


def _model_at(parts: list[str]) -> Any:
    """The type of page at an address, where the address alone says it."""
    if not parts:
        return HomePage
    return {str(model.category): model for model in ENTRY_MODELS}.get(parts[0]) if len(parts) == 2 else None


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    entries = Count("entries", filter=Q(entries__in=EntryPage.objects.listed().active()), distinct=True)
    listed = Organisation.objects.filter(is_public=True).annotate(entry_count=entries).order_by(Lower("name"))
    return TemplateResponse(request, "pages/organisations.html", {"organisations": listed})


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation with what stands on the site of it."""
    found = get_object_or_404(Organisation.objects.select_related("part_of"), slug=slug, is_public=True)
    context = {
        "organisation": found,
        "trail": [("Home", "/"), ("Organisaties", reverse("pages:organisations"))],
        "entries": [
            entry
            for model in ENTRY_MODELS
            for entry in model.objects.listed().active().filter(organisation=found).in_list_order().for_cards()
        ],
        "resources": ResourcePage.objects.live().public().filter(organisation=found).order_by("title"),
        "activities": ActivityPage.objects.live().public().filter(organiser=found).order_by("-starts_on", "title"),
        "links": found.links.all(),
        "subjects": found.subjects.all(),
    }
    return TemplateResponse(request, "pages/organisation.html", context)
