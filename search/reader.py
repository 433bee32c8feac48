"""Reads what can be found out of the database, as search documents.

The outbox and a rebuild both read through here, so they agree on what there is.
"""

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from search.documents import SearchDocument, document_id
from search.sources import BY_KIND, SOURCES, Source

BATCH = 500


@dataclass
class Reading:
    """What became of some ids: documents to store, errors to report; an id in neither is no longer visible."""

    documents: list[SearchDocument] = field(default_factory=list)
    errors: dict[str, Exception] = field(default_factory=dict)


def read(ids: Iterable[str]) -> Reading:
    """Read the things behind these ids anew, as they are in the database now."""
    wanted = defaultdict(list)
    for one in ids:
        kind, _, pk = one.rpartition("-")
        wanted[kind].append(int(pk))
    reading = Reading()
    for kind, pks in wanted.items():
        for source in BY_KIND[kind]:
            for start in range(0, len(pks), BATCH):
                _read_from(source, pks[start : start + BATCH], reading)
    return reading


def _read_from(source: Source, pks: list[int], reading: Reading) -> None:
    for thing in source.load(pks):
        try:
            reading.documents.append(source.document(thing))
        except Exception as error:
            reading.errors[document_id(source.kind, thing.pk)] = error


def visible_ids() -> set[str]:
    """The ids that the index must hold: exactly what the database shows to a visitor."""
    return {document_id(source.kind, pk) for source in SOURCES for pk in source.visible().values_list("pk", flat=True)}


def readings() -> Iterator[Reading]:
    """Everything that is visible, ``BATCH`` things at a time."""
    ids = sorted(visible_ids())
    gc.freeze()  # what is there already is looked through for garbage at each batch: a fifth of the time
    try:
        for start in range(0, len(ids), BATCH):
            yield read(ids[start : start + BATCH])
    finally:
        gc.unfreeze()
