"""What a visitor reads when something cannot be done.

These pages are drawn without a request, so that they need no session, database or cache; only a page that someone
may not see or that does not exist shows the reader's own menu.
"""

import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_SECONDS = 60


def _page(status: int, *, retry_after: int | None = None) -> HttpResponse:
    headers = {"Retry-After": str(retry_after)} if retry_after else {}
    return HttpResponse(render_to_string(f"{status}.html"), status=status, headers=headers)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return too_large(request) if isinstance(exception, RequestDataTooBig) else _page(400)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent without a valid token: it expired, or another site sent it."""
    return HttpResponse(render_to_string("403_csrf.html"), status=403)


def too_large(request: HttpRequest) -> HttpResponse:
    return _page(413)


def address_too_long(request: HttpRequest) -> HttpResponse:
    return _page(414)


def too_many_requests(request: HttpRequest, *, wait: int = RETRY_SECONDS) -> HttpResponse:
    return _page(429, retry_after=max(wait, 1))


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke; when that is the database, it is worth trying again later."""
    if isinstance(sys.exc_info()[1], (OperationalError, InterfaceError)):
        return _page(503, retry_after=RETRY_SECONDS)
    return _page(500)
