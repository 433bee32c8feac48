"""Writing in the embedded index: by one at a time over all processes, who keeps its place while changes follow fast."""

import fcntl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

import tantivy

from search.engines.base import SearchUnavailable

WRITER_MEMORY = 30_000_000
LOCK_PATIENCE_SECONDS, LOOK_AGAIN_SECONDS = 15.0, 0.01
KEPT_SECONDS = 0.5
"""Saves come in bursts. Each time that a writer is closed it puts small segments together first, while others wait."""


class Writer:
    """A writer on one version of the index, which no other process has until it is closed."""

    def __init__(self, path: Path) -> None:
        """Wait for who writes now. Raises SearchUnavailable when that takes too long, or the version is gone."""
        try:
            self._place = _take_place(path)
        except FileNotFoundError as error:
            raise SearchUnavailable(f"De zoekindex is weg: {error}") from error
        self.path = path
        try:
            # Opened after the other has closed: tantivy forgets files that it does not know of when it opens.
            self._tantivy = tantivy.Index.open(str(path)).writer(WRITER_MEMORY, 1)
        except ValueError as error:
            self._place.close()
            raise SearchUnavailable(f"Schrijven in de zoekindex lukt niet: {error}") from error

    def commit(self, change: Callable[[tantivy.IndexWriter], None]) -> None:
        change(self._tantivy)
        self._tantivy.commit()

    def close(self) -> None:
        """Put small segments together, if there are many, and make place; what was not committed is dropped.

        Nothing happens to a writer that was closed before.
        """
        if self._place.closed:
            return
        with suppress(ValueError):  # a rebuild removes the version before the last, merged or not
            self._tantivy.wait_merging_threads()
        self._place.close()


def _take_place(path: Path) -> IO[str]:
    """An open file whose lock says that this process writes."""
    place = (path / "writing.lock").open("w")
    deadline = time.monotonic() + LOCK_PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                place.close()
                raise SearchUnavailable("Een ander schrijft al lang in de zoekindex.") from error
            time.sleep(LOOK_AGAIN_SECONDS)
        else:
            return place


class KeptWriter:
    """A writer that stays open until it was idle for ``KEPT_SECONDS``; a thread of its own closes it then."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: Writer | None = None
        self._used_at = 0.0

    def write(self, path: Path, change: Callable[[tantivy.IndexWriter], None]) -> None:
        """Commit a change into this version, so that it can be found. Raises SearchUnavailable as ``Writer`` does."""
        with self._lock:
            if self._kept and self._kept.path != path:
                self._let_go(self._kept)
            writer = self._kept or self._keep(Writer(path))
            try:
                writer.commit(change)
            except BaseException:
                self._let_go(writer)
                raise
            self._used_at = time.monotonic()

    def _keep(self, writer: Writer) -> Writer:
        self._kept, self._used_at = writer, time.monotonic()
        threading.Thread(target=self._close_when_idle, args=(writer,), name="closing-search-index").start()
        return writer

    def _let_go(self, writer: Writer) -> None:
        """Closed here: the thread that would do it waits for the lock, in which a next writer waits for its place."""
        self._kept = None
        writer.close()

    def _close_when_idle(self, writer: Writer) -> None:
        while self._keeps(writer):
            time.sleep(KEPT_SECONDS / 5)
        writer.close()

    def _keeps(self, writer: Writer) -> bool:
        with self._lock:
            if self._kept is writer and time.monotonic() > self._used_at + KEPT_SECONDS:
                self._kept = None
            return self._kept is writer
