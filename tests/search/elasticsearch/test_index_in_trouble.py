"""A server that is well, with an index that is not: missing, or closed to writing."""

import pytest

from benchmarks.search import remove
from search import indexing, jobs
from search.models import OutboxRow


@pytest.fixture
def engine(elasticsearch, search_in, people):
    engine = search_in(elasticsearch)
    people.fill()
    yield engine
    remove(engine)


def configure(engine, **settings):
    engine.client.indices.put_settings(
        index=engine.versions.current(), settings={name.replace("__", "."): value for name, value in settings.items()}
    )


def test_a_missing_index_is_made_again_by_a_rebuild(engine, people):
    engine.client.indices.delete(index=engine.versions.current())

    people.go_on_in_the_database()

    indexing.rebuild()
    people.go_on_in_elasticsearch()


@pytest.mark.parametrize("block", ["index__blocks__read_only_allow_delete", "index__blocks__write"])
def test_while_an_index_cannot_be_written_to_changes_wait_and_searching_goes_on(engine, people, block):
    withdrawn = people.save("Netwerk Distel")
    configure(engine, **{block: True})

    people.save("Netwerk Klaproos")
    people.save("Netwerk Korenbloem")
    with people.committing():
        withdrawn.unpublish()

    assert OutboxRow.objects.exists()
    assert people.search("zonnebloem") == ("elasticsearch", ["Netwerk Zonnebloem"])
    assert people.search("distel")[1] == []
    assert people.state() == "degraded"

    jobs.work_off_outbox()
    assert OutboxRow.objects.exists()

    configure(engine, **{block: None})
    people.go_on_in_elasticsearch()
    assert people.search("korenbloem") == ("elasticsearch", ["Netwerk Korenbloem"])
    assert people.search("distel") == ("elasticsearch", [])
