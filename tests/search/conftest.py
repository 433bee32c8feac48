import secrets

import pytest
from lxml import html

from forum_integration.rights import ForumRights
from forum_integration.services import writing
from forum_integration.setup import ensure_forums
from search import indexing
from search.engines import get_engine
from search.engines.database import DatabaseEngine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine
from tests.factories import UserFactory


@pytest.fixture
def index(home, settings, tmp_path):
    """The search engine over an index of the test's own, in line with the database."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    get_engine.cache_clear()
    indexing.rebuild()
    yield get_engine()
    get_engine.cache_clear()


@pytest.fixture
def embedded_engine(tmp_path):
    return EmbeddedEngine(tmp_path / "search")


@pytest.fixture
def database_engine(db):
    return DatabaseEngine()


@pytest.fixture
def elasticsearch_engine(elasticsearch, settings):
    """An engine on a real Elasticsearch, with an index of the test's own."""
    settings.ELASTICSEARCH_URLS = [elasticsearch]
    engine = ElasticsearchEngine(f"test-{secrets.token_hex(6)}")
    yield engine
    for index in filter(None, [engine.versions.current(), *engine.versions.others()]):
        engine.client.indices.delete(index=index)


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
