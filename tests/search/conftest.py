import secrets
from contextlib import contextmanager

import pytest
from lxml import html

from benchmarks.search import on_elasticsearch, remove
from forum_integration.rights import ForumRights
from forum_integration.services import writing
from forum_integration.setup import ensure_forums
from search.engines.clauses import AllOf
from search.engines.database import DatabaseEngine
from search.engines.embedded import EmbeddedEngine
from tests.factories import UserFactory


@pytest.fixture
def embedded_engine(tmp_path):
    return EmbeddedEngine(tmp_path / "search")


@pytest.fixture
def database_engine(db):
    return DatabaseEngine()


@contextmanager
def an_index_on(address: str):
    """An engine on a real Elasticsearch, with an index of its own that goes at the end."""
    engine = on_elasticsearch(address, f"test-{secrets.token_hex(6)}")
    yield engine
    remove(engine)


@pytest.fixture
def elasticsearch_engine(elasticsearch):
    with an_index_on(elasticsearch) as engine:
        yield engine


@pytest.fixture(scope="module")
def embedded_with_demo(demo_data):
    """The embedded engine over the demo content; not to be written to."""
    return EmbeddedEngine(demo_data / "search")


@pytest.fixture(scope="module")
def elasticsearch_with_demo(elasticsearch, embedded_with_demo):
    """Elasticsearch with the documents that the embedded engine has of the demo content."""
    everything = embedded_with_demo._read().best(AllOf(()), len(embedded_with_demo.ids()))
    with an_index_on(elasticsearch) as engine:
        with engine.rebuild() as index:
            index.add(everything)
        yield engine


@pytest.fixture
def committing(django_capture_on_commit_callbacks):
    """``with committing():`` does after the block what a commit would do, such as working off the outbox."""

    def block():
        return django_capture_on_commit_callbacks(execute=True)

    return block


@pytest.fixture
def forums(home):
    """The forums by key, with the rights that visitors and members have in them."""
    return ensure_forums()


@pytest.fixture
def start_topic(forums):
    """Start a topic as somebody who need not wait for a moderator, in the forum for questions unless told otherwise."""
    by = ForumRights(UserFactory(display_name="Tessa de Vrager", is_superuser=True))

    def start(title="Hoe begin je met flexibele routes?", text="Wie heeft hier ervaring mee?", **details):
        forum = details.pop("forum", forums["vragen"])
        return writing.start_topic(forum=forum, by=by, title=title, text=text, **details)

    start.by = by
    return start


@pytest.fixture
def read(client):
    def get(address):
        answer = client.get(address)
        assert answer.status_code == 200, address
        return html.fromstring(answer.content.decode())

    return get
