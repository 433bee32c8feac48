"""Three servers behind TLS that know who asks: one may fail, and a stranger is not trusted."""

import threading
import time
from base64 import b64encode
from itertools import count

import pytest
import trustme

from search import indexing, jobs
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.models import OutboxRow
from search.queries import SearchQuery
from tests.search.elasticsearch.conftest import PATIENCE_SECONDS

SECONDS_AROUND_THE_LOSS = 5


@pytest.fixture
def nodes(elasticsearch_cluster):
    return elasticsearch_cluster[0]


@pytest.fixture(scope="module")
def key(elasticsearch_cluster):
    nodes, authority = elasticsearch_cluster
    return authority.make_key(nodes[0])


def addresses(nodes):
    return [node.url for node in nodes]


@pytest.fixture
def trusting(elasticsearch_cluster, key, settings):
    settings.ELASTICSEARCH_CA_CERTS = str(elasticsearch_cluster[1].certificate)
    settings.ELASTICSEARCH_API_KEY = key
    settings.ELASTICSEARCH_SHARDS, settings.ELASTICSEARCH_REPLICAS = 2, 1


def test_an_index_has_the_shards_and_replicas_of_the_settings(nodes, trusting, search_in, people):
    engine = search_in(*addresses(nodes))
    people.fill()

    health = engine.versions.client.cluster.health(
        index=engine.versions.current(), wait_for_status="green", timeout="30s"
    )

    assert (health["number_of_nodes"], health["active_primary_shards"], health["active_shards"]) == (3, 2, 4)


def test_a_certificate_of_an_unknown_authority_is_not_trusted(nodes, trusting, settings, tmp_path, search_in, people):
    trustme.CA().cert_pem.write_to_path(tmp_path / "other.pem")
    settings.ELASTICSEARCH_CA_CERTS = str(tmp_path / "other.pem")
    engine = search_in(*addresses(nodes))

    with pytest.raises(SearchUnavailable, match="CERTIFICATE_VERIFY_FAILED"):
        engine.counts()
    people.save("Netwerk Zonnebloem")
    people.go_on_in_the_database()


def test_a_server_that_does_not_know_the_key_of_the_site_is_no_obstacle(nodes, trusting, settings, search_in, people):
    settings.ELASTICSEARCH_API_KEY = b64encode(b"an-id:and-a-secret").decode()
    engine = search_in(*addresses(nodes))

    with pytest.raises(SearchUnavailable, match="401"):
        engine.counts()
    people.save("Netwerk Zonnebloem")
    people.go_on_in_the_database()


class Searching(threading.Thread):
    """Searches without a pause until it is told to stop; ``faults`` holds what failed, or found too little."""

    def __init__(self, engine):
        super().__init__()
        self.engine = engine
        self.stopping = threading.Event()
        self.faults = []
        self.searches = 0

    def run(self):
        while not self.stopping.is_set():
            try:
                found = self.engine.search(SearchQuery(text="zonnebloem"))
                if not found.total:
                    self.faults.append("nothing found")
            except SearchUnavailable as error:
                self.faults.append(str(error))
            self.searches += 1


def test_no_search_fails_and_no_document_is_missing_when_a_server_is_lost(nodes, trusting, search_in, people):
    engine = search_in(*addresses(nodes))
    people.fill()
    engine.versions.client.cluster.health(wait_for_status="green", timeout="30s")
    searching = [Searching(engine) for _ in range(2)]
    for thread in searching:
        thread.start()

    numbers = count(1)
    save_for(SECONDS_AROUND_THE_LOSS / 2, people, numbers)
    nodes[0].kill()
    save_for(SECONDS_AROUND_THE_LOSS, people, numbers)
    saved = next(numbers) - 1
    deadline = time.monotonic() + PATIENCE_SECONDS
    while OutboxRow.objects.exists() and time.monotonic() < deadline:
        jobs.work_off_outbox()
        time.sleep(0.2)
    for thread in searching:
        thread.stopping.set()
        thread.join()

    assert [fault for thread in searching for fault in thread.faults] == []
    assert min(thread.searches for thread in searching) > 5
    assert not OutboxRow.objects.exists()
    assert indexing.differences() == set()
    assert get_engine().search(SearchQuery(text="korenbloem")).total == saved > 5


def save_for(seconds, people, numbers):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        people.save(f"Netwerk Korenbloem {next(numbers)}")
