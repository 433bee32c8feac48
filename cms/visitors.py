"""Telling visitors apart for one day, without knowing who they are.

A mark is a keyed hash of a visitor's address and browser. Its key is random and is thrown away after the day: then
nobody, not even who holds the database and knows an address, can tell whose mark it was.
"""

import hmac
import json
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.timezone import localdate

from cms.middleware import client_address
from cms.models import DailyKey


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whom a request comes from, as far as a site without cookies can know; to be marked and forgotten."""

    address: str
    browser: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Visitor":
        """Raises PermissionDenied when the server does not know where the request comes from."""
        return cls(client_address(request), request.headers.get("User-Agent", ""))


@dataclass(frozen=True, slots=True)
class Marker:
    """Makes the marks of one day."""

    secret: str

    def mark(self, visitor: Visitor, purpose: str) -> str:
        """The same for the same visitor and purpose; marks for two purposes do not show that it was one visitor."""
        what = json.dumps([purpose, visitor.address, visitor.browser])
        return hmac.new(self.secret.encode(), what.encode(), "sha256").hexdigest()


def marker_of_today() -> Marker:
    """The marker that all processes share today; the first use of a day throws earlier keys away."""
    key, is_new = DailyKey.objects.get_or_create(day=localdate())
    if is_new:
        forget_old_keys()
    return Marker(key.secret)


def forget_old_keys() -> None:
    DailyKey.objects.filter(day__lt=localdate()).delete()
