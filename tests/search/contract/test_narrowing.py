"""What is found without a text, and how facets, status, pages and orders narrow and sort it."""

from search.documents import Facet
from search.queries import Sort, StatusChoice
from tests.search.contract import find, titles
from tests.search.documents import a_document, a_small_site


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


def test_no_list_of_values_is_cut(own_engine):
    own_engine.index(a_document(1000 + n, subjects=(f"onderwerp-{n}",)) for n in range(150))

    assert len(find(own_engine).facets[Facet.SUBJECT]) == 150 + 4


def test_a_thing_with_several_values_is_found_and_counted_once(engine):
    found = find(engine, filters={Facet.REGION: ["groningen", "drenthe"]})

    assert titles(found) == ["Onderwijsregio Noord"]
    assert found.facets[Facet.KIND] == {"samenwerkingsverband": 1}


def test_an_unknown_value_finds_nothing(engine):
    found = find(engine, filters={Facet.SUBJECT: ["bestaat-niet"]})

    assert (found.total, list(found.hits)) == (0, [])


def test_pages_follow_each_other_and_end(own_engine):
    own_engine.index(a_document(1000 + n, title=f"Netwerk {n:03}") for n in range(50))

    pages = [find(own_engine, sort=Sort.TITLE, page=page, page_size=20) for page in (1, 2, 3, 4, 999_999)]

    found = [hit.id for page in pages for hit in page.hits]
    assert len(found) == len(set(found)) == pages[0].total == 62
    assert [len(page.hits) for page in pages] == [20, 20, 20, 2, 0]
    assert {page.total for page in pages} == {62}


def test_titles_are_sorted_without_regard_to_case_and_accents(own_engine):
    own_engine.index(
        [a_document(1001, title="éénentwintig"), a_document(1002, title="Eenhoorn"), a_document(1003, title="eik")]
    )

    names = titles(find(own_engine, sort=Sort.TITLE))

    assert names.index("éénentwintig") < names.index("Eenhoorn") < names.index("eik")


def test_newest_first_also_with_text(engine):
    assert titles(find(engine, "netwerk", sort=Sort.NEWEST))[:2] == ["Netwerk Toetsbekwaamheid h(b)o", "Kennispunt MBO"]
