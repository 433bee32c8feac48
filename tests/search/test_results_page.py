"""/zoeken/: what a visitor sees and can do, over the demo content."""

import re
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from lxml import html

from forum_integration.models import ForumDetails, TopicKind
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.engines.embedded import EmbeddedEngine
from search.queries import SearchQuery

pytestmark = pytest.mark.usefixtures("demo_content")

HITS = "//li[@data-resultaat]"


class ResultsPage:
    """A page of results as a reader takes it in."""

    def __init__(self, answer):
        self.answer = answer
        self.tree = html.fromstring(answer.content.decode())

    def find(self, path):
        return self.tree.xpath(path)

    def texts(self, path):
        return [" ".join(element.text_content().split()) for element in self.find(path)]

    @property
    def status(self):
        [status] = self.texts("//main//*[@role='status']")
        return status

    @property
    def titles(self):
        return self.texts(f"{HITS}//h3/a")

    def links(self):
        """Address of each link in the main part, by its whole name."""
        return {" ".join(link.text_content().split()): link.get("href") for link in self.find("//main//a")}

    def facet(self, name):
        """Per value of a filter: its count, whether it is on, whether it can be picked, and whether it is in sight."""
        return {
            box.get("value"): {
                "count": int("".join(filter(str.isdigit, box.getnext().getnext().text_content()))),
                "on": box.get("checked") is not None,
                "inactive": box.get("disabled") is not None,
                "folded": any(parent.get("class") == "facet-group__more" for parent in box.iterancestors("details")),
            }
            for box in self.find(f"//input[@type='checkbox'][@name='{name}']")
        }


@pytest.fixture
def search(client):
    def ask(address, status=200):
        answer = client.get(f"/zoeken/{address}")
        assert answer.status_code == status
        return ResultsPage(answer)

    return ask


def parameters(address):
    return parse_qs(urlsplit(address).query)


@pytest.fixture
def engine_away(monkeypatch):
    def refuse(*args, **kwargs):
        raise SearchUnavailable("De zoekmachine is weg.")

    monkeypatch.setattr(EmbeddedEngine, "search", refuse)
    monkeypatch.setattr(EmbeddedEngine, "suggest", refuse)


def test_a_search_lists_what_it_found_with_the_words_marked(search):
    page = search("?q=leercoaching")

    assert page.titles
    assert page.status == f"{len(page.titles)} resultaten voor ‘leercoaching’"
    assert "leercoaching" in [text.lower() for text in page.texts(f"{HITS}//mark")]
    assert {item.get("data-resultaat") for item in page.find(HITS)} >= {"forumonderwerp"}


def test_the_title_of_the_page_tells_the_search_and_its_page(search):
    assert (
        search("?q=onderwijs&pagina=2")
        .texts("//title")[0]
        .startswith(search("?q=onderwijs").status.replace("‘", "").replace("’", "") + " – pagina 2")
    )


def test_without_a_question_everything_stands_there_newest_first(search):
    found = get_engine().search(SearchQuery())
    dates = [hit.date or date.min for hit in found.hits]

    page = search("")

    assert page.titles == [hit.title for hit in found.hits]
    assert dates == sorted(dates, reverse=True)
    assert page.status == f"{len(get_engine().ids())} resultaten"


def test_a_filter_does_not_change_its_own_counts_but_those_of_others(search):
    free, narrowed = search("?q=onderwijs"), search("?q=onderwijs&categorie=forum")

    assert narrowed.facet("categorie").keys() == free.facet("categorie").keys()
    for value, before in free.facet("categorie").items():
        assert narrowed.facet("categorie")[value]["count"] == before["count"]
    assert narrowed.facet("onderwerp") != free.facet("onderwerp")
    assert narrowed.facet("categorie")["forum"]["on"]


def test_two_values_of_a_filter_are_alternatives(search):
    total = search("?q=onderwijs&categorie=forum&categorie=netwerken").status.split()[0]
    counts = search("?q=onderwijs").facet("categorie")

    assert int(total) == counts["forum"]["count"] + counts["netwerken"]["count"]


def test_values_that_would_give_nothing_are_inactive_in_a_short_list_and_folded_in_a_long_one(search):
    page = search("?q=leercoaching&categorie=forum")

    for name in ("categorie", "sector"):
        for value in page.facet(name).values():
            assert not value["folded"]
            assert value["inactive"] == (value["count"] == 0 and not value["on"])
    for value in page.facet("onderwerp").values():
        assert value["folded"] == (value["count"] == 0)
    assert len(page.facet("onderwerp")) == 25
    assert "Toon alle 25" in page.texts("//summary")


def test_the_filters_are_a_form_with_a_button_that_keeps_the_question(search):
    page = search("?q=toetsing&sector=hbo&sorteer=titel")

    [form] = page.find("//form[@aria-label='Filters']")
    assert form.method == "GET"
    assert form.fields["q"] == "toetsing"
    assert form.inputs["sorteer"].value == "titel"
    assert form.xpath(".//button[@type='submit']")


def test_a_new_question_keeps_the_filters(search):
    [form] = search("?q=toetsing&sector=hbo&sector=mbo&status=alle").find("//form[@role='search']")

    assert form.form_values() == [("sector", "hbo"), ("sector", "mbo"), ("status", "alle"), ("q", "toetsing")]


def test_each_filter_that_is_on_can_be_let_go_by_name(search):
    page = search("?q=toetsing&sector=hbo&sector=mbo&categorie=forum&pagina=1")

    assert page.status.endswith("gefilterd op Forum, mbo en hbo")
    assert parameters(page.links()["verwijder filter mbo"]) == {
        "q": ["toetsing"],
        "sector": ["hbo"],
        "categorie": ["forum"],
    }
    assert parameters(page.links()["Wis alle filters"]) == {"q": ["toetsing"]}


def test_without_results_the_page_names_the_filters_and_offers_ways_on(search):
    page = search("?q=xqzw&sector=mbo&categorie=netwerken")

    assert page.status.startswith("0 resultaten")
    assert "Er is niets over ‘xqzw’ dat past bij Netwerken en mbo. Laat een filter los:" in page.texts(
        "//*[@class='empty-state']//p"
    )
    assert parameters(page.links()["zonder mbo"]) == {"q": ["xqzw"], "categorie": ["netwerken"]}
    assert re.fullmatch(r"/forum/vragen-\d+/nieuw/\?titel=xqzw", page.links()["Stel je vraag op het forum"])
    assert page.links()["Bekijk alle onderwerpen"] == "/onderwerpen/"


def test_without_a_forum_for_questions_the_way_on_leads_to_the_forum(search):
    ForumDetails.objects.update(topic_kind=TopicKind.CONVERSATION)

    assert search("?q=xqzw").links()["Stel je vraag op het forum"] == "/forum/"


def test_a_misspelt_question_is_answered_and_a_better_spelling_offered_with_the_same_filters(search):
    page = search("?q=leercoahcing&categorie=forum")

    assert page.titles
    [better] = page.find("//*[@id='lijst']//p/a/strong")
    assert better.text_content() == "leercoaching"
    assert parameters(better.getparent().get("href")) == {"q": ["leercoaching"], "categorie": ["forum"]}


def test_every_hit_stands_on_exactly_one_page(search):
    first = search("?q=onderwijs")
    total = int(first.status.split()[0])
    seen = []
    for number in range(1, (total + 19) // 20 + 1):
        addresses = search(f"?q=onderwijs&pagina={number}").find(f"{HITS}//h3/a")
        seen += [link.get("href") for link in addresses]

    assert len(seen) == len(set(seen)) == total


def test_links_to_other_pages_keep_the_question_and_the_filters(search):
    page = search("?q=onderwijs&soort=bron&soort=forumonderwerp")

    assert parameters(page.links()["Volgende"]) == {
        "q": ["onderwijs"],
        "soort": ["bron", "forumonderwerp"],
        "pagina": ["2"],
    }


@pytest.mark.parametrize("number", ["999999", "0", "-1", "abc", str(2**63), "٣", "1.0"])
def test_a_page_that_does_not_exist_is_a_404_that_costs_little(search, number, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        search(f"?q=onderwijs&pagina={number}", status=404)


def test_a_question_that_is_too_long_is_refused_in_words(search):
    page = search(f"?q={'a' * 201}", status=400)

    assert page.texts("//*[@role='alert']")[0].startswith("Zo lukt zoeken niet.")
    assert page.texts("//title")[0].startswith("Fout:")


def test_an_unknown_value_of_a_filter_finds_nothing_and_can_be_let_go(search):
    page = search("?q=toetsing&onderwerp=bestaat-niet")

    assert page.titles == []
    assert parameters(page.links()["verwijder filter bestaat-niet"]) == {"q": ["toetsing"]}


def test_an_unknown_order_or_status_counts_as_the_usual_one(search):
    assert search("?q=toetsing&sorteer=omgekeerd&status=weg").titles == search("?q=toetsing").titles


@pytest.mark.parametrize(
    "question", ["soort:netwerk", "title:onderwijs~2", "onderwijs AND NOT forum", "+onderwijs -forum"]
)
def test_signs_that_search_engines_obey_are_nothing_but_signs(search, question):
    words = re.sub(r"[^\w ]", " ", question)

    assert search(f"?{urlencode({'q': question})}").titles == search(f"?{urlencode({'q': words})}").titles


def test_a_question_without_words_finds_nothing(search):
    assert search("?q=*").titles == []


def test_while_the_engine_is_away_the_database_answers_and_says_so(search, engine_away):
    page = search("?q=onderwijs&categorie=kennis")

    assert any("Zoeken werkt nu beperkt" in text for text in page.texts("//*[starts-with(@class, 'notice')]"))
    assert page.titles
    assert page.facet("categorie")["forum"]["count"] > 0
    assert page.status.endswith("gefilterd op Kennis")


def test_suggestions_come_from_the_database_too_while_the_engine_is_away(client, engine_away):
    answer = client.get("/zoeken/suggesties/?q=leercoa")

    assert {"titel": "Leercoaching", "url": "/onderwerpen/leercoaching/", "groep": "Onderwerpen"} in answer.json()[
        "suggesties"
    ]


def test_searching_is_reading_so_nothing_else_than_get_and_head_is_taken(client):
    for address in ("/zoeken/", "/api/zoeken/", "/zoeken/suggesties/", "/onderwerpen/", "/onderwerpen/leercoaching/"):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200
