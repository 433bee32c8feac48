"""Whether the search engine answers, for /readyz."""

from cms.health import State
from search.engines import get_engine
from search.engines.base import SearchUnavailable


def state() -> State:
    """Without its engine the site still finds, in the database: less well, so degraded and not down."""
    try:
        get_engine().suggest("a", limit=1)
    except SearchUnavailable:
        return State.DEGRADED
    return State.OK
