"""Whether the site lives and can serve, for whoever watches over it; says no versions, hosts or error texts."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


class State(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True)
class Check:
    run: Callable[[], State]
    is_vital: bool


_checks: dict[str, Check] = {}


def register(name: str, run: Callable[[], State], *, is_vital: bool = False) -> None:
    """Let a room tell the state of what it stands on; without what is vital the site cannot serve.

    ``run`` answers soon and reads nothing large; when it raises, the state is DOWN.
    """
    _checks[name] = Check(run, is_vital)


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    states = {name: _state_of(name, check) for name, check in _checks.items()}
    can_serve = not any(states[name] == State.DOWN and check.is_vital for name, check in _checks.items())
    return JsonResponse(states, status=200 if can_serve else 503)


def _state_of(name: str, check: Check) -> State:
    try:
        return check.run()
    except Exception:
        logger.exception("The check of %s failed", name)
        return State.DOWN


def _database() -> State:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return State.OK


def _cache() -> State:
    """With Redis away each process remembers for itself."""
    cache.set("health", "ok", timeout=10)
    is_whole = cache.get("health") == "ok" and not getattr(cache, "is_away", False)
    return State.OK if is_whole else State.DEGRADED


register("database", _database, is_vital=True)
register("cache", _cache)
