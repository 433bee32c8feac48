"""What is stored, removed and built anew, also while others search."""

import threading
from collections.abc import Iterator

import pytest

from search.documents import SearchDocument
from search.engines.base import DocumentsRefused
from tests.search.contract import find, titles
from tests.search.documents import a_document, a_small_site


def test_what_is_stored_again_replaces_what_was_there(own_engine):
    own_engine.index([a_document(12, title="Nieuwe naam")])

    assert titles(find(own_engine, "nieuwe naam")) == ["Nieuwe naam"]
    assert "PO-Raad" not in titles(find(own_engine, "po-raad"))
    assert len(own_engine.ids()) == len(a_small_site())


def test_what_is_deleted_is_gone_and_unknown_ids_are_fine(own_engine):
    own_engine.delete(["netwerk-12", "netwerk-404"])

    assert find(own_engine, "po-raad").total == 0
    assert "netwerk-12" not in own_engine.ids()


def test_storing_and_deleting_go_in_one_commit(own_engine):
    own_engine.update([a_document(50, title="Erbij")], ["netwerk-12"])

    assert {"netwerk-50", "netwerk-12"} & own_engine.ids() == {"netwerk-50"}


def test_counts_per_kind_hold_ended_things_too(engine):
    counts = engine.counts()

    assert counts["samenwerkingsverband"] == 2
    assert sum(counts.values()) == len(a_small_site()) == len(engine.ids())


def test_a_rebuild_leaves_nothing_of_what_was_there(own_engine):
    with own_engine.rebuild() as index:
        index.add([a_document(1, title="Enige")])
        index.add([a_document(2, title="Andere")])

    assert own_engine.ids() == {"netwerk-1", "netwerk-2"}
    assert not own_engine.needs_rebuild()


def test_a_new_engine_has_to_be_built(new_engine):
    assert new_engine.needs_rebuild()
    assert not new_engine.can_roll_back()


def test_a_rebuild_can_be_undone(own_dutch):
    with own_dutch.rebuild() as index:
        index.add([a_document(1, title="Enige")])

    own_dutch.roll_back()

    assert titles(find(own_dutch, "po-raad")) == ["PO-Raad"]
    assert own_dutch.can_roll_back()
    own_dutch.roll_back()
    assert own_dutch.ids() == {"netwerk-1"}


def test_a_rebuild_that_fails_leaves_everything_as_it_was(own_dutch):
    def broken_off() -> Iterator[SearchDocument]:
        yield a_document(1, title="Enige")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), own_dutch.rebuild() as index:
        index.add(broken_off())

    assert len(own_dutch.ids()) == len(a_small_site())
    assert not own_dutch.can_roll_back()


def test_only_a_whole_index_is_a_previous_one(own_dutch):
    with own_dutch.rebuild() as index:
        index.add([a_document(1, title="Enige")])
        assert not own_dutch.can_roll_back()

    assert len(own_dutch.previous_ids()) == len(a_small_site())


def test_what_is_stored_during_a_rebuild_is_found_at_once_and_the_rebuild_goes_on(own_dutch):
    with own_dutch.rebuild() as index:
        index.add(a_small_site())
        own_dutch.index([a_document(77, title="Tussendoor")])
        assert titles(find(own_dutch, "tussendoor")) == ["Tussendoor"]

    assert find(own_dutch, "tussendoor").total == 0


def test_a_document_that_cannot_be_stored_does_not_keep_the_others_out(own_dutch):
    broken = a_document(60, title="Stuk", body=None)

    with pytest.raises(DocumentsRefused) as refusal:
        own_dutch.index([a_document(61, title="Ervoor"), broken, a_document(62, title="Erna")])
    assert list(refusal.value.reasons) == ["netwerk-60"]
    assert {"netwerk-60", "netwerk-61", "netwerk-62"} & own_dutch.ids() == {"netwerk-61", "netwerk-62"}

    with own_dutch.rebuild() as index:
        index.add([a_document(61, title="Ervoor"), broken])
    assert list(index.refused) == ["netwerk-60"]
    assert own_dutch.ids() == {"netwerk-61"}


def test_threads_search_while_others_store(own_dutch):
    errors: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(30):
                assert find(own_dutch, "toetsing").total >= 2
        except BaseException as error:
            errors.append(error)

    def store(number: int) -> None:
        try:
            for n in range(5):
                own_dutch.index([a_document(number * 100 + n, title=f"Toetsing {number} {n}")])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    threads += [threading.Thread(target=store, args=(number,)) for number in (10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert find(own_dutch, "toetsing", page_size=100).total >= 12
