"""What must still be brought into the index: written with the change itself, worked off after the commit."""

from collections.abc import Iterable
from itertools import chain

from django.db import transaction
from django.db.models import Model

from search import dependents, indexing
from search.models import OutboxRow

# What is worked off right after a save, while the saver waits; the rest is for the next run of the jobs.
AT_ONCE = 500


def remember(*things: Model) -> None:
    """Note, in the transaction that changes these things, that the index may no longer be right about them.

    A rolled-back change leaves nothing behind; a committed one is never forgotten.
    """
    remember_ids(chain.from_iterable(dependents.reached_by(thing) for thing in things))


def remember_ids(ids: Iterable[str]) -> None:
    rows = [OutboxRow(document_id=one) for one in dict.fromkeys(ids)]
    if not rows:
        return
    OutboxRow.objects.bulk_create(rows, batch_size=1000)
    # Once per transaction, however much it changes.
    if not any(callback is _work_off for _, callback, _ in transaction.get_connection().run_on_commit):
        transaction.on_commit(_work_off, robust=True)


def _work_off() -> None:
    indexing.drain(at_most=AT_ONCE)
