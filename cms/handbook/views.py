"""The handbook of editors below /beheer/, that of representatives below /mijn/."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from cms.admin import heading
from cms.handbook.chapters import Chapter, Handbook, chapters

TITLE = "Handboek"


@require_safe
def for_editors(request: HttpRequest, slug: str = "") -> HttpResponse:
    context = _chosen(Handbook.EDITORS, slug)
    above = (TITLE, reverse("editors_handbook")) if slug else None
    context |= heading(context["chapter"].title if slug else TITLE, icon="help", above=above)
    return TemplateResponse(request, "handbook/editors.html", context)


@require_safe
@login_required
def for_representatives(request: HttpRequest, slug: str = "") -> HttpResponse:
    return TemplateResponse(request, "handbook/representatives.html", _chosen(Handbook.REPRESENTATIVES, slug))


def _chosen(handbook: Handbook, slug: str) -> dict[str, Any]:
    """All chapters, the one that is asked for and the one after it."""
    found = chapters(handbook)
    if not slug:
        return {"chapters": found, "chapter": None}
    for number, chapter in enumerate(found):
        if chapter.slug == slug:
            return {"chapters": found, "chapter": chapter, "next": _at(found, number + 1)}
    raise Http404("Dit hoofdstuk bestaat niet")


def _at(found: tuple[Chapter, ...], number: int) -> Chapter | None:
    return found[number] if number < len(found) else None
