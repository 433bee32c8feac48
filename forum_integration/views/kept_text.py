"""What somebody sends after the session ended: it waits in the browser's new session until after signing in.

It is kept by address and for an hour, one text at a time, so that it cannot pile up or turn up somewhere else.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django_ratelimit.core import is_ratelimited

KEY = "kept_text"
KEPT = timedelta(hours=1)
MOST = "60/h"

View = Callable[..., HttpResponse]


def while_signing_in(*, longest: int) -> Callable[[View], View]:
    """Keep what is posted to a view that asks to sign in first, and come back to it; the view shows it with ``of``."""

    def keeping(view: View) -> View:
        @wraps(view)
        def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            response = view(request, *args, **kwargs)
            asks_to_sign_in = isinstance(response, HttpResponseRedirect) and response.url.startswith(
                resolve_url(settings.LOGIN_URL)
            )
            if request.method != "POST" or not asks_to_sign_in:
                return response
            _keep(request, longest=longest)
            return redirect_to_login(request.get_full_path())

        return kept

    return keeping


def _keep(request: HttpRequest, *, longest: int) -> None:
    """Keep the text that a visitor posted, when it is one that could be sent."""
    text = request.POST.get("text", "")
    if not text.strip() or len(text) > longest or "\x00" in text:
        return
    if is_ratelimited(request, group="keep texts", key="ip", rate=MOST, increment=True):
        return
    request.session[KEY] = {"path": request.path, "text": text}
    request.session.set_expiry(KEPT)
    messages.info(request, "Je was intussen uitgelogd. Log weer in; wat je schreef, staat er dan nog.")


def of(request: HttpRequest) -> str:
    """The text that waits at this address."""
    kept = request.session.get(KEY, {})
    return str(kept["text"]) if kept.get("path") == request.path else ""


def forget(request: HttpRequest) -> None:
    request.session.pop(KEY, None)
