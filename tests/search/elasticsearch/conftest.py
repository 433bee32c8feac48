import secrets
import time

import pytest

from search import indexing, jobs
from search.engines import elasticsearch_client, get_engine
from search.models import OutboxRow
from tests.factories import NetworkPageFactory

PATIENCE_SECONDS = 30
NOTICE = "Zoeken werkt nu beperkt"


@pytest.fixture
def search_in(home, settings, monkeypatch):
    """Let the site search at these addresses, in an index of the test's own that is not made yet."""

    def use(*addresses, rest_seconds=1):
        monkeypatch.setattr(elasticsearch_client, "REST_SECONDS", rest_seconds)
        settings.ELASTICSEARCH_URLS = list(addresses)
        settings.ELASTICSEARCH_INDEX = f"test-{secrets.token_hex(6)}"
        get_engine.cache_clear()
        return get_engine()

    yield use
    get_engine.cache_clear()


class People:
    """A visitor who searches and an editor who saves, and what they notice of a server in trouble."""

    def __init__(self, client, committing):
        self.client = client
        self.committing = committing

    def search(self, text):
        """The engine that answers, and what it finds."""
        answer = self.client.get("/api/zoeken/", {"q": text})
        assert answer.status_code == 200
        found = answer.json()
        return found["motor"], [one["titel"] for one in found["resultaten"]]

    def save(self, title):
        with self.committing():
            return NetworkPageFactory(title=title)

    def state(self):
        answer = self.client.get("/readyz")
        assert answer.status_code == 200
        return answer.json()["search"]

    def fill(self):
        self.save("Netwerk Zonnebloem")
        indexing.rebuild()
        assert self.search("zonnebloem") == ("elasticsearch", ["Netwerk Zonnebloem"])
        assert self.state() == "ok"

    def go_on_in_the_database(self):
        """Visitors find, editors save, and whoever watches over the site is told."""
        assert self.search("zonnebloem") == ("database", ["Netwerk Zonnebloem"])
        assert NOTICE in self.client.get("/zoeken/?q=zonnebloem").content.decode()
        self.save("Netwerk Klaproos")
        assert self.search("klaproos") == ("database", ["Netwerk Klaproos"])
        assert self.state() == "degraded"

    def go_on_in_elasticsearch(self):
        """By itself: nobody does anything, and what was saved meanwhile is there after the next run of the jobs."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.search("zonnebloem")[0] != "elasticsearch":
            assert time.monotonic() < deadline, "the site stays with the database"
            time.sleep(0.1)
        jobs.work_off_outbox()
        assert not OutboxRow.objects.exists()
        assert self.search("zonnebloem") == ("elasticsearch", ["Netwerk Zonnebloem"])
        assert self.search("klaproos") == ("elasticsearch", ["Netwerk Klaproos"])
        assert NOTICE not in self.client.get("/zoeken/?q=zonnebloem").content.decode()
        assert self.state() == "ok"


@pytest.fixture
def people(client, committing):
    return People(client, committing)
