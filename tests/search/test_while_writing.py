"""Searching goes on while others save and the index is built anew, over a site that is served as in real life."""

import secrets
import shutil

import pytest

from benchmarks.search import on_elasticsearch, remove
from benchmarks.writing import search_while_writing
from tests.fixtures.servers import Site

LOAD = {"seconds": 8.0, "saves": 40, "clients": 8}


@pytest.fixture
def site_of_our_own(demo_data, tmp_path):
    """The demo site with these settings, and an index that it made itself."""

    def make(**settings):
        shutil.copytree(demo_data, tmp_path / "data")
        site = Site(tmp_path / "data", **settings)
        site.manage("rebuild_search")
        return site

    return make


def test_no_search_fails_and_no_save_is_lost_while_the_embedded_index_is_written_and_rebuilt(site_of_our_own):
    with site_of_our_own().running() as site:
        outcome = search_while_writing(site.url, site.environment, "ingebouwd", **LOAD)

    assert (outcome.errors, outcome.missing) == ([], [])
    assert len(outcome.seconds_until_found) == LOAD["saves"]


def test_no_search_fails_and_no_save_is_lost_while_elasticsearch_is_written_and_rebuilt(site_of_our_own, elasticsearch):
    index = f"test-{secrets.token_hex(6)}"
    with site_of_our_own(ELASTICSEARCH_URL=elasticsearch, ELASTICSEARCH_INDEX=index).running() as site:
        outcome = search_while_writing(site.url, site.environment, "elasticsearch", **LOAD)
    remove(on_elasticsearch(elasticsearch, index))

    assert (outcome.errors, outcome.missing) == ([], [])
    assert len(outcome.seconds_until_found) == LOAD["saves"]
