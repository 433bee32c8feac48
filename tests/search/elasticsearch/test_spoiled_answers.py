"""Answers that a server in trouble gives, or something between it and the site: never shown, never believed."""

import pytest

from benchmarks.search import remove
from search import indexing
from search.engines import elasticsearch_index
from search.models import OutboxRow
from tests.search.elasticsearch import proxy as spoilt
from tests.search.elasticsearch.proxy import Proxy

TROUBLES = [
    spoilt.too_busy,
    spoilt.of_another_version,
    spoilt.broken_off,
    spoilt.a_page_instead,
    spoilt.of_another_shape,
    spoilt.a_list_instead,
    spoilt.empty,
]


@pytest.fixture(scope="module")
def proxy(elasticsearch):
    with Proxy(elasticsearch).running() as proxy:
        yield proxy


@pytest.mark.parametrize("spoil", TROUBLES)
def test_a_spoiled_answer_leads_to_the_database_and_a_sound_one_back(proxy, search_in, people, spoil):
    engine = search_in(proxy.url)
    people.fill()

    proxy.spoil = spoil
    people.go_on_in_the_database()

    proxy.spoil = None
    people.go_on_in_elasticsearch()
    remove(engine)


@pytest.mark.parametrize("spoil", [spoilt.of_another_version, spoilt.of_another_product])
def test_a_server_that_was_never_understood_keeps_no_site_from_starting(proxy, search_in, people, spoil):
    proxy.spoil = spoil
    search_in(proxy.url)

    people.save("Netwerk Zonnebloem")
    people.go_on_in_the_database()

    proxy.spoil = None


def test_a_rebuild_waits_for_a_busy_server_longer_than_an_editor_who_saves(proxy, search_in, people, monkeypatch):
    monkeypatch.setattr(elasticsearch_index, "STORE_SECONDS", 0.2)
    engine = search_in(proxy.url)
    people.fill()

    proxy.spoil = spoilt.slow
    people.save("Netwerk Klaproos")
    assert OutboxRow.objects.exists()
    indexing.rebuild()

    proxy.spoil = None
    people.go_on_in_elasticsearch()
    remove(engine)
