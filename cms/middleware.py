"""What each request and answer passes through; none of it asks the database anything for a visitor."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from allauth.core.internal.httpkit import get_client_ip
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed, PermissionDenied, SuspiciousOperation, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, UnreadablePostError
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.utils.cache import patch_cache_control
from django_ratelimit.core import get_usage

from cms import errors

ADMIN = "/beheer/"
METHODS = ["GET", "HEAD", "OPTIONS", "POST"]
READ_AT_ONCE = 64 * 1024

View = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The site's policy, and others for Wagtail's admin, whose pages hold scripts, and for uploaded files."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: PolicyParts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN):
            parts.replace = settings.ADMIN_SECURITY_POLICY
        elif request.path_info.startswith(settings.MEDIA_URL):
            parts.config = settings.FILE_SECURITY_POLICY
        return parts


class FrameOptionsMiddleware(XFrameOptionsMiddleware):
    """A preview in /beheer/ stands in a frame of /beheer/; nothing else stands in any frame."""

    def get_xframe_options_value(self, request: HttpRequest, response: HttpResponse) -> str:
        if request.path_info.startswith(ADMIN):
            return "SAMEORIGIN"
        return str(super().get_xframe_options_value(request, response))


def read_whole_body(get_response: View) -> View:
    """Take in what no view read: a proxy that is still sending sees a broken connection and not the answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if body_length(request) <= settings.LARGEST_UPLOAD:
            with suppress(UnreadablePostError):
                while request.read(READ_AT_ONCE):
                    pass
        return response

    return middleware


def body_length(request: HttpRequest) -> int:
    """In bytes, as announced."""
    return int(request.META.get("CONTENT_LENGTH") or 0)


class BadRequestMiddleware:
    """Refuses what no browser sends, before anything looks at it.

    A null character is an error to PostgreSQL in whatever field it ends up, and lists of thousands of parameters
    cost time to take apart.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        query = request.META.get("QUERY_STRING", "")
        if len(request.path_info) + len(query) > settings.LONGEST_ADDRESS:
            return errors.address_too_long(request)
        if "\0" in request.path_info or "\0" in query or "%00" in query:
            raise SuspiciousOperation("Null character in the address")
        if query.count("&") >= settings.MOST_FIELDS:
            raise TooManyFieldsSent("Too many parameters in the address")
        if body_length(request) > self.largest_body(request):
            return errors.too_large(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        if request.method != "POST":
            return
        fields = [value for values in request.POST.lists() for value in (values[0], *values[1])]
        if any("\0" in text for text in fields):
            raise SuspiciousOperation("Null character in a form")
        if len(fields) > 2 * settings.MOST_FIELDS and not request.path_info.startswith(ADMIN):
            raise TooManyFieldsSent("Too many fields in a form")

    @staticmethod
    def largest_body(request: HttpRequest) -> int:
        """In bytes; a visitor has files to send at few addresses only, and fewer of them."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return settings.LARGEST_UPLOAD
        takes_files = settings.UPLOADS_OF_VISITORS.fullmatch(request.path_info)
        return settings.LARGEST_UPLOAD_OF_VISITORS if takes_files else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def limit_reading(get_response: View) -> View:
    """Answer 429 to an address that asks for more pages a minute than people read."""
    if not settings.READING_LIMIT:
        raise MiddlewareNotUsed

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" and not request.path_info.startswith(settings.UNLIMITED_ADDRESSES):
            usage = get_usage(request, group="reading", key="ip", rate=settings.READING_LIMIT, increment=True)
            if usage and usage["should_limit"]:
                return errors.too_many_requests(request, wait=usage["time_left"])
        return get_response(request)

    return middleware


def client_address(request: HttpRequest) -> str:
    """The network address of the reader; ALLAUTH_TRUSTED_PROXY_COUNT says how many proxies stand in between."""
    address: str | None = get_client_ip(request)
    if not address:
        raise PermissionDenied("The server does not know where this request comes from")
    return address


def keep_personal_answers_private(get_response: View) -> View:
    """What someone who signed in is shown, and whatever sets a cookie, is kept by no cache on the way or on disk."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_personal = settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies
        if is_personal and not request.path_info.startswith(settings.MEDIA_URL):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
