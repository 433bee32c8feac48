"""What a visitor reads when something cannot be done."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent without a valid token: it expired, or another site sent it."""
    return TemplateResponse(request, "403_csrf.html", status=403)
