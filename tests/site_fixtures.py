"""The pages that every test of the site starts from."""

import pytest
from wagtail.models import Page, Site

from pages import models as pages
from search import indexing
from search.engines import get_engine
from tests.factories import HomePageFactory

CATEGORIES = [pages.ForumPage, pages.NetworkIndexPage, pages.PartnershipIndexPage, pages.ResearchGroupIndexPage]
OVERVIEWS = [pages.KnowledgeIndexPage, pages.CardIndexPage, pages.ActivityIndexPage]


@pytest.fixture
def home(db):
    """The home page in its place, with the four categories and the three overviews below it."""
    home = HomePageFactory(parent=Page.get_first_root_node())
    site = Site.objects.get()
    site.root_page = home
    site.save()
    for model in CATEGORIES:
        home.add_child(instance=model(title=model.category.label, summary="Wat achter deze deur ligt."))
    for model in OVERVIEWS:
        home.add_child(instance=model(title=str(model._meta.verbose_name).capitalize()))
    return home


@pytest.fixture
def index(home, settings, tmp_path):
    """The search engine over an index of the test's own, in line with the database."""
    settings.SEARCH_INDEX_DIR = tmp_path / "search"
    get_engine.cache_clear()
    indexing.rebuild()
    yield get_engine()
    get_engine.cache_clear()
