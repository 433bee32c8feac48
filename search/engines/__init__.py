"""The search engines, and which of them this site asks."""

from functools import cache

from django.conf import settings

from search.engines.base import SearchEngine


@cache
def get_engine() -> SearchEngine:
    """The engine that answers and that the outbox is brought into; one for each process."""
    return new_engine()


def new_engine() -> SearchEngine:
    if settings.ELASTICSEARCH_URLS:
        from search.engines.elasticsearch import ElasticsearchEngine

        return ElasticsearchEngine(settings.ELASTICSEARCH_INDEX)
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(settings.SEARCH_INDEX_DIR)


@cache
def get_fallback() -> SearchEngine:
    """What answers while the engine is away."""
    from search.engines.database import DatabaseEngine

    return DatabaseEngine()
