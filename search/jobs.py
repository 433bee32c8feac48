"""The periodic work of search: what was left in the outbox, what a new day changes, whether all is as it should be."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate

from cms import demo, jobs
from pages.models import EntryPage
from search import index_work, indexing, leases, outbox, statistics
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import OutboxRow


def work_off_outbox() -> None:
    indexing.drain(even_if_resting=True)
    # Left by a rebuild that died, before or after its swap: the index in use may lack these changes.
    if not leases.is_held(leases.REBUILD) and OutboxRow.objects.replayed().update(indexed_at=None):
        indexing.drain(even_if_resting=True)


def remember_what_ends_today() -> None:
    """An entry ends on a day that was written down long before, without anybody saving it."""
    outbox.remember(*EntryPage.objects.filter(ended_on=localdate()))


def index_what_is_loaded() -> None:
    """Let the demo content find an index: the first one is made right after it is there, and holds it all."""
    transaction.on_commit(_make_first_index)


def make_missing_index() -> None:
    """After an update of the code, or when the index was lost, nobody has to think of making one."""
    with suppress(indexing.AlreadyRebuilding):
        if get_engine().needs_rebuild():
            index_work.rebuild()


def _make_first_index() -> None:
    with suppress(SearchUnavailable):
        make_missing_index()


def register() -> None:
    demo.register("the search index", index_what_is_loaded, order=0)
    jobs.register("missing search index", make_missing_index, every=jobs.EVERY_RUN, at_most=timedelta(hours=2))
    jobs.register("search outbox", work_off_outbox, every=jobs.EVERY_RUN)
    jobs.register("entries that end today", remember_what_ends_today, every=timedelta(hours=1))
    jobs.register("what visitors search, of days past", statistics.forget_old, every=jobs.EVERY_RUN)
    jobs.register("index against database", indexing.repair, every=timedelta(days=1))
