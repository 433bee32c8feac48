"""What every search engine does in the same way; the tests marked with ``dutch`` ask more than the fallback gives."""

import json
import re
import threading
from collections.abc import Iterator
from html import unescape
from itertools import islice
from pathlib import Path

import pytest

from search.documents import Facet, SearchDocument, Status
from search.engines.base import DocumentsRefused, SearchEngine
from search.explaining import Way
from search.queries import SearchQuery, Sort, StatusChoice
from search.results import SearchResults
from tests.search.documents import a_document, a_small_site, a_subject

pytestmark = pytest.mark.django_db

HOSTILE = Path(__file__).parents[1] / "data" / "hostile"


DUTCH_ENGINES = ["embedded_engine", pytest.param("elasticsearch_engine", marks=pytest.mark.elasticsearch)]
ENGINES = [*DUTCH_ENGINES, "database_engine"]


def filled(engine: SearchEngine) -> SearchEngine:
    with engine.rebuild() as index:
        index.add(a_small_site())
    return engine


@pytest.fixture(params=ENGINES)
def new_engine(request) -> SearchEngine:
    """An engine without an index."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def engine(new_engine) -> SearchEngine:
    return filled(new_engine)


@pytest.fixture(params=DUTCH_ENGINES)
def dutch(request) -> SearchEngine:
    """An engine that knows Dutch."""
    return filled(request.getfixturevalue(request.param))


def find(engine: SearchEngine, text: str = "", **values) -> SearchResults:
    return engine.search(SearchQuery(text=text, **values))


def titles(results: SearchResults) -> list[str]:
    return [hit.title for hit in results.hits]


# Everything, narrowed


def test_without_text_everything_is_found_newest_first(engine):
    found = find(engine)

    dated = [hit.date for hit in found.hits if hit.date]
    assert found.total == len(a_small_site()) - 1
    assert titles(found)[0] == "Onderwijsregio Noord"
    assert dated == sorted(dated, reverse=True)


def test_ended_things_are_found_only_when_asked_for(engine):
    assert "RAP Groningen" not in titles(find(engine))
    assert titles(find(engine, status=StatusChoice.ENDED)) == ["RAP Groningen"]
    assert find(engine, status=StatusChoice.ALL).total == len(a_small_site())


def test_values_of_one_facet_are_alternatives_and_facets_narrow_each_other(engine):
    both = find(engine, filters={Facet.SECTOR: ["mbo", "po"]})
    narrowed = find(engine, filters={Facet.SECTOR: ["mbo", "po"], Facet.CATEGORY: ["netwerken"]})

    assert both.total == 4
    assert set(titles(narrowed)) == {"PO-Raad", "Kennispunt MBO"}


def test_a_facet_is_counted_without_its_own_filter_and_with_the_others(engine):
    found = find(engine, filters={Facet.CATEGORY: ["netwerken"], Facet.SECTOR: ["mbo"]})

    assert found.facets[Facet.CATEGORY] == {"netwerken": 1, "forum": 1}
    assert found.facets[Facet.SECTOR] == {"hbo": 1, "po": 1, "mbo": 1}
    assert found.facets[Facet.SUBJECT] == {"toetsing": 1}


def test_counts_follow_the_status(engine):
    active, everything = find(engine), find(engine, status=StatusChoice.ALL)

    assert active.facets[Facet.REGION]["groningen"] == 1
    assert everything.facets[Facet.REGION]["groningen"] == 2


def test_no_list_of_values_is_cut(engine):
    engine.index(a_document(1000 + n, subjects=(f"onderwerp-{n}",)) for n in range(150))

    assert len(find(engine).facets[Facet.SUBJECT]) == 150 + 4


def test_a_thing_with_several_values_is_found_and_counted_once(engine):
    found = find(engine, filters={Facet.REGION: ["groningen", "drenthe"]})

    assert titles(found) == ["Onderwijsregio Noord"]
    assert found.facets[Facet.KIND] == {"samenwerkingsverband": 1}


def test_an_unknown_value_finds_nothing(engine):
    found = find(engine, filters={Facet.SUBJECT: ["bestaat-niet"]})

    assert (found.total, list(found.hits)) == (0, [])


def test_pages_follow_each_other_and_end(engine):
    engine.index(a_document(1000 + n, title=f"Netwerk {n:03}") for n in range(50))

    pages = [find(engine, sort=Sort.TITLE, page=page, page_size=20) for page in (1, 2, 3, 4, 999_999)]

    found = [hit.id for page in pages for hit in page.hits]
    assert len(found) == len(set(found)) == pages[0].total == 62
    assert [len(page.hits) for page in pages] == [20, 20, 20, 2, 0]
    assert {page.total for page in pages} == {62}


def test_titles_are_sorted_without_regard_to_case_and_accents(engine):
    engine.index(
        [a_document(1001, title="éénentwintig"), a_document(1002, title="Eenhoorn"), a_document(1003, title="eik")]
    )

    names = titles(find(engine, sort=Sort.TITLE))

    assert names.index("éénentwintig") < names.index("Eenhoorn") < names.index("eik")


def test_newest_first_also_with_text(engine):
    assert titles(find(engine, "netwerk", sort=Sort.NEWEST))[:2] == ["Netwerk Toetsbekwaamheid h(b)o", "Kennispunt MBO"]


# Words


@pytest.mark.parametrize("text", ["toetsbekwaamheid", "TOETSBEKWAAMHEID", "toetsbekwaamheid netwerk"])
def test_a_thing_is_found_by_words_of_its_title(engine, text):
    assert titles(find(engine, text))[0] == "Netwerk Toetsbekwaamheid h(b)o"


def test_a_title_comes_before_a_summary(engine):
    engine.index([a_document(1001, title="Iets anders", summary="Ook examinering komt voor.", date=None)])
    engine.index([a_document(1002, title="Examinering", date=None)])

    assert titles(find(engine, "examinering"))[0] == "Examinering"


@pytest.mark.parametrize("text", ["poraad", "po raad", "PO-Raad", "po-raad."])
def test_a_name_is_found_however_its_parts_are_joined(engine, text):
    assert titles(find(engine, text))[0] == "PO-Raad"


def test_what_the_site_does_not_know_finds_nothing(engine):
    for text in ("xqzw", "fietsenmaker", "0000-1111-2222", "krimpfolie", "recept appeltaart"):
        assert find(engine, text).total == 0, text


@pytest.mark.parametrize("text", ["de", "wat is er", "!?!", "%", "\x00", "«»"])
def test_text_without_a_telling_word_finds_nothing_and_not_everything(engine, text):
    found = find(engine, text)

    assert found.total == 0
    assert all(not counts for counts in found.facets.values())


def test_the_name_of_something_ended_finds_its_successor_first(engine):
    active = find(engine, "RAP Groningen")
    everything = find(engine, "RAP Groningen", status=StatusChoice.ALL)

    assert titles(active) == ["Onderwijsregio Noord"]
    assert active.hits[0].formerly == "RAP Groningen"
    assert titles(everything) == ["Onderwijsregio Noord", "RAP Groningen"]


def test_filters_hold_for_text_as_well(engine):
    found = find(engine, "logistiek", filters={Facet.CATEGORY: ["kennis"]})

    assert titles(found) == ["Zes praktijkcasussen"]


def test_words_found_are_marked_in_escaped_text(engine):
    engine.index(
        [a_document(1001, title="Proef", summary="Een <b>vette</b> examinering & meer <script>alert(1)</script>")]
    )

    fragment = next(hit.fragment for hit in find(engine, "examinering").hits if hit.title == "Proef")

    assert "<mark>examinering</mark>" in fragment
    assert re.findall(r"<(?!/?mark>)", fragment) == []
    assert "<b>vette</b>" in unescape(fragment)


def test_the_engine_says_its_name(engine):
    assert find(engine).engine == engine.name
    assert engine.name in {"ingebouwd", "elasticsearch", "database"}


# Dutch


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("toetsing", "Leerwegonafhankelijke toetsing"),
        ("lectoraten", "Digitale Didactiek"),
        ("startmoment", "Roosteren met vier startmomenten"),
        ("praktijkcasus", "Zes praktijkcasussen"),
        ("bestuur", "PO-Raad"),
    ],
)
def test_other_forms_of_a_word_find_it(dutch, text, title):
    assert title in titles(find(dutch, text))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("logistiek van het onderwijs", "Onderwijslogistiek"),
        ("onderwijs logistiek", "Onderwijslogistiek"),
        ("casussen uit de praktijk", "Zes praktijkcasussen"),
        ("docent ontwerp team", "Docentontwerpteams"),
        ("tekort aan leraren", "Onderwijsregio Noord"),
        ("start momenten", "Roosteren met vier startmomenten"),
        ("blendedlearning", "Blended learning"),
    ],
)
def test_one_word_is_found_typed_as_several_and_the_other_way_round(dutch, text, title):
    assert titles(find(dutch, text))[0] == title


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("onderwijslogestiek", "onderwijslogistiek"),
        ("toetsbekwaamhied", "toetsbekwaamheid"),
        ("praktijkcassusen", "praktijkcasussen"),
        ("didaktiek", "didactiek"),
        ("roostren", "roosteren"),
    ],
)
def test_a_typing_error_finds_what_was_meant_and_asks(dutch, typed, meant):
    found = find(dutch, typed)

    assert found.total > 0
    assert found.did_you_mean == meant
    assert find(dutch, meant).did_you_mean is None
    assert [hit.id for hit in found.hits][:1] == [hit.id for hit in find(dutch, meant).hits][:1]


def test_did_you_mean_keeps_the_rest_of_the_query(dutch):
    assert find(dutch, "Roosteren van onderwijslogestiek!").did_you_mean == "Roosteren van onderwijslogistiek!"


def test_nothing_is_asked_about_a_word_that_was_withdrawn(dutch):
    dutch.index([a_document(1001, title="Verwijderdheid")])
    assert find(dutch, "verwijderdhied").did_you_mean in {"verwijderdheid", None}
    dutch.delete(["netwerk-1001"])

    assert find(dutch, "verwijderdhied").did_you_mean is None


def test_short_words_are_not_corrected(dutch):
    dutch.index([a_document(1001, title="Bot en kot"), a_document(1002, title="Dat")])

    assert titles(find(dutch, "DOT")) == ["Docentontwerpteams"]


def test_another_name_of_a_subject_finds_the_things_of_that_subject(dutch):
    assert {"Leerwegonafhankelijke toetsing", "Kennispunt MBO"} <= set(titles(find(dutch, "lwot")))


def test_a_new_name_of_a_subject_works_as_soon_as_the_subject_is_stored(dutch):
    assert find(dutch, "proeve van bekwaamheid").total == 0

    dutch.index([a_subject(1, "toetsing", "Leerwegonafhankelijke toetsing", "proeve")])

    assert "Kennispunt MBO" in titles(find(dutch, "proeve"))


def test_a_term_that_is_not_the_subject_does_not_lead_to_it(dutch):
    assert titles(find(dutch, "hybride leren")) == ["Blended en hybride leren betekenen hetzelfde."]
    assert "Kennispunt MBO" not in titles(find(dutch, "leerwegafhankelijke toetsing"))
    assert find(dutch, "leerwegafhankelijke").did_you_mean is None


@pytest.mark.parametrize("text", ["esther vd stappen", "Van der Stappen", "lector avans", "VP"])
def test_people_and_institutions_lead_to_their_things(dutch, text):
    wanted = "Zes praktijkcasussen" if text == "VP" else "Digitale Didactiek"

    assert titles(find(dutch, text))[0] == wanted


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("hoe kan ik het best roosteren als er vier startmomenten zijn", "Roosteren met vier startmomenten"),
        ("wat is het verschil tussen blended en hybride", "Blended en hybride leren betekenen hetzelfde."),
        ("wie werkt er aan goed toetsen en beoordelen in het hbo", "Netwerk Toetsbekwaamheid h(b)o"),
    ],
)
def test_a_question_is_answered_by_its_telling_words(dutch, text, title):
    assert titles(find(dutch, text))[0] == title


@pytest.mark.parametrize(
    ("text", "mark"),
    [("toetsing", "toetsen"), ("tekort", "lerarentekort"), ("logistek", "logistiek"), ("hybride", "hybride")],
)
def test_words_are_marked_in_the_form_they_have_in_the_text(dutch, text, mark):
    assert any(f"<mark>{mark}</mark>" in hit.fragment for hit in find(dutch, text).hits)


def test_a_word_deep_in_a_long_text_is_shown_with_what_stands_around_it(dutch):
    dutch.index(
        [a_document(1001, title="Lang", summary="Kort.", body="Woorden zonder nut. " * 60 + "Dan de eindbaas. Slot.")]
    )

    fragment = find(dutch, "eindbaas").hits[0].fragment

    assert "<mark>eindbaas</mark>" in fragment
    assert fragment.startswith("…")
    assert len(fragment) < 300


# Suggestions and related things


@pytest.mark.parametrize("text", ["toetsb", "netwerk t", "Toetsbekwaamheid H(B)O", "po-r", "porA"])
def test_suggestions_begin_like_what_is_typed(engine, text):
    wanted = "PO-Raad" if text.lower().startswith("po") else "Netwerk Toetsbekwaamheid h(b)o"

    assert wanted in [suggestion.title for suggestion in engine.suggest(text)]


def test_suggestions_hold_no_ended_things_and_no_more_than_asked(engine):
    engine.index(a_document(1000 + n, title=f"RAP {n}") for n in range(20))

    found = engine.suggest("rap", limit=5)

    assert len(found) == 5
    assert "RAP Groningen" not in [suggestion.title for suggestion in engine.suggest("rap", limit=50)]


def test_nothing_typed_suggests_nothing(engine):
    assert list(engine.suggest("")) == list(engine.suggest("  ")) == []


def test_related_things_share_subjects(engine):
    found = [suggestion.title for suggestion in engine.more_like("forumonderwerp-14")]

    assert "Zes praktijkcasussen" in found
    assert "Roosteren met vier startmomenten" not in found
    assert "Onderwijslogistiek" not in found
    assert list(engine.more_like("netwerk-404")) == []


# Storing


def test_what_is_stored_again_replaces_what_was_there(engine):
    engine.index([a_document(12, title="Nieuwe naam")])

    assert titles(find(engine, "nieuwe naam")) == ["Nieuwe naam"]
    assert "PO-Raad" not in titles(find(engine, "po-raad"))
    assert len(engine.ids()) == len(a_small_site())


def test_what_is_deleted_is_gone_and_unknown_ids_are_fine(engine):
    engine.delete(["netwerk-12", "netwerk-404"])

    assert find(engine, "po-raad").total == 0
    assert "netwerk-12" not in engine.ids()


def test_storing_and_deleting_go_in_one_commit(engine):
    engine.update([a_document(50, title="Erbij")], ["netwerk-12"])

    assert {"netwerk-50", "netwerk-12"} & engine.ids() == {"netwerk-50"}


def test_counts_per_kind_hold_ended_things_too(engine):
    counts = engine.counts()

    assert counts["samenwerkingsverband"] == 2
    assert sum(counts.values()) == len(a_small_site()) == len(engine.ids())


def test_a_rebuild_leaves_nothing_of_what_was_there(engine):
    with engine.rebuild() as index:
        index.add([a_document(1, title="Enige")])
        index.add([a_document(2, title="Andere")])

    assert engine.ids() == {"netwerk-1", "netwerk-2"}
    assert not engine.needs_rebuild()


def test_a_new_engine_has_to_be_built(new_engine):
    assert new_engine.needs_rebuild()
    assert not new_engine.can_roll_back()


def test_a_rebuild_can_be_undone(dutch):
    with dutch.rebuild() as index:
        index.add([a_document(1, title="Enige")])

    dutch.roll_back()

    assert titles(find(dutch, "po-raad")) == ["PO-Raad"]
    assert dutch.can_roll_back()
    dutch.roll_back()
    assert dutch.ids() == {"netwerk-1"}


def test_a_rebuild_that_fails_leaves_everything_as_it_was(dutch):
    def broken_off() -> Iterator[SearchDocument]:
        yield a_document(1, title="Enige")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), dutch.rebuild() as index:
        index.add(broken_off())

    assert len(dutch.ids()) == len(a_small_site())
    assert not dutch.can_roll_back()


def test_only_a_whole_index_is_a_previous_one(dutch):
    with dutch.rebuild() as index:
        index.add([a_document(1, title="Enige")])
        assert not dutch.can_roll_back()

    assert len(dutch.previous_ids()) == len(a_small_site())


def test_what_is_stored_during_a_rebuild_is_found_at_once_and_the_rebuild_goes_on(dutch):
    with dutch.rebuild() as index:
        index.add(a_small_site())
        dutch.index([a_document(77, title="Tussendoor")])
        assert titles(find(dutch, "tussendoor")) == ["Tussendoor"]

    assert find(dutch, "tussendoor").total == 0


def test_a_document_that_cannot_be_stored_does_not_keep_the_others_out(dutch):
    broken = a_document(60, title="Stuk", body=None)

    with pytest.raises(DocumentsRefused) as refusal:
        dutch.index([a_document(61, title="Ervoor"), broken, a_document(62, title="Erna")])
    assert list(refusal.value.reasons) == ["netwerk-60"]
    assert {"netwerk-60", "netwerk-61", "netwerk-62"} & dutch.ids() == {"netwerk-61", "netwerk-62"}

    with dutch.rebuild() as index:
        index.add([a_document(61, title="Ervoor"), broken])
    assert list(index.refused) == ["netwerk-60"]
    assert dutch.ids() == {"netwerk-61"}


# Brought up by an editor


def test_what_editors_promote_for_a_query_comes_first_in_their_order(engine):
    found = find(engine, "toetsbekwaamheid", promoted=("bron-15", "netwerk-12"))

    assert titles(found)[:3] == ["Zes praktijkcasussen", "PO-Raad", "Netwerk Toetsbekwaamheid h(b)o"]
    assert [hit.is_promoted for hit in found.hits[:3]] == [True, True, False]
    assert found.facets[Facet.KIND]["bron"] == 1


def test_a_promoted_thing_that_is_found_anyway_stands_there_once(engine):
    found = find(engine, "netwerk", promoted=("netwerk-13",))

    assert titles(found)[0] == "Kennispunt MBO"
    assert titles(found).count("Kennispunt MBO") == 1
    assert found.total == find(engine, "netwerk").total


def test_a_promoted_thing_obeys_the_filters_and_is_found_for_any_text(engine):
    assert titles(find(engine, "de", promoted=("bron-15", "bron-404"))) == ["Zes praktijkcasussen"]
    narrowed = find(engine, "po-raad", promoted=("bron-15",), filters={Facet.CATEGORY: ["netwerken"]})
    assert titles(narrowed) == ["PO-Raad"]
    assert find(engine, "xqzw", promoted=("samenwerkingsverband-19",)).total == 0


# Withdrawn


def test_what_is_hidden_is_neither_found_nor_counted(engine):
    hidden = ("netwerk-11", "netwerk-404")
    everything, by_text = find(engine, hidden=hidden), find(engine, "netwerk", hidden=hidden)

    assert everything.total == find(engine).total - 1
    assert everything.facets[Facet.CATEGORY]["netwerken"] == 2
    assert by_text.total == find(engine, "netwerk").total - 1
    assert find(engine, "de", promoted=("netwerk-11",), hidden=hidden).total == 0


# Why something is found


def test_an_explanation_tells_the_place_and_the_words(engine):
    told = engine.explain(SearchQuery(text="toetsbekwaamheid netwerk"), "netwerk-11")

    assert (told.is_found, told.place) == (True, 1)
    assert [(match.typed, match.field) for match in told.matches] == [
        ("toetsbekwaamheid", "title"),
        ("netwerk", "title"),
    ]
    assert engine.explain(SearchQuery(text="netwerk"), "netwerk-404") is None


def test_an_explanation_tells_why_something_is_not_found(engine):
    other = engine.explain(SearchQuery(text="toetsbekwaamheid"), "netwerk-12")
    ended = engine.explain(SearchQuery(text="RAP Groningen"), "samenwerkingsverband-19")

    assert (other.is_found, other.place, other.held) == (False, None, 0)
    assert other.needed > 0
    assert (ended.is_found, ended.is_other_status) == (False, True)


@pytest.mark.parametrize(
    ("text", "document_id", "way"),
    [
        ("toetsen", "netwerk-11", Way.EXACT),
        ("besturen", "netwerk-12", Way.EXACT),
        ("lectoraten", "onderzoeksgroep-16", Way.FORM),
        ("praktijk", "bron-15", Way.PART),
        ("logistek", "bron-15", Way.CORRECTED),
        ("lwot", "netwerk-13", Way.SUBJECT),
    ],
)
def test_an_explanation_tells_in_what_form_a_word_was_found(dutch, text, document_id, way):
    told = dutch.explain(SearchQuery(text=text), document_id)

    assert told.is_found
    assert told.matches[0].how == way


# Hostile input


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


# Many at once


def test_threads_search_while_others_store(dutch):
    errors: list[BaseException] = []

    def search() -> None:
        try:
            for _ in range(30):
                assert find(dutch, "toetsing").total >= 2
        except BaseException as error:
            errors.append(error)

    def store(number: int) -> None:
        try:
            for n in range(5):
                dutch.index([a_document(number * 100 + n, title=f"Toetsing {number} {n}")])
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=search) for _ in range(3)]
    threads += [threading.Thread(target=store, args=(number,)) for number in (10, 20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == []
    assert find(dutch, "toetsing", page_size=100).total >= 12
