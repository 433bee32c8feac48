"""Search finds what lives first by the name of what ended, from when an editor ends it until that is undone."""

import pytest
from django.utils.timezone import localdate
from lxml import html
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from pages.lifecycle import acts
from search import reader
from search.documents import document_id
from search.indexing import repair
from search.queries import StatusChoice
from search.sources import BY_MODEL
from tests.factories import PartnershipPageFactory
from tests.pages.browsing import browser_of, page
from tests.search.contract import find, titles


@pytest.fixture
def region(index, committing):
    with committing():
        return PartnershipPageFactory(title="Onderwijsregio Testregio Noord", abbreviation="OTN")


@pytest.fixture
def alliance(index, committing):
    with committing():
        return PartnershipPageFactory(title="Alliantie Waddenkust", abbreviation="AWK")


@pytest.fixture
def end(committing):
    def end(*entries, into=(), how="opgegaan"):
        with committing():
            return acts.end(entries=entries, how=how, on=localdate(), successors=into, by=None).act

    return end


def found(query):
    """Titles with what each was before, in their order."""
    tree = html.fromstring(page(browser_of(), f"/zoeken/?q={query}"))
    return [
        (" ".join(hit.xpath(".//h2 | .//h3")[0].text_content().split()), "Voorheen: " in hit.text_content())
        for hit in tree.xpath("//*[@data-resultaat]")
    ]


@pytest.mark.parametrize("name", ["Alliantie Waddenkust", "awk"])
def test_the_old_name_finds_what_lives_first(region, alliance, end, name):
    assert found(name)[0] == ("Alliantie Waddenkust", False)

    end(alliance, into=[region])

    assert found(name) == [("Onderwijsregio Testregio Noord", True)]
    assert [title for title, _ in found(f"{name}&status=alle")] == [
        "Onderwijsregio Testregio Noord",
        "Alliantie Waddenkust",
    ]


def test_a_name_two_steps_back_finds_what_lives(region, alliance, end, committing):
    with committing():
        circle = PartnershipPageFactory(title="Kring Eems")
    end(circle, into=[alliance])
    end(alliance, into=[region])

    assert found("Kring Eems") == [("Onderwijsregio Testregio Noord", True)]


def test_undoing_it_is_undone_for_search_too(region, alliance, end, committing):
    act = end(alliance, into=[region])

    with committing():
        acts.undo(act=act, by=None)

    assert found("Alliantie Waddenkust")[0] == ("Alliantie Waddenkust", False)
    assert ("Onderwijsregio Testregio Noord", True) not in found("Alliantie Waddenkust")


def test_the_index_holds_what_it_should_without_repair(region, alliance, end, committing, caplog):
    act = end(alliance, into=[region])
    assert not _repaired(caplog)

    with committing():
        acts.undo(act=act, by=None)

    assert not _repaired(caplog)


def _repaired(caplog):
    caplog.clear()
    repair()
    return [record.getMessage() for record in caplog.records]


@pytest.mark.parametrize(
    "address", ["/zoeken/?q=waddenkust", "/zoeken/suggesties/?q=waddenk", "/api/zoeken/?q=waddenkust", "/zoeken/"]
)
def test_state_p_what_ended_is_no_hit_of_its_own_until_asked_for(region, alliance, end, address):
    SearchPromotion.objects.create(query=Query.get("waddenkust"), page=alliance)
    assert alliance.url in page(browser_of(), address)

    end(alliance, into=[region])

    assert alliance.url not in page(browser_of(), address)


@pytest.mark.parametrize(
    "engine", ["embedded_engine", pytest.param("elasticsearch_engine", marks=pytest.mark.elasticsearch)]
)
def test_both_engines_find_what_lives_first_by_what_is_written_of_it(region, alliance, end, engine, request):
    end(alliance, into=[region])
    engine = request.getfixturevalue(engine)
    ids = [document_id(BY_MODEL[type(entry)].kind, entry.pk) for entry in (alliance, region)]
    with engine.rebuild() as index:
        index.add(reader.read(ids).documents)

    active = find(engine, "Alliantie Waddenkust")
    everything = find(engine, "Alliantie Waddenkust", status=StatusChoice.ALL)

    assert titles(active) == ["Onderwijsregio Testregio Noord"]
    assert active.hits[0].formerly == "Alliantie Waddenkust"
    assert titles(everything) == ["Onderwijsregio Testregio Noord", "Alliantie Waddenkust"]
