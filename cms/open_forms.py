"""Forms that a visitor fills in without leaving anything in the browser."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from cms import errors

OWN = {"same-origin", "none"}

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
