"""Demo content on a site that has no search index yet."""

from cms.demo import registry
from search import jobs, reader
from search.engines import get_engine
from search.engines.embedded import EmbeddedEngine
from search.models import OutboxRow
from search.queries import SearchQuery
from tests.factories import NetworkPageFactory


def load(monkeypatch, committing, **loaders):
    order = {"index": (0, jobs.index_what_is_loaded)} | {name: (9, loader) for name, loader in loaders.items()}
    monkeypatch.setattr(registry, "_loaders", order)
    with committing():
        registry.load_all()


def test_the_index_is_made_with_the_content_and_nobody_is_warned(
    home, settings, tmp_path, monkeypatch, committing, caplog
):
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    get_engine.cache_clear()

    load(monkeypatch, committing, content=lambda: NetworkPageFactory(title="Netwerk Zonnebloem"))

    assert [hit.title for hit in get_engine().search(SearchQuery(text="zonnebloem")).hits] == ["Netwerk Zonnebloem"]
    assert get_engine().ids() == reader.visible_ids()
    assert not OutboxRow.objects.exists()
    assert not caplog.records
    get_engine.cache_clear()


def test_an_index_that_is_there_is_kept(index, monkeypatch, committing):
    monkeypatch.setattr(EmbeddedEngine, "rebuild", lambda self: 1 / 0)

    load(monkeypatch, committing)
