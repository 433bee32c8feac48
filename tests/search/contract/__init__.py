"""What every search engine does in the same way; the tests marked with ``dutch`` ask more than the fallback gives."""

from search.engines.base import SearchEngine
from search.queries import SearchQuery
from search.results import SearchResults


def find(engine: SearchEngine, text: str = "", **values) -> SearchResults:
    return engine.search(SearchQuery(text=text, **values))


def titles(results: SearchResults) -> list[str]:
    return [hit.title for hit in results.hits]
