"""What editors bring up and what was withdrawn."""

from search.documents import Facet
from tests.search.contract import find, titles


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


def test_what_is_hidden_is_neither_found_nor_counted(engine):
    hidden = ("netwerk-11", "netwerk-404")
    everything, by_text = find(engine, hidden=hidden), find(engine, "netwerk", hidden=hidden)

    assert everything.total == find(engine).total - 1
    assert everything.facets[Facet.CATEGORY]["netwerken"] == 2
    assert by_text.total == find(engine, "netwerk").total - 1
    assert find(engine, "de", promoted=("netwerk-11",), hidden=hidden).total == 0
