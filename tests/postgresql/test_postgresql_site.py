"""The same platform on PostgreSQL and Redis: it starts, holds the demo content and answers its key pages."""

import json

import pytest

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]

PAGES = [
    "/",
    "/netwerken/",
    "/netwerken/?onderwerp=leerwegonafhankelijke-toetsing",
    "/regionale-samenwerkingsverbanden/",
    "/onderzoeksgroepen/",
    "/onderwerpen/",
    "/onderwerpen/leerwegonafhankelijke-toetsing/?categorie=netwerken",
    "/forum/",
    "/zoeken/?q=toetsing",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_key_page_answers(postgresql_site, path):
    assert postgresql_site.get(path).status == 200


def test_search_answers(postgresql_site):
    found = json.loads(postgresql_site.get("/api/zoeken/?q=toetsing").read())

    assert found["motor"] == "ingebouwd"
    assert found["aantal"] > 0


def test_everything_it_leans_on_is_well(postgresql_site):
    assert postgresql_site.get("/readyz").status == 200


def test_no_migration_is_missing(postgresql_site):
    postgresql_site.manage("migrate", "--check")


def test_loading_the_demo_content_again_changes_nothing(postgresql_site):
    before = json.loads(postgresql_site.get("/api/zoeken/").read())

    postgresql_site.manage("load_demo")

    assert json.loads(postgresql_site.get("/api/zoeken/").read()) == before


def test_the_periodic_work_runs_twice(postgresql_site):
    postgresql_site.manage("run_jobs")
    postgresql_site.manage("run_jobs")
