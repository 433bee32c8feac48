"""/api/zoeken/ and /zoeken/suggesties/: the shapes that other programs rely on (docs/addresses.md)."""

import pytest

from cms.categories import Category, Kind
from search.engines.base import SearchUnavailable
from search.engines.embedded import EmbeddedEngine

pytestmark = pytest.mark.usefixtures("demo_content")


@pytest.fixture
def ask(client):
    def get(address, status=200):
        answer = client.get(f"/api/zoeken/{address}")
        assert answer.status_code == status
        assert answer["Content-Type"] == "application/json"
        return answer.json()

    return get


@pytest.mark.parametrize("engine", ["ingebouwd", "database"])
def test_the_answer_has_the_same_shape_whichever_engine_gives_it(ask, engine, monkeypatch):
    if engine == "database":

        def refuse(*args):
            raise SearchUnavailable

        monkeypatch.setattr(EmbeddedEngine, "search", refuse)

    answer = ask("?q=leercoaching")

    assert answer.keys() == {"aantal", "resultaten", "facetten", "bedoel_je", "motor"}
    assert answer["motor"] == engine
    assert answer["aantal"] == len(answer["resultaten"]) > 0
    for hit in answer["resultaten"]:
        assert hit.keys() == {"titel", "url", "soort", "categorie", "onderwerpen", "fragment"}
        assert hit["soort"] in Kind.values
        assert hit["categorie"] in [*Category.values, None]
        assert hit["url"].startswith("/")
    assert list(answer["facetten"]) == ["categorie", "onderwerp", "sector", "regio", "soort"]
    for values in answer["facetten"].values():
        assert all(value.keys() == {"waarde", "label", "aantal"} for value in values)


def test_a_facet_names_every_value_there_is(ask):
    facets = ask("?q=xqzw")["facetten"]

    assert [value["waarde"] for value in facets["categorie"]] == Category.values
    assert [value["waarde"] for value in facets["soort"]] == Kind.values
    assert len(facets["onderwerp"]) == 25
    assert {value["aantal"] for value in facets["onderwerp"]} == {0}


def test_a_count_is_what_picking_the_value_gives(ask):
    answer = ask("?q=onderwijs&sector=hbo")

    for name in ("categorie", "onderwerp", "soort"):
        for value in answer["facetten"][name]:
            picked = ask(f"?q=onderwijs&sector=hbo&{name}={value['waarde']}")
            assert picked["aantal"] == value["aantal"], (name, value)


def test_twenty_stand_on_a_page_and_the_total_counts_all(ask):
    first = ask("?q=onderwijs")
    last = ask(f"?q=onderwijs&pagina={-(-first['aantal'] // 20)}")

    assert len(first["resultaten"]) == 20
    assert len(last["resultaten"]) == first["aantal"] % 20 or 20
    assert last["aantal"] == first["aantal"]


def test_the_last_page_of_nothing_is_the_first(ask):
    assert ask("?q=xqzw")["resultaten"] == []
    ask("?q=xqzw&pagina=2", status=404)


@pytest.mark.parametrize("kind", ["organisatie", "onderwerp", "pagina"])
def test_what_has_no_category_is_left_out_by_any_category_filter(ask, kind):
    everything = ask(f"?soort={kind}")
    assert everything["aantal"] > 0
    assert {hit["categorie"] for hit in everything["resultaten"]} == {None}

    narrowed = "&".join(f"categorie={category}" for category in Category.values)
    assert ask(f"?soort={kind}&{narrowed}")["aantal"] == 0


def test_titles_are_plain_text_and_fragments_escaped(ask):
    answer = ask("?q=samen+opleiden+professionaliseren")

    titles = {hit["titel"] for hit in answer["resultaten"]}
    assert "Platform Samen Opleiden & Professionaliseren" in titles
    fragments = "".join(hit["fragment"] for hit in answer["resultaten"])
    assert "<mark>" in fragments
    assert "<" not in fragments.replace("<mark>", "").replace("</mark>", "")


def test_the_order_can_be_asked_for(ask):
    titles = [hit["titel"].casefold() for hit in ask("?categorie=netwerken&sorteer=titel")["resultaten"]]

    assert titles == sorted(titles)


def test_a_request_that_cannot_be_answered_says_what_is_wrong(ask):
    assert "q" in ask(f"?q={'a' * 201}", status=400)["fout"]
    assert "pagina" in ask("?pagina=abc", status=404)["fout"]
    assert "pagina" in ask("?pagina=999999", status=404)["fout"]


def test_suggestions_name_title_address_and_group(client):
    found = client.get("/zoeken/suggesties/?q=toets").json()

    assert found.keys() == {"suggesties"}
    assert all(one.keys() == {"titel", "url", "groep"} for one in found["suggesties"])
    assert "Netwerken" in {one["groep"] for one in found["suggesties"]}


def test_nothing_typed_suggests_nothing(client):
    assert client.get("/zoeken/suggesties/?q=").json() == {"suggesties": []}
