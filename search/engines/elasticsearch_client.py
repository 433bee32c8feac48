"""The way to Elasticsearch: its addresses and credentials, how long to wait, and what becomes of its faults."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from circuitbreaker import STATE_HALF_OPEN, CircuitBreaker
from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, OrjsonSerializer

from search.engines.base import SearchUnavailable

SEARCH_SECONDS = 2.0
"""A visitor waits no longer for one node."""

STORE_SECONDS = 5.0
"""An editor who saves waits no longer; what could not be stored waits in the outbox."""

MAINTENANCE_SECONDS = 120.0
"""For what no visitor or editor waits for: making an index, swapping it."""

REST_SECONDS = 10
"""How long nobody searches in Elasticsearch after it failed to answer."""

OVERLOADED = 429
USUAL_PORTS = {"http": 9200, "https": 443}

JSON = OrjsonSerializer()


class Failing(SearchUnavailable):
    """No answer, or one of a server in trouble: better left alone for a while."""


def connect() -> Elasticsearch:
    """A client for the nodes in the settings, which goes on with another node when one does not answer."""
    nodes = settings.ELASTICSEARCH_URLS
    trusted: dict[str, Any] = {"ca_certs": path} if (path := settings.ELASTICSEARCH_CA_CERTS) else {}
    return Elasticsearch(
        [with_port(node) for node in nodes],
        api_key=settings.ELASTICSEARCH_API_KEY or None,
        **trusted,
        serializer=JSON,
        request_timeout=SEARCH_SECONDS,
        max_retries=len(nodes) - 1,
        retry_on_timeout=len(nodes) > 1,
        connections_per_node=20,
    )


def with_port(address: str) -> str:
    """The client wants a port in every address; people leave out the usual one."""
    parts = urlsplit(address)
    return address if parts.port else parts._replace(netloc=f"{parts.netloc}:{USUAL_PORTS[parts.scheme]}").geturl()


def fault_of(status: int, said: str) -> SearchUnavailable:
    """What an answer with this status is: trouble of the server, or only a question that it cannot answer now."""
    return Failing(said) if status >= OVERLOADED else SearchUnavailable(said)


@contextmanager
def faults_told(doing: str) -> Iterator[None]:
    """Whatever goes wrong with Elasticsearch in this block becomes SearchUnavailable, told in one line."""
    try:
        yield
    except TransportError as error:
        raise Failing(f"{doing}: {type(error).__name__}: {error}") from error
    except ApiError as error:
        status = error.meta.status
        raise fault_of(status, f"{doing}: {status} {error}") from error
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise Failing(f"{doing}: unreadable answer, {type(error).__name__}: {error}") from error


class Guard:
    """Lets through what visitors wait for, until it fails: then nothing for a while, and after that one at a time.

    It closes at the first failure: one visitor has waited then, and the others need not.
    """

    def __init__(self) -> None:
        self.circuit = CircuitBreaker(1, REST_SECONDS, expected_exception=Failing, name="elasticsearch")
        self._probing = threading.Lock()

    @contextmanager
    def __call__(self) -> Iterator[None]:
        circuit = self.circuit
        is_probe = circuit.state == STATE_HALF_OPEN
        if circuit.opened or (is_probe and not self._probing.acquire(blocking=False)):
            raise SearchUnavailable(f"Elasticsearch is left alone for a while: {circuit.last_failure}")
        try:
            with circuit, faults_told("searching"):
                yield
        finally:
            if is_probe:
                self._probing.release()
