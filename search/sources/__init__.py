"""The one place that turns what the site holds into search documents.

A source says of one model which things an anonymous visitor may open, and what each can be found by; search/reader.py
reads through all of them.
"""

from pages.models import (
    ActivityIndexPage,
    ActivityPage,
    ArticlePage,
    CardIndexPage,
    CardPage,
    ForumPage,
    KnowledgeIndexPage,
    NetworkIndexPage,
    NetworkPage,
    PartnershipIndexPage,
    PartnershipPage,
    ResearchGroupIndexPage,
    ResearchGroupPage,
    ResourcePage,
    StandardPage,
)
from search.sources.base import Source
from search.sources.pages import (
    ActivitySource,
    ArticleSource,
    CardSource,
    EntrySource,
    PageSource,
    ResourceSource,
    SitePageSource,
)
from search.sources.things import OrganisationSource, SubjectSource, TopicSource

__all__ = ["BY_KIND", "BY_MODEL", "SOURCES", "PageSource", "Source", "TopicSource"]

SOURCES: list[Source] = [
    EntrySource(NetworkPage),
    EntrySource(PartnershipPage),
    EntrySource(ResearchGroupPage),
    ResourceSource(ResourcePage),
    ArticleSource(ArticlePage),
    CardSource(CardPage),
    ActivitySource(ActivityPage),
    SitePageSource(StandardPage),
    SitePageSource(KnowledgeIndexPage),
    SitePageSource(CardIndexPage),
    SitePageSource(ActivityIndexPage),
    SitePageSource(ForumPage, "summary"),
    SitePageSource(NetworkIndexPage, "summary"),
    SitePageSource(PartnershipIndexPage, "summary"),
    SitePageSource(ResearchGroupIndexPage, "summary"),
    TopicSource(),
    OrganisationSource(),
    SubjectSource(),
]
BY_MODEL = {source.model: source for source in SOURCES}
BY_KIND: dict[str, list[Source]] = {}
for _source in SOURCES:
    BY_KIND.setdefault(_source.kind.value, []).append(_source)
