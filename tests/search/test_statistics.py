"""What visitors search for is counted, and shown only when several of them searched for it."""

import threading
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.utils.timezone import localdate

from cms import jobs
from search import statistics
from search.engines.base import SearchUnavailable
from search.models import SearchedText, SearchMark
from search.queries import SearchQuery
from search.results import SearchResults
from tests.factories import NetworkPageFactory

LONG_AGO = date(2020, 1, 1)
NAMES = ["Firefox", "Chromium", "Safari", "Edge"]


@pytest.fixture(autouse=True)
def nothing_waits(monkeypatch):
    monkeypatch.setattr(statistics, "_writer", statistics.Writer())


@pytest.fixture
def search(client, index, committing):
    """Search as so many visitors, and write it down."""
    with committing():
        NetworkPageFactory(title="Netwerk Toetsing")

    def ask(text="toetsing", visitors=1, address="/zoeken/", **parameters):
        for name in NAMES[:visitors]:
            answer = client.get(address, {"q": text, **parameters}, headers={"User-Agent": name})
            assert answer.status_code in {200, 400, 404}
        statistics.write_waiting()

    return ask


def counts():
    return list(SearchedText.objects.values_list("text", "searches", "visitors", "vain_searches", "vain_visitors"))


def told(report=None):
    rows = (report or SearchedText.objects.among_several)(LONG_AGO)
    return [(row["text"], row["times"], row["people"]) for row in rows]


@pytest.mark.parametrize("address", ["/zoeken/", "/api/zoeken/"])
def test_a_search_is_counted_with_who_searched(search, address):
    search("toetsing", visitors=2, address=address)
    search("toetsing", visitors=1, address=address)

    assert counts() == [("toetsing", 3, 2, 0, 0)]


def test_a_search_that_finds_nothing_is_counted_as_such(search):
    search("xyzzyplugh", visitors=2)

    assert counts() == [("xyzzyplugh", 2, 2, 2, 2)]


def test_ways_to_type_the_same_words_are_one_text(search):
    for text in ("Toetsing  en\tToetsbeleid", "toetsing en toetsbeleid", " TOETSING EN TOETSBELEID "):
        search(text)

    assert [(text, searches) for text, searches, *_ in counts()] == [("toetsing en toetsbeleid", 3)]


@pytest.mark.parametrize(
    "parameters",
    [{"categorie": "netwerken"}, {"sorteer": "titel"}, {"pagina": "2"}, {"status": "alle"}, {"soort": "netwerk"}],
)
def test_going_on_within_an_answer_is_not_another_search(search, parameters):
    search("toetsing", **parameters)

    assert counts() == []


def test_looking_at_everything_is_not_a_search(search):
    search("")

    assert counts() == []


@pytest.mark.parametrize(
    "text",
    [
        "jan.jansen@example.org",
        "mail naar jan @ example",
        "06-12345678",
        "06 12 34 56 78",
        "+31 (0)20 123 45 67",
        "student 1234567",
        "w" * 101,
    ],
)
def test_what_may_point_at_a_person_is_not_kept(search, text):
    search(text, visitors=3)

    assert counts() == []


@pytest.mark.parametrize("text", ["studiejaar 2023-2024", "onderwijs 2032", "wet 2.0", "3e jaar, 4e blok", "w" * 100])
def test_other_numbers_are_kept(search, text):
    search(text)

    assert [row[0] for row in counts()] == [text]


def test_while_the_engine_is_away_no_search_is_in_vain(search, index, monkeypatch):
    def refuse(query):
        raise SearchUnavailable("De zoekmachine is weg.")

    monkeypatch.setattr(index, "search", refuse)

    search("xyzzyplugh")

    assert counts() == [("xyzzyplugh", 1, 1, 0, 0)]


def test_a_search_waits_for_no_query_of_the_count(client, index, django_assert_num_queries, monkeypatch):
    client.get("/zoeken/?q=toetsing")
    monkeypatch.setattr(statistics, "record", lambda *args: None)
    with connection.execute_wrapper(count := Counting()):
        client.get("/zoeken/?q=toetsing")
    monkeypatch.undo()

    with django_assert_num_queries(count.number):
        client.get("/zoeken/?q=toetsing")


class Counting:
    number = 0

    def __call__(self, execute, *args):
        self.number += 1
        return execute(*args)


def test_many_searches_are_written_in_as_few_statements_as_one(search, client, django_assert_max_num_queries):
    for number in range(30):
        client.get("/zoeken/", {"q": f"vraag {number % 10}"}, headers={"User-Agent": f"Browser {number}"})

    with django_assert_max_num_queries(20):
        statistics.write_waiting()

    assert {row[1:3] for row in counts()} == {(3, 3)}


@pytest.mark.parametrize("visitors", [1, 2])
def test_what_one_or_two_visitors_search_is_told_to_nobody(search, visitors):
    for _ in range(3):
        search("mijn eigen naam", visitors=visitors)

    assert told() == []
    assert told(SearchedText.objects.in_vain_among_several) == []


def test_what_three_visitors_search_is_told(search):
    search("toetsing", visitors=3)

    assert told() == [("toetsing", 3, 3)]
    assert told(SearchedText.objects.in_vain_among_several) == []


def test_one_visitor_on_three_days_is_not_three_visitors(search, time_machine):
    for day in ("2026-11-21", "2026-11-22", "2026-11-23"):
        time_machine.move_to(f"{day} 12:00", tick=False)
        search("mijn eigen naam")

    assert told() == []


def test_days_on_which_several_visitors_searched_add_up(search, time_machine):
    for day in ("2026-11-21", "2026-11-23"):
        time_machine.move_to(f"{day} 12:00", tick=False)
        search("xyzzyplugh", visitors=3)

    assert told() == told(SearchedText.objects.in_vain_among_several) == [("xyzzyplugh", 6, 6)]


def test_a_period_counts_only_its_own_days(search, time_machine):
    for day in ("2026-11-01", "2026-11-23"):
        time_machine.move_to(f"{day} 12:00", tick=False)
        search("toetsing", visitors=3)

    [row] = SearchedText.objects.among_several(date(2026, 11, 20))
    assert row["times"] == 3


@pytest.mark.parametrize("next_day", [lambda search: search("iets anders"), lambda search: jobs.run_due()])
def test_after_the_day_no_mark_remains_and_no_text_of_one_or_two_visitors(search, time_machine, next_day):
    time_machine.move_to("2026-11-22 12:00", tick=False)
    search("toetsing", visitors=3)
    search("mijn eigen naam", visitors=2)

    time_machine.move_to("2026-11-23 00:01", tick=False)
    next_day(search)

    assert not SearchMark.objects.filter(searched__day__lt=localdate()).exists()
    assert [row.text for row in SearchedText.objects.filter(day__lt=localdate())] == ["toetsing"]


def test_counts_are_kept_for_thirteen_months(db):
    for days in (395, 397):
        SearchedText.objects.create(day=localdate() - timedelta(days=days), text=f"{days}", searches=9, visitors=9)

    jobs.run_due()

    assert [row.text for row in SearchedText.objects.all()] == ["395"]


def test_a_database_that_refuses_costs_the_count_and_not_the_search(search, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise OperationalError("database is locked")

    with monkeypatch.context() as broken:
        broken.setattr(QuerySet, "bulk_create", refuse)
        search("toetsing")
    search("toetsing")

    assert counts() == [("toetsing", 1, 1, 0, 0)]
    assert "1 searches are not counted" in caplog.text


def test_one_thread_writes_what_came_in_a_moment_and_ends(rf, settings, monkeypatch):
    settings.SEARCH_STATISTICS_SECONDS = 0.05
    written = []
    monkeypatch.setattr(statistics, "_store", lambda searches: written.append((threading.get_ident(), searches)))

    for _ in range(2):
        for name in NAMES:
            request = rf.get("/zoeken/", headers={"User-Agent": name})
            statistics.record(request, SearchQuery(text="toetsing"), SearchResults(total=1))
        at_work = [thread for thread in threading.enumerate() if thread.name == "statistics"]
        assert len(at_work) == 1
        at_work[0].join(10)

    assert [len(searches) for _thread, searches in written] == [4, 4]
    assert threading.get_ident() not in dict(written)
