"""Whatever a visitor types or picks, Elasticsearch answers it, and obeys none of it."""

import json
from pathlib import Path

import pytest

from benchmarks.search import remove
from search import indexing
from tests.factories import NetworkPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.elasticsearch]

HOSTILE = Path(__file__).parents[2] / "data" / "hostile"
QUERIES = [json.loads(line) for line in (HOSTILE / "queries.txt").read_text(encoding="utf-8").splitlines()]
STRINGS = [item["value"] for item in json.loads((HOSTILE / "naughty_strings.json").read_text(encoding="utf-8"))]

POLITE = {200, 400, 414}


@pytest.fixture
def api(search_in, elasticsearch, client):
    """What the site answers that searches in Elasticsearch."""
    engine = search_in(elasticsearch)
    NetworkPageFactory(title="Netwerk Zonnebloem")
    indexing.rebuild()
    yield lambda **parameters: client.get("/api/zoeken/", parameters)
    remove(engine)


def test_hostile_text_gets_an_answer_of_the_engine_itself(api):
    for text in (*QUERIES, *STRINGS):
        answer = api(q=text)

        assert answer.status_code in POLITE, text[:80]
        if answer.status_code == 200:
            assert answer.json()["motor"] == "elasticsearch", text[:80]


def test_hostile_values_of_filters_break_nothing(api):
    for text in (*QUERIES, *STRINGS):
        answer = api(onderwerp=text, regio=text, soort=text)

        assert answer.status_code in POLITE, text[:80]
        if answer.status_code == 200:
            assert answer.json()["motor"] == "elasticsearch", text[:80]


def test_text_is_no_query_language(api):
    for text in ("kind:netwerk", "title:*", "*:*", "zonnebloem~ OR *", '{"match_all": {}}', "status:beeindigd"):
        assert api(q=text).json()["aantal"] <= 1, text
    assert api(q="*").json()["aantal"] == 0
