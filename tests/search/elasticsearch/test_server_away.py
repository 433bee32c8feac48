"""A server that is not there, goes while it is asked, says nothing or lost its data: visitors and editors go on."""

import logging
import shutil
import threading
import time

import pytest

from search import indexing, readiness
from search.engines import get_engine


@pytest.fixture(scope="module")
def server(elasticsearch_node):
    return elasticsearch_node()


@pytest.fixture
def running(server):
    if not server.is_running():
        server.start()
        server.wait()
    yield server
    server.thaw()


@pytest.fixture
def searched(running, search_in, people):
    """The site that has its index in the server."""
    search_in(running.url, rest_seconds=3)
    people.fill()


def test_a_site_whose_server_is_absent_starts_and_works_and_finds_it_later(server, search_in, people, caplog):
    server.stop()
    search_in(server.url)

    with caplog.at_level(logging.WARNING):
        readiness.tell()
    assert "The search engine is away" in caplog.text
    people.save("Netwerk Zonnebloem")
    people.go_on_in_the_database()

    server.start()
    server.wait()
    indexing.rebuild()
    people.go_on_in_elasticsearch()


def test_a_frozen_server_costs_one_visitor_two_seconds_and_is_used_again_once_it_is_thawed(running, searched, people):
    running.freeze()

    assert 1.5 < seconds_of(people.search) < 4
    assert seconds_of(people.search) < 1
    people.go_on_in_the_database()

    running.thaw()
    people.go_on_in_elasticsearch()


def seconds_of(search):
    began = time.monotonic()
    assert search("zonnebloem") == ("database", ["Netwerk Zonnebloem"])
    return time.monotonic() - began


def test_an_index_that_lost_its_shard_is_made_good_by_a_rebuild(running, searched, people):
    engine = get_engine()
    index = engine.versions.current()
    uuid = engine.client.indices.get_settings(index=index)[index]["settings"]["index"]["uuid"]
    engine.client.indices.close(index=index)
    shutil.rmtree(running.folder / "data" / "indices" / uuid / "0")
    engine.client.indices.open(index=index, wait_for_active_shards=0)
    assert engine.client.cluster.health(index=index)["status"] == "red"

    people.go_on_in_the_database()

    indexing.rebuild()
    people.go_on_in_elasticsearch()


def test_a_server_that_is_killed_while_it_searches_costs_nobody_an_answer(running, searched, people):
    running.freeze()  # so that the search is still underway
    killing = threading.Timer(0.5, running.kill)
    killing.start()

    began = time.monotonic()
    people.go_on_in_the_database()
    assert time.monotonic() - began < 2
    killing.join()

    running.start()
    running.wait()
    people.go_on_in_elasticsearch()
