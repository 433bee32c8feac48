"""The engines: those over the small site are shared, so a test that stores or removes takes one of its own."""

import pytest

from search.engines.base import SearchEngine
from search.engines.database import DatabaseEngine
from search.engines.embedded import EmbeddedEngine
from tests.search.conftest import an_index_on
from tests.search.documents import a_small_site

DUTCH = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]
ALL = [*DUTCH, "database"]


@pytest.fixture(autouse=True)
def _database(db):
    """Words of people and promotions are kept there."""


def filled(engine: SearchEngine) -> SearchEngine:
    with engine.rebuild() as index:
        index.add(a_small_site())
    return engine


@pytest.fixture(scope="session")
def shared_embedded(tmp_path_factory):
    return filled(EmbeddedEngine(tmp_path_factory.mktemp("shared") / "search"))


@pytest.fixture(scope="session")
def shared_elasticsearch(elasticsearch):
    with an_index_on(elasticsearch) as engine:
        yield filled(engine)


@pytest.fixture
def shared_database(db):
    return filled(DatabaseEngine())


@pytest.fixture(params=ALL)
def engine(request) -> SearchEngine:
    """An engine over the small site, to be searched in."""
    return request.getfixturevalue(f"shared_{request.param}")


@pytest.fixture(params=DUTCH)
def dutch(request) -> SearchEngine:
    """One that knows Dutch, to be searched in."""
    return request.getfixturevalue(f"shared_{request.param}")


@pytest.fixture(params=ALL)
def new_engine(request) -> SearchEngine:
    """An engine without an index."""
    return request.getfixturevalue(f"{request.param}_engine")


@pytest.fixture
def own_engine(new_engine) -> SearchEngine:
    """An engine over the small site, to be written to."""
    return filled(new_engine)


@pytest.fixture(params=DUTCH)
def own_dutch(request) -> SearchEngine:
    """One that knows Dutch, to be written to."""
    return filled(request.getfixturevalue(f"{request.param}_engine"))
