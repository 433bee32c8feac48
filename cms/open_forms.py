"""Forms that a visitor fills in without leaving anything in the browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django_ratelimit.core import is_ratelimited

from cms import errors

OWN = {"same-origin", "none"}
MOST = "20/h"
TOO_OFTEN = "Er is vanaf jouw netwerk heel vaak iets verstuurd. Bewaar je tekst en probeer het over een uur nog eens."

View = Callable[..., HttpResponse]


def open_to_visitors(view: View) -> View:
    """Ask the token against forgery, which needs a cookie, only of someone who signed in.

    Another site has nothing to gain in the name of a visitor; a form that it sends all the same is refused by what
    every present browser says of where a request comes from.
    """
    protected = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return protected(request, *args, **kwargs)
        if request.method == "POST" and request.headers.get("Sec-Fetch-Site", "none") not in OWN:
            return errors.csrf_failure(request)
        return view(request, *args, **kwargs)

    guarded.takes_forms_of_visitors = True  # type: ignore[attr-defined]
    return guarded


def sends_too_often(request: HttpRequest, group: str) -> bool:
    """Whether ``MOST`` forms of this group came from the same network already; this one counts too."""
    return bool(is_ratelimited(request, group=group, key="ip", rate=MOST, increment=True))
