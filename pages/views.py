from django.db.models import Count, Q
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.views import serve as wagtail_serve

from cms.models import Organisation
from pages import entry_cards
from pages.models import ENTRY_MODELS, ActivityPage, EntryPage, ResourcePage
from pages.routes import route


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's own view, with the page that is already at hand."""
    request._wagtail_route_for_request = route(f"/{path}")  # type: ignore[attr-defined]
    response: HttpResponse = wagtail_serve(request, path)
    return response


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
            entry for model in ENTRY_MODELS for entry in entry_cards.active(model) if entry.organisation_id == found.pk
        ],
        "resources": ResourcePage.objects.live().public().filter(organisation=found).order_by("title"),
        "activities": ActivityPage.objects.live().public().filter(organiser=found).order_by("-starts_on", "title"),
        "links": found.links.all(),
        "subjects": found.subjects.all(),
    }
    return TemplateResponse(request, "pages/organisation.html", context)
