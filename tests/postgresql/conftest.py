import pytest

from tests.fixtures.servers import Site


@pytest.fixture(scope="session")
def postgresql_site(postgresql, redis, tmp_path_factory):
    """The demo site as several machines would serve it: over PostgreSQL, with Redis as its cache."""
    data = tmp_path_factory.mktemp("postgresql-site")
    with Site(data, DATABASE_URL=postgresql, REDIS_URL=redis).running() as site:
        yield site
