"""Bringing the index in line with the database: after a change, from nothing, and by comparing the two."""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cms import memory
from search import leases, reader
from search.documents import SearchDocument
from search.engines import get_engine, get_fallback
from search.engines.base import DocumentsRefused, SearchEngine, SearchUnavailable, described
from search.models import FIRST_PAUSE, MOST_ATTEMPTS, OutboxQuerySet, OutboxRow

PAUSE_WHEN_AWAY = timedelta(seconds=10)
WAIT_FOR_DRAINER_SECONDS = 30

logger = logging.getLogger(__name__)


class AlreadyRebuilding(Exception):  # noqa: N818 - says what is the case
    """Another process builds a new index now."""


def drain(*, at_most: int | None = None, even_if_resting: bool = False) -> int:
    """Work off the outbox and tell how many things were brought up to date.

    One drainer at a time works for all; who finds another at it leaves its rows to that one. When the engine is away
    the rows wait, and for a while nobody tries again unless ``even_if_resting``; the fallback is kept up to date.
    """
    done, is_resting = 0, False
    # The question is asked again after each turn: a row written during the turn may have been left to it.
    while (at_most is None or done < at_most) and _rows(is_resting).exists():
        with leases.turn(leases.DRAIN) as turn:
            if turn is None or leases.is_held(leases.SWAP):
                break
            turn.is_resting = turn.is_resting and not even_if_resting
            while (at_most is None or done < at_most) and (rows := list(_rows(turn.is_resting)[: reader.BATCH])):
                turn.renew()
                done += _bring_up_to_date(rows, turn)
                if leases.is_held(leases.SWAP):  # a rebuild waits for its turn, and works off the rest after it
                    return done
            is_resting = turn.is_resting
    return done


def _rows(is_resting: bool) -> OutboxQuerySet:
    return OutboxRow.objects.unknown_to_fallback() if is_resting else OutboxRow.objects.waiting()


def _bring_up_to_date(rows: Sequence[OutboxRow], turn: leases.Turn) -> int:
    """Store or remove what these rows name, in one commit per engine, and settle the rows."""
    ids = {row.document_id for row in rows}
    reading = reader.read(ids)
    gone = ids - reading.errors.keys() - {document.id for document in reading.documents}
    errors = {document_id: described(error) for document_id, error in reading.errors.items()}
    errors |= _store(get_fallback(), reading.documents, gone)
    if not turn.is_resting:
        try:
            errors |= _store(get_engine(), reading.documents, gone)
            turn.succeed()
        except SearchUnavailable as error:
            logger.warning("The search engine is away, changes wait in the outbox: %s", error)
            turn.rest(PAUSE_WHEN_AWAY)
    brought = ids - errors.keys()
    memory.note_change()  # related things are remembered, and may have been read between the save and this
    if turn.is_resting:
        OutboxRow.objects.filter(pk__in=[row.pk for row in rows]).update(fallback_at=timezone.now())
    else:
        _settle(rows, brought)
    _postpone([row for row in rows if row.document_id in errors], errors)
    return len(brought)


def _store(engine: SearchEngine, documents: Sequence[SearchDocument], gone: set[str]) -> dict[str, str]:
    """Give an engine a batch, and tell what it refuses; when it fails as a whole, find the documents it fails on."""
    try:
        engine.update(documents, gone)
    except DocumentsRefused as refusal:
        return dict(refusal.reasons)
    except SearchUnavailable:
        raise
    except Exception:
        logger.exception("A batch was refused by the engine %s, going on one by one", engine.name)
    else:
        return {}
    engine.delete(gone)
    errors: dict[str, str] = {}
    for document in documents:
        try:
            engine.index([document])
        except SearchUnavailable:
            raise
        except Exception as error:
            errors[document.id] = described(error)
    return errors


def _settle(rows: Sequence[OutboxRow], ids: set[str]) -> None:
    """Drop the rows of what was brought up to date, or keep them for the index that a rebuild is making."""
    pks = [row.pk for row in rows if row.document_id in ids]
    # Rows that failed before were read before as well, so what was just stored is newer than they are.
    settled = OutboxRow.objects.filter(Q(pk__in=pks) | Q(document_id__in=ids, attempts__gt=0))
    if leases.is_held(leases.REBUILD):
        settled.update(indexed_at=timezone.now(), attempts=0, retry_at=None)
    else:
        settled.delete()


def _postpone(rows: Sequence[OutboxRow], errors: Mapping[str, str]) -> None:
    """Try again later, each time after a longer pause, and in the end set aside for somebody to look at."""
    for row in rows:
        row.attempts += 1
        row.retry_at = timezone.now() + FIRST_PAUSE * 4 ** (row.attempts - 1)
        row.error = errors[row.document_id]
        if row.attempts >= MOST_ATTEMPTS:
            logger.error("%s cannot be indexed and is set aside: %s", row.document_id, row.error)
    OutboxRow.objects.bulk_update(rows, ["attempts", "retry_at", "error"])


def rebuild(progress: Callable[[int], None] = lambda count: None) -> int:
    """Build a new index beside the one in use, swap it in, and tell how many documents it holds.

    Searching and saving go on. What changes meanwhile goes into the old index at once, and once more into the new
    one after the swap. ``progress`` is called with the number of documents after each batch.
    Raises AlreadyRebuilding when another process is at it.
    """
    count = 0
    refused: dict[str, str] = {}
    with leases.turn(leases.REBUILD) as turn, ExitStack() as swapping:
        if turn is None:
            raise AlreadyRebuilding
        with get_fallback().rebuild() as fallback, get_engine().rebuild() as index:
            for reading in reader.readings():
                fallback.add(reading.documents)
                index.add(reading.documents)
                _bring_fallback_up_to_date(reading.documents)
                refused |= {document_id: described(error) for document_id, error in reading.errors.items()}
                turn.renew()
                progress(count := count + len(reading.documents))
            turn.renew(leases.LONG_STEP_SECONDS)
            index.finish()
            # From here until the rows are woken no drainer works, or it would settle rows for the wrong index.
            swapping.enter_context(leases.turn(leases.SWAP))
            draining = swapping.enter_context(leases.turn(leases.DRAIN, wait_seconds=WAIT_FOR_DRAINER_SECONDS))
            if draining is None:
                raise SearchUnavailable("The outbox is still being worked off; the index in use stays as it is")
            for one in (draining, turn):
                one.renew(leases.LONG_STEP_SECONDS)
        OutboxRow.objects.replayed().update(indexed_at=None)
    _report({**refused, **index.refused})
    drain(even_if_resting=True)
    return count - len(index.refused)


def _bring_fallback_up_to_date(documents: Sequence[SearchDocument]) -> None:
    """There is one table behind the fallback: what changed while these were read must not come back into it."""
    read = {document.id for document in documents}
    changed = set(OutboxRow.objects.replayed().filter(document_id__in=read).values_list("document_id", flat=True))
    if changed:
        newer = reader.read(changed).documents
        get_fallback().update(newer, changed - {document.id for document in newer})


def _report(refused: Mapping[str, str]) -> None:
    """What a rebuild had to leave out goes the way of all that cannot be indexed: tried again, and then set aside."""
    for document_id, reason in refused.items():
        logger.error("%s cannot be indexed: %s", document_id, reason)
    OutboxRow.objects.bulk_create(
        OutboxRow(document_id=document_id, attempts=1, retry_at=timezone.now() + FIRST_PAUSE, error=reason)
        for document_id, reason in refused.items()
    )


def roll_back() -> None:
    """Use the previous index again, and bring it in line with the database, document by document, while it is used.

    Raises SearchUnavailable when there is no previous index, AlreadyRebuilding when another process makes one.
    """
    with leases.turn(leases.REBUILD) as turn:
        if turn is None:
            raise AlreadyRebuilding
        # Before the swap, so that nothing is forgotten when this process dies, and what was withdrawn stays hidden.
        visible, hidden_since = reader.visible_ids(), timezone.now()
        withdrawn = get_engine().previous_ids() - visible
        rows = [OutboxRow(document_id=one) for one in sorted(visible)]
        rows += [OutboxRow(document_id=one, fallback_at=hidden_since) for one in sorted(withdrawn)]
        with transaction.atomic():
            OutboxRow.objects.bulk_create(rows, batch_size=1000)
        get_engine().roll_back()
    drain(even_if_resting=True)


def differences() -> set[str]:
    """Ids that can be found and may not, or may and cannot; what waits in the outbox is no difference.

    What is saved and indexed while one looks differs only for that look, so what the next one finds as well is told.
    """
    different = _differing()
    return different and different & _differing()


def _differing() -> set[str]:
    visible = reader.visible_ids()
    found = (visible ^ get_engine().ids()) | (visible ^ get_fallback().ids())
    return found - set(OutboxRow.objects.values_list("document_id", flat=True))


def repair() -> set[str]:
    """Bring what differs in line with the database, and tell what could not be: nothing, if all is well."""
    if different := differences():
        logger.warning("The index and the database differ about %s", ", ".join(sorted(different)[:20]))
        OutboxRow.objects.bulk_create([OutboxRow(document_id=one) for one in different], batch_size=1000)
        drain(even_if_resting=True)
    failed = OutboxRow.objects.filter(attempts__gt=0)
    return differences() | set(failed.values_list("document_id", flat=True))
