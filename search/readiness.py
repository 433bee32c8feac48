"""How search is doing, for /readyz."""

from datetime import timedelta

from django.utils import timezone

from cms.health import State
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import OutboxRow

LONGEST_WAIT = timedelta(minutes=5)


def state() -> State:
    """Without its engine the site still finds, in the database: less well, so degraded and not down.

    Degraded too when a change has waited so long that the index cannot be trusted to hold it.
    """
    try:
        get_engine().suggest("a", limit=1)
    except SearchUnavailable:
        return State.DEGRADED
    waiting = OutboxRow.objects.filter(indexed_at=None, remembered_at__lt=timezone.now() - LONGEST_WAIT)
    return State.DEGRADED if waiting.exists() else State.OK
