"""The pages that every test of the site starts from."""

from typing import Any

import pytest
from django.db import connection
from wagtail.models import Page, Site

from pages import models as pages
from search import indexing
from search.engines import get_engine
from tests.factories import HomePageFactory

CATEGORIES = [pages.ForumPage, pages.NetworkIndexPage, pages.PartnershipIndexPage, pages.ResearchGroupIndexPage]
OVERVIEWS = [pages.KnowledgeIndexPage, pages.CardIndexPage, pages.ActivityIndexPage]


@pytest.fixture
def home(home_statements, db):
    """The home page in its place, with the four categories and the three overviews below it."""
    if connection.vendor != "sqlite":
        return make_home()
    state = numbers_given_out()
    if state not in home_statements:
        written = Written()
        with connection.execute_wrapper(written):
            make_home()
        home_statements[state] = written
    else:
        home_statements[state].write_again()
    return pages.HomePage.objects.get()


@pytest.fixture(scope="session")
def home_statements():
    """What making the home page wrote, by the numbers that the database had given out before.

    Making it takes a fifth of a second, and a thousand tests start from it. In a database that has given out the same
    numbers the same statements write the same rows; SQLite takes its numbers back with the rest of a test.
    """
    return {}


class Written(list[tuple[str, Any, bool]]):
    """The statements that changed the database while this wrapped its execution."""

    def __call__(self, execute, sql, params, many, context):
        if sql.startswith(("INSERT", "UPDATE", "DELETE")):
            self.append((sql, params, many))
        return execute(sql, params, many, context)

    def write_again(self) -> None:
        with connection.cursor() as cursor:
            for sql, params, many in self:
                (cursor.executemany if many else cursor.execute)(sql, params)


def numbers_given_out() -> tuple[tuple[str, int], ...]:
    with connection.cursor() as cursor:
        return tuple(cursor.execute("SELECT name, seq FROM sqlite_sequence ORDER BY name").fetchall())


def make_home() -> pages.HomePage:
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
