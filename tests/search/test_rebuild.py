"""Building a new index beside the one in use, while people go on searching and saving."""

import io
import shutil

import pytest
from django.core.management import CommandError, call_command

from search import indexing, jobs, leases, reader, sources
from search.engines import get_engine, get_fallback
from search.engines.base import SearchUnavailable
from search.engines.embedded import EmbeddedEngine
from search.models import OutboxRow
from search.queries import SearchQuery
from tests.factories import NetworkPageFactory


def finds(text):
    return [hit.title for hit in get_engine().search(SearchQuery(text=text)).hits]


@pytest.fixture
def during_rebuild(monkeypatch):
    """Let something happen after a rebuild has read everything and before it swaps."""

    def let(happen):
        readings = reader.readings

        def read_and_let():
            yield from readings()
            happen()

        monkeypatch.setattr(reader, "readings", read_and_let)

    return let


def test_a_rebuild_holds_exactly_what_a_visitor_may_open(index):
    NetworkPageFactory(title="Netwerk Zonnebloem")
    hidden = NetworkPageFactory(title="Netwerk Klaproos")
    hidden.unpublish()

    indexing.rebuild()

    assert finds("zonnebloem") == ["Netwerk Zonnebloem"]
    assert finds("klaproos") == []
    assert get_engine().ids() == get_fallback().ids() == reader.visible_ids()


def test_what_is_saved_during_a_rebuild_is_found_at_once_and_after_it(index, committing, during_rebuild):
    seen = []

    def save():
        with committing():
            NetworkPageFactory(title="Netwerk Zonnebloem")
        seen.extend(finds("zonnebloem"))

    during_rebuild(save)
    indexing.rebuild()

    assert seen == ["Netwerk Zonnebloem"]
    assert finds("zonnebloem") == ["Netwerk Zonnebloem"]
    assert not OutboxRow.objects.exists()


def test_what_is_hidden_during_a_rebuild_is_gone_at_once_and_stays_so(index, committing, during_rebuild):
    with committing():
        network = NetworkPageFactory(title="Netwerk Zonnebloem")
    seen = []

    def hide():
        with committing():
            network.unpublish()
        seen.append(finds("zonnebloem"))

    during_rebuild(hide)
    indexing.rebuild()

    assert seen == [[]]
    assert finds("zonnebloem") == []
    assert get_fallback().ids() == reader.visible_ids()


def test_searching_goes_on_in_the_old_index_until_the_swap(index, committing, during_rebuild):
    with committing():
        NetworkPageFactory(title="Netwerk Zonnebloem")
    seen = []

    during_rebuild(lambda: seen.extend(finds("zonnebloem")))
    indexing.rebuild()

    assert seen == ["Netwerk Zonnebloem"]


def test_a_rebuild_that_fails_leaves_the_index_in_use_as_it_was(index, committing, during_rebuild):
    with committing():
        NetworkPageFactory(title="Netwerk Zonnebloem")

    during_rebuild(lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        indexing.rebuild()

    assert finds("zonnebloem") == ["Netwerk Zonnebloem"]
    assert not leases.is_held(leases.REBUILD)


def test_changes_kept_for_a_rebuild_that_died_are_dropped_by_the_next_job(index):
    OutboxRow.objects.create(document_id="netwerk-1", indexed_at="2026-01-01T00:00Z")

    jobs.work_off_outbox()

    assert not OutboxRow.objects.exists()


def test_a_second_rebuild_refuses(index):
    with leases.turn(leases.REBUILD), pytest.raises(CommandError, match="Another process"):
        call_command("rebuild_search", verbosity=0)


def test_a_rebuild_waits_with_its_swap_for_who_is_draining(index, monkeypatch, during_rebuild):
    monkeypatch.setattr(indexing, "WAIT_FOR_DRAINER_SECONDS", 0.2)

    with leases.turn(leases.DRAIN), pytest.raises(CommandError, match="still being worked off"):
        call_command("rebuild_search", verbosity=0)


def test_the_command_tells_how_many_things_can_be_found(index):
    out = io.StringIO()

    call_command("rebuild_search", stdout=out)

    assert out.getvalue() == f"{len(reader.visible_ids())} things can be found.\n"


def test_the_command_makes_an_index_only_if_needed_when_asked_so(index, monkeypatch):
    monkeypatch.setattr(indexing, "rebuild", lambda *_: 1 / 0)

    call_command("rebuild_search", "--if-needed")


def test_a_rollback_uses_the_index_of_before_and_brings_it_in_line_with_the_database(index, home):
    withdrawn, kept = NetworkPageFactory(title="Ingetrokken"), NetworkPageFactory(title="Gebleven")
    indexing.rebuild()
    withdrawn.unpublish()
    kept.title = "Hernoemd"
    kept.save()
    NetworkPageFactory(title="Nieuw")
    indexing.rebuild()

    call_command("rebuild_search", "--back", verbosity=0)

    found = {hit.title for hit in index.search(SearchQuery(page_size=100)).hits}
    assert {"Hernoemd", "Nieuw"} <= found
    assert found.isdisjoint({"Ingetrokken", "Gebleven"})
    assert index.can_roll_back()


def test_without_a_previous_index_a_rollback_says_so(index):
    with pytest.raises(CommandError, match="vorige zoekindex"):
        call_command("rebuild_search", "--back")


def test_a_lost_index_is_made_again_by_the_periodic_work(index, settings):
    network = NetworkPageFactory(title="Netwerk Zonnebloem")
    shutil.rmtree(settings.SEARCH_INDEX_DIR)

    jobs.make_missing_index()

    assert [hit.title for hit in index.search(SearchQuery(text="zonnebloem")).hits] == [network.title]


def test_in_a_terminal_the_command_shows_how_far_it_is(index, monkeypatch):
    monkeypatch.setattr(reader, "BATCH", 4)
    out = io.StringIO()
    out.isatty = lambda: True

    call_command("rebuild_search", stdout=out)

    assert "[####" in out.getvalue()
    assert f"[{'#' * 40}] {len(reader.visible_ids())}\n" in out.getvalue()


def test_the_command_names_what_it_could_not_bring_in(index, monkeypatch):
    network = NetworkPageFactory(title="Onverteerbaar")
    as_before = sources.EntrySource.details
    monkeypatch.setattr(
        sources.EntrySource, "details", lambda self, thing: as_before(self, thing) if thing != network else 1 / 0
    )
    problems = io.StringIO()

    call_command("rebuild_search", verbosity=0, stderr=problems)

    assert f"netwerk-{network.pk}" in problems.getvalue()
    assert len(get_engine().ids()) == len(reader.visible_ids()) - 1


def test_the_daily_comparison_brings_back_what_was_lost_and_removes_what_may_not_be_there(index, monkeypatch):
    indexing.drain()
    kept = NetworkPageFactory(title="Netwerk Zonnebloem")
    hidden = NetworkPageFactory(title="Netwerk Klaproos")
    indexing.drain()
    get_engine().delete([f"netwerk-{kept.pk}"])
    type(hidden).objects.filter(pk=hidden.pk).update(live=False)
    assert indexing.differences() == {f"netwerk-{kept.pk}", f"netwerk-{hidden.pk}"}

    assert indexing.repair() == set()

    assert finds("zonnebloem") == ["Netwerk Zonnebloem"]
    assert finds("klaproos") == []


def test_what_is_saved_while_the_two_are_compared_is_no_difference(index, committing, monkeypatch):
    visible_ids = reader.visible_ids

    def visible_before_a_save():
        found = visible_ids()
        with committing():
            NetworkPageFactory()
        return found

    monkeypatch.setattr(reader, "visible_ids", visible_before_a_save)

    assert indexing.differences() == set()


def test_an_engine_that_is_away_is_told_in_one_line(home, monkeypatch):
    def refuse(self):
        raise SearchUnavailable("De zoekmachine is weg")

    monkeypatch.setattr(EmbeddedEngine, "rebuild", refuse)

    with pytest.raises(CommandError, match="cannot be used: De zoekmachine is weg"):
        call_command("rebuild_search", verbosity=0)


def test_what_is_hidden_during_a_rebuild_that_dies_is_hidden_by_the_next_job(index, committing, during_rebuild):
    network = NetworkPageFactory(title="Netwerk Zonnebloem")
    indexing.rebuild()

    def withdraw_and_die():
        with committing():
            network.unpublish()
        raise KeyboardInterrupt

    during_rebuild(withdraw_and_die)
    with pytest.raises(KeyboardInterrupt):
        indexing.rebuild()
    jobs.work_off_outbox()

    assert finds("zonnebloem") == []
    assert get_fallback().search(SearchQuery(text="zonnebloem")).total == 0
    assert not OutboxRow.objects.exists()


def test_what_is_hidden_while_it_is_read_for_a_rebuild_does_not_come_back_in_the_fallback(
    index, committing, monkeypatch
):
    network = NetworkPageFactory(title="Netwerk Zonnebloem")
    indexing.rebuild()
    read = reader.readings

    def read_and_withdraw():
        for reading in read():
            with committing():
                network.unpublish()
            yield reading

    monkeypatch.setattr(reader, "readings", read_and_withdraw)
    seen = []

    indexing.rebuild(lambda count: seen.append(get_fallback().search(SearchQuery(text="zonnebloem")).total))

    assert seen == [0]


def test_what_was_withdrawn_is_hidden_from_the_moment_of_a_rollback(index, monkeypatch, client):
    withdrawn = NetworkPageFactory(title="Netwerk Zonnebloem")
    indexing.rebuild()
    withdrawn.unpublish()
    indexing.rebuild()
    monkeypatch.setattr(indexing, "drain", lambda **_: None)

    indexing.roll_back()

    assert finds("zonnebloem") == ["Netwerk Zonnebloem"]
    assert client.get("/api/zoeken/", {"q": "zonnebloem"}).json()["aantal"] == 0
