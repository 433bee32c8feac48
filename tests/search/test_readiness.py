"""What search says of itself when the site starts."""

import shutil

import pytest

from cms import starting
from search.engines import elasticsearch_index, embedded_index

pytestmark = pytest.mark.django_db


def told(caplog) -> list[str]:
    caplog.clear()
    starting.look_around()
    return [record.getMessage() for record in caplog.records if record.name.startswith("search")]


def test_a_site_with_an_index_starts_in_silence(index, caplog):
    assert told(caplog) == []


def test_an_index_made_by_other_code_is_said_in_one_line(index, caplog, monkeypatch):
    monkeypatch.setattr(embedded_index, "index_version", lambda: "other")

    [line] = told(caplog)

    assert "rebuild_search" in line
    assert "\n" not in line


def test_a_missing_index_is_said_in_one_line(index, caplog, settings):
    shutil.rmtree(settings.SEARCH_INDEX_DIR)

    assert len(told(caplog)) == 1


def test_a_server_that_is_away_is_said_in_one_line_and_stops_nothing(home, caplog, settings):
    settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]

    [line] = told(caplog)

    assert "away" in line
    assert "\n" not in line


@pytest.mark.elasticsearch
def test_a_changed_mapping_is_said_in_one_line(elasticsearch_engine, elasticsearch, caplog, settings, monkeypatch):
    settings.ELASTICSEARCH_URLS = [elasticsearch]
    settings.ELASTICSEARCH_INDEX = elasticsearch_engine.versions.name
    with elasticsearch_engine.rebuild():
        pass
    assert told(caplog) == []

    monkeypatch.setattr(elasticsearch_index, "fingerprint", lambda *_: "0123456789")

    [line] = told(caplog)
    assert "rebuild_search" in line
