"""How search is doing: for /readyz, and in one line when the site starts."""

import logging
from datetime import timedelta

from django.utils import timezone

from cms.health import State
from search import leases
from search.engines import get_engine, new_engine
from search.engines.base import SearchUnavailable
from search.models import OutboxRow

LONGEST_WAIT = timedelta(minutes=5)

logger = logging.getLogger(__name__)


def state() -> State:
    """Without its engine the site still finds, in the database: less well, so degraded and not down.

    Degraded too when changes cannot be stored, or have waited so long that the index cannot be trusted to hold them.
    """
    try:
        get_engine().suggest("a", limit=1)
    except SearchUnavailable:
        return State.DEGRADED
    if leases.is_failing(leases.DRAIN):
        return State.DEGRADED
    waiting = OutboxRow.objects.filter(indexed_at=None, remembered_at__lt=timezone.now() - LONGEST_WAIT)
    return State.DEGRADED if waiting.exists() else State.OK


def tell() -> None:
    """Log what keeps the engine from answering, such as an index of another version of the code."""
    try:
        # An engine of its own: a server may fork after this, and processes must not share connections.
        if new_engine().needs_rebuild():
            logger.warning(
                "There is no search index that this version of the code can read (none yet, or its fields or word "
                "lists changed): run manage.py rebuild_search; until then the database answers"
            )
    except SearchUnavailable as error:
        logger.warning("The search engine is away, until it is back the database answers: %s", error)
