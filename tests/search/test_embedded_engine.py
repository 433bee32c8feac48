"""What only the embedded engine has to get right: one folder, several processes, versions and one writer."""

import multiprocessing
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from search.documents import SearchDocument
from search.engines import embedded_index, embedded_writer
from search.engines.base import SearchUnavailable
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded_writer import Writer
from search.queries import SearchQuery
from tests.search.documents import a_document, a_small_site


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "search"


@pytest.fixture
def engine(folder: Path) -> EmbeddedEngine:
    engine = EmbeddedEngine(folder)
    with engine.rebuild() as index:
        index.add(a_small_site())
    return engine


def versions(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_dir()]


def failing() -> Iterator[SearchDocument]:
    yield a_document(50)
    raise RuntimeError


def store(folder: Path, number: int) -> None:
    EmbeddedEngine(folder).index([a_document(number, title=f"Proces {number}")])


def test_without_an_index_the_engine_is_unavailable(folder):
    with pytest.raises(SearchUnavailable, match="rebuild_search"):
        EmbeddedEngine(folder).search(SearchQuery())


def test_an_index_made_by_other_rules_is_not_used(engine, folder, monkeypatch):
    monkeypatch.setattr(embedded_index, "index_version", lambda: "other")
    fresh = EmbeddedEngine(folder)

    assert fresh.needs_rebuild()
    with pytest.raises(SearchUnavailable):
        fresh.search(SearchQuery())

    with fresh.rebuild() as index:
        index.add(a_small_site())

    assert fresh.search(SearchQuery()).total > 0


def test_a_commit_and_a_swap_by_another_process_are_noticed(engine, folder):
    other = EmbeddedEngine(folder)
    assert other.search(SearchQuery(text="aanvulling")).total == 0

    engine.index([a_document(50, title="Aanvulling")])
    assert other.search(SearchQuery(text="aanvulling")).total == 1

    with engine.rebuild() as index:
        index.add([a_document(51, title="Enige")])
    assert other.ids() == {"netwerk-51"}


def test_processes_that_store_at_once_wait_for_each_other(engine, folder):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=store, args=(folder, number)) for number in (50, 51, 52)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)

    assert [process.exitcode for process in processes] == [0, 0, 0]
    assert {"netwerk-50", "netwerk-51", "netwerk-52"} <= engine.ids()


def test_who_waits_too_long_for_the_writer_is_told(engine, monkeypatch):
    writer = Writer(engine.index_folder.current())
    monkeypatch.setattr(embedded_writer, "LOCK_PATIENCE_SECONDS", 0.05)

    with pytest.raises(SearchUnavailable):
        engine.index([a_document(50)])

    writer.close()
    engine.index([a_document(50)])


def test_saves_around_a_rollback_never_wait_for_their_own_process(engine, monkeypatch):
    monkeypatch.setattr(embedded_writer, "KEPT_SECONDS", 5)  # so that no writer is closed for being idle meanwhile
    monkeypatch.setattr(embedded_writer, "LOCK_PATIENCE_SECONDS", 0.05)
    engine.index([a_document(50)])
    with engine.rebuild() as index:
        index.add(a_small_site())
    engine.index([a_document(51)])

    engine.roll_back()
    engine.index([a_document(52)])

    assert {"netwerk-50", "netwerk-52"} <= engine.ids()


def test_a_save_that_failed_leaves_the_writer_to_the_next_at_once(engine, monkeypatch):
    monkeypatch.setattr(embedded_writer, "KEPT_SECONDS", 5)
    monkeypatch.setattr(embedded_writer, "LOCK_PATIENCE_SECONDS", 0.05)
    engine.index([a_document(49)])
    with pytest.raises(ZeroDivisionError):
        engine.index_folder.write(lambda writer: 1 / 0)

    engine.index([a_document(50)])

    assert "netwerk-50" in engine.ids()


def test_saves_one_after_the_other_in_two_processes_leave_nothing_on_disk_that_is_not_used(engine, folder, monkeypatch):
    monkeypatch.setattr(embedded_writer, "KEPT_SECONDS", 0.05)
    other = EmbeddedEngine(folder)

    for number in range(50, 70):
        engine.index([a_document(number)])
        other.index([a_document(number, title="Anders")])

    Writer(engine.index_folder.current()).close()
    files = {path.name for path in engine.index_folder.current().iterdir() if path.name[0] != "."} - {"writing.lock"}
    assert files <= set(orjson.loads((engine.index_folder.current() / ".managed.json").read_bytes()))


def test_searching_goes_on_in_the_old_index_while_a_new_one_is_made(engine):
    with engine.rebuild() as index:
        index.add([a_document(50, title="Nieuw")])
        engine.index([a_document(51, title="Tussendoor")])

        assert engine.search(SearchQuery(text="poraad")).total == 1
        assert engine.search(SearchQuery(text="nieuw")).total == 0
        assert engine.search(SearchQuery(text="tussendoor")).total == 1

    assert engine.ids() == {"netwerk-50"}


def test_a_rebuild_that_fails_changes_nothing_and_leaves_nothing(engine, folder):
    before = engine.ids()

    with pytest.raises(RuntimeError), engine.rebuild() as index:
        index.add(failing())

    assert engine.ids() == before
    assert len(versions(folder)) == 1


def test_what_a_killed_rebuild_left_is_cleared_away(engine, folder):
    (folder / "leftover").mkdir()

    with engine.rebuild() as index:
        index.add(a_small_site())

    assert "leftover" not in [path.name for path in versions(folder)]


def test_a_change_made_during_the_swap_reaches_the_index_in_use(engine, monkeypatch):
    """The writer looked up the old version just before the swap."""
    folder, looked_up = engine.index_folder, [engine.index_folder.existing()]
    with engine.rebuild() as index:
        index.add(a_small_site())
    real = folder.existing
    monkeypatch.setattr(folder, "existing", lambda: looked_up.pop() if looked_up else real())

    engine.index([a_document(50, title="Net op tijd")])

    assert "netwerk-50" in engine.ids()


def test_a_failing_document_stores_nothing_of_its_batch_and_frees_the_writer(engine):
    with pytest.raises(RuntimeError):
        engine.index(failing())
    engine.index([a_document(51)])

    assert {"netwerk-50", "netwerk-51"} & engine.ids() == {"netwerk-51"}


def test_readers_and_a_writer_in_threads_see_whole_commits(engine):
    engine.index(a_document(1000 + n, title="Versie nul") for n in range(20))
    stop, seen = threading.Event(), set()

    def read() -> None:
        while not stop.is_set():
            seen.add(engine.search(SearchQuery(text="versie")).total)

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(5):
        engine.index(a_document(1000 + n, title="Versie later") for n in range(20))
        time.sleep(0.01)
    stop.set()
    reader.join()

    assert seen == {20}
