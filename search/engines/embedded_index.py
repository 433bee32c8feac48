"""The folder in which the embedded engine keeps its index: versions, the swap between them, and the one writer."""

import fcntl
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

import orjson
import tantivy

from search.documents import SearchDocument
from search.engines.base import SearchUnavailable
from search.engines.embedded_writer import WRITER_MEMORY, KeptWriter
from search.engines.fields import FILTER_FIELDS, TEXT_FIELDS, Fields, fingerprint


@cache
def index_version() -> str:
    return fingerprint(__file__, version("tantivy"))


def schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_bytes_field("source", stored=True)
    for name in FILTER_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_integer_field("date", fast=True)
    builder.add_text_field("title_order", tokenizer_name="raw", index_option="basic", fast=True)
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("all", tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field("key", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("starts", tokenizer_name="whitespace", index_option="basic")
    return builder.build()


def as_tantivy(document: SearchDocument) -> tantivy.Document:
    """The stored and searchable form of a document."""
    fields = Fields.of(document)
    return tantivy.Document(
        id=document.id,
        source=orjson.dumps(fields.source),
        date=document.date.toordinal() if document.date else 0,
        title_order=fields.title_order,
        all=" ".join(fields.all),
        key=list(fields.keys),
        starts=" ".join(fields.starts),
        **{name: list(values) for name, values in fields.filters.items()},
        **{name: " ".join(tokens) for name, tokens in fields.texts.items()},
    )


class IndexFolder:
    """``<folder>/current`` names the version in use, a folder beside it; replacing that file is the swap."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pointer = folder / "current"
        self._writer = KeptWriter()
        self._pointed: tuple[tuple[int, int], Path | None] | None = None

    def current(self) -> Path | None:
        """The folder of the version in use; None when there is none that this code can read."""
        stamp = last_change(self.pointer)
        if self._pointed is None or self._pointed[0] != stamp:
            try:
                name = self.pointer.read_text(encoding="utf-8").strip()
            except FileNotFoundError:
                return None
            self._pointed = stamp, self.folder / name if name.startswith(index_version() + "-") else None
        return self._pointed[1]

    def existing(self) -> Path:
        """The folder of the version in use. Raises SearchUnavailable when there is none."""
        if path := self.current():
            return path
        raise SearchUnavailable("Er is nog geen zoekindex voor deze versie: draai manage.py rebuild_search.")

    def open(self) -> tuple[Path, tantivy.Index]:
        """The version in use, opened. Raises SearchUnavailable when there is none."""
        for _ in range(3):  # between reading the pointer and opening, a swap may remove the old version
            path = self.existing()
            try:
                index = tantivy.Index.open(str(path))
                index.config_reader("manual")
                return path, index
            except ValueError as error:
                problem = error
        raise SearchUnavailable(f"De zoekindex is onleesbaar: {problem}")

    def write(self, change: Callable[[tantivy.IndexWriter], None]) -> None:
        """Apply a change to the version in use and commit it; again when a swap came in between."""
        while True:
            path = self.existing()
            try:
                self._writer.write(path, change)
            except SearchUnavailable:
                if self.current() == path:
                    raise
            if self.current() == path:
                return

    @contextmanager
    def fresh_version(self) -> Iterator[tuple[tantivy.IndexWriter, Callable[[], None]]]:
        """A writer on a new version, which is put in use when the block ends without an error; and how to close it."""
        with self._rebuilding():
            unfinished = self.folder / f"unfinished-{secrets.token_hex(4)}"
            unfinished.mkdir()
            try:
                with ExitStack() as stack:
                    yield stack.enter_context(filling(unfinished)), stack.close
            except BaseException:
                shutil.rmtree(unfinished, ignore_errors=True)
                raise
            self._put_in_use(unfinished.rename(self.folder / f"{index_version()}-{secrets.token_hex(4)}"))

    def previous(self) -> Path | None:
        """The newest version that this code can read, beside the one in use."""
        return next(iter(self._others(readable=True)), None)

    def use_previous(self) -> None:
        """Put the previous version in use again. Raises SearchUnavailable when there is none."""
        with self._rebuilding():
            previous = self.previous()
            if previous is None:
                raise SearchUnavailable("Er is geen vorige zoekindex om naar terug te gaan.")
            self._point_to(previous)

    def _others(self, *, readable: bool = False) -> list[Path]:
        """The versions that are not in use, newest first."""
        pattern = f"{index_version()}-*" if readable else "*"
        found = [path for path in self.folder.glob(pattern) if path.is_dir() and path != self._in_use()]
        return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)

    def _in_use(self) -> Path | None:
        """What the pointer names, whether this code can read it or not."""
        return self.folder / self.pointer.read_text(encoding="utf-8").strip() if self.pointer.exists() else None

    def _put_in_use(self, path: Path) -> None:
        """Swap, and keep of all others only the version that was in use until now."""
        before = self._in_use()
        self._point_to(path)
        for other in self._others():
            if other != before:
                shutil.rmtree(other, ignore_errors=True)

    def _point_to(self, path: Path) -> None:
        waiting = self.folder / "current.new"
        waiting.write_text(path.name, encoding="utf-8")
        waiting.replace(self.pointer)

    @contextmanager
    def _rebuilding(self) -> Iterator[None]:
        """One process at a time makes or swaps versions."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "rebuild.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


@contextmanager
def filling(path: Path) -> Iterator[tantivy.IndexWriter]:
    """The writer of a new index in this folder; all is committed and put together at the end."""
    writer = tantivy.Index(schema(), path=str(path)).writer(WRITER_MEMORY, 1)
    try:
        yield writer
    except BaseException:
        writer.rollback()
        raise
    writer.commit()
    writer.wait_merging_threads()


def last_change(path: Path) -> tuple[int, int]:
    """Another value each time that the file is replaced, by whatever process; zeros when there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_ino


def last_commit(path: Path) -> tuple[int, int]:
    """Another value after each commit into this version."""
    return last_change(path / "meta.json")
