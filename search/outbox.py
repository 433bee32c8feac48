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
    if rows:
        last = OutboxRow.objects.bulk_create(rows, batch_size=1000)[-1].pk
        transaction.on_commit(lambda: _work_off(last), robust=True)


def _work_off(pk: int) -> None:
    """Drain, unless another callback of the same transaction already got as far as this row."""
    if OutboxRow.objects.filter(pk=pk, fallback_at=None, indexed_at=None).exists():
        indexing.drain(at_most=AT_ONCE)
