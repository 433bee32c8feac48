"""Words of a text, and what they find."""

import re
from html import unescape

import pytest

from search.documents import Facet
from search.queries import StatusChoice
from tests.search.contract import find, titles
from tests.search.documents import a_document


@pytest.mark.parametrize("text", ["toetsbekwaamheid", "TOETSBEKWAAMHEID", "toetsbekwaamheid netwerk"])
def test_a_thing_is_found_by_words_of_its_title(engine, text):
    assert titles(find(engine, text))[0] == "Netwerk Toetsbekwaamheid h(b)o"


def test_a_title_comes_before_a_summary(own_engine):
    own_engine.index([a_document(1001, title="Iets anders", summary="Ook examinering komt voor.", date=None)])
    own_engine.index([a_document(1002, title="Examinering", date=None)])

    assert titles(find(own_engine, "examinering"))[0] == "Examinering"


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


def test_words_found_are_marked_in_escaped_text(own_engine):
    own_engine.index(
        [a_document(1001, title="Proef", summary="Een <b>vette</b> examinering & meer <script>alert(1)</script>")]
    )

    fragment = next(hit.fragment for hit in find(own_engine, "examinering").hits if hit.title == "Proef")

    assert "<mark>examinering</mark>" in fragment
    assert re.findall(r"<(?!/?mark>)", fragment) == []
    assert "<b>vette</b>" in unescape(fragment)


def test_the_engine_says_its_name(engine):
    assert find(engine).engine == engine.name
    assert engine.name in {"ingebouwd", "elasticsearch", "database"}
