"""Whatever anybody types or picks."""

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from search.documents import Facet, Status
from tests.search.contract import find

HOSTILE = Path(__file__).parents[2] / "data" / "hostile"


def hostile_queries() -> Iterator[str]:
    yield from map(json.loads, (HOSTILE / "queries.txt").read_text(encoding="utf-8").splitlines())
    for item in json.loads((HOSTILE / "naughty_strings.json").read_text(encoding="utf-8")):
        yield item["value"]


def test_nothing_that_a_visitor_types_raises(engine):
    for text in hostile_queries():
        found = find(engine, text)

        assert all(re.findall(r"<(?!/?mark>)", hit.fragment) == [] for hit in found.hits)


def test_nothing_that_a_visitor_begins_to_type_raises(engine):
    for text in islice(hostile_queries(), 0, None, 5):
        engine.suggest(text)


def test_nothing_that_a_visitor_picks_raises(engine):
    values = list(hostile_queries())
    for start in range(0, len(values), 20):
        picked = values[start : start + 20]
        assert find(engine, filters=dict.fromkeys(Facet, picked)).total == 0


def test_query_syntax_is_not_obeyed(engine):
    for text in ("status:beeindigd", "status:[a TO z]", "NOT toetsing", "title:*", "kind:netwerk AND *"):
        assert all(hit.status == Status.ACTIVE for hit in find(engine, text).hits), text


def test_a_very_long_query_is_answered(engine):
    assert find(engine, "toetsing " * 2000).total >= 1 or engine.name == "database"
    assert find(engine, "a" * 100_000).total == 0
    assert find(engine, " ".join(f"woord{n}" for n in range(5000))).total == 0
