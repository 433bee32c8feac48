"""An editor asks why a search finds a thing, and reads the answer in plain words."""

from datetime import date

import pytest
from lxml import html
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from search.admin.explain import PLACES, WAYS
from search.engines import get_engine
from search.engines.base import SearchUnavailable
from search.explaining import Way
from search.ranking import FIELD_WEIGHTS
from tests.factories import NetworkPageFactory, OrganisationFactory, SubjectFactory
from tests.search.people import REFUSED, WELCOME, browser_of

EXPLAIN = "/beheer/zoeken/waarom/"


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


@pytest.fixture
def network(index, committing):
    with committing():
        NetworkPageFactory(title="Netwerk Werkplekleren")
        return NetworkPageFactory(
            title="Netwerk Toetsing",
            slug="netwerk-toetsing",
            blurb="Hier gaat het over beoordelen. Ze delen wat werkt.",
            subjects=[SubjectFactory(name="Kwaliteitszorg")],
        )


class Answer:
    def __init__(self, answer):
        assert answer.status_code == 200
        self.tree = html.fromstring(answer.content.decode())
        self.text = " ".join(self.tree.xpath("string(//main)").split())

    @property
    def words(self):
        """Per word typed: what it was found as, how and where."""
        return {
            row.xpath("string(th)"): tuple(cell.text_content() for cell in row.xpath("td")[1:4])
            for row in self.tree.xpath("//main//tbody/tr")
        }


@pytest.fixture
def explain(editor, network):
    def ask(q, wat="/netwerken/netwerk-toetsing/", **parameters):
        return Answer(editor.get(EXPLAIN, {"q": q, "wat": wat, **parameters}))

    return ask


def test_what_is_found_is_said_to_be_with_its_place(explain):
    answer = explain("netwerk toetsing")

    assert "Ja, dit wordt gevonden: op plaats 1 van" in answer.text
    assert "De zoekvraag is de hele naam. Dat telt zwaar." in answer.text


def test_each_word_is_told_how_and_where_it_was_found(explain):
    answer = explain("toetsing beoordeling xyzzyplugh")

    assert answer.words["toetsing"] == ("Toetsing", "precies zo", "in de titel")
    assert answer.words["beoordeling"][2] == "in de samenvatting"
    assert answer.words["xyzzyplugh"] == ("–", "staat er niet in", "–")


def test_what_is_not_found_is_told_why(explain):
    answer = explain("lectoraat werkplekleren stage")

    assert "Nee: dit bevat te weinig van de woorden die iemand typt." in answer.text


def test_what_has_ended_is_told_to_be_left_out(explain, committing, network):
    network.ended_on, network.ended_as = date(2020, 1, 1), network.Ending.DISSOLVED
    with committing():
        network.save()

    assert "Nee: dit is beëindigd" in explain("toetsing").text


def test_what_editors_promote_is_told_to_be_promoted(explain, network):
    SearchPromotion.objects.create(query=Query.get("kwaliteit"), page=network)

    assert "De redactie heeft dit uitgelicht voor deze woorden." in explain("kwaliteit").text


def test_the_subject_that_is_meant_is_named(explain):
    assert "De zoekvraag gaat over ‘Kwaliteitszorg’" in explain("kwaliteitszorg").text


@pytest.mark.parametrize(
    "what",
    [
        "/netwerken/netwerk-toetsing/",
        "/netwerken/netwerk-toetsing",
        "https://www.example.org/netwerken/netwerk-toetsing/?van=mail",
        "Netwerk Toetsing",
        " netwerk toetsing ",
    ],
)
def test_a_thing_is_named_by_its_address_or_its_title(explain, what):
    assert "Ja, dit wordt gevonden" in explain("toetsing", what).text


def test_of_things_that_look_alike_the_editor_picks_one(explain, editor):
    answer = explain("toetsing", "netwerk")
    links = {link.text: link.get("href") for link in answer.tree.xpath("//main//li/a")}

    assert {"Netwerk Toetsing", "Netwerk Werkplekleren"} <= links.keys()
    assert "Ja, dit wordt gevonden" in Answer(editor.get(links["Netwerk Toetsing"])).text


@pytest.mark.parametrize("what", ["/netwerken/bestaat-niet/", "xyzzyplugh", "http://[", "/" * 300])
def test_what_nobody_can_find_is_said_to_be_unknown(explain, what):
    assert "We kennen niets met dit adres of deze titel dat te vinden is." in explain("toetsing", what).text


def test_what_a_visitor_may_not_open_is_not_explained(explain, committing, network):
    with committing():
        network.unpublish()

    answer = explain("toetsing")

    assert "Misschien staat het nog niet op de site" in answer.text
    assert "Kwaliteitszorg" not in answer.text


def test_other_things_than_pages_are_explained_too(explain, committing):
    with committing():
        OrganisationFactory(name="Hogeschool Zuid", is_public=True)

    assert "(organisatie)" in explain("hogeschool zuid", "Hogeschool Zuid").text


def test_while_the_engine_is_away_the_database_explains_itself(explain, monkeypatch):
    def refuse(*args):
        raise SearchUnavailable("De zoekmachine is weg.")

    monkeypatch.setattr(get_engine(), "explain", refuse)

    answer = explain("toetsing")

    assert "Dit is hoe de database antwoordt." in answer.text
    assert "Ja, dit wordt gevonden" in answer.text


@pytest.mark.parametrize("text", ["<script>", '"', "a" * 200, "*:*", "\u202e"])
def test_any_text_is_explained(explain, text):
    assert explain(text).tree.xpath("//main//h2")


@pytest.mark.parametrize("parameters", [{"q": ""}, {"q": "x" * 201, "wat": "/"}, {"q": "toetsing", "ding": "x" * 500}])
def test_a_question_that_is_not_complete_is_asked_again(editor, index, parameters):
    assert editor.get(EXPLAIN, parameters).status_code == 200


def test_there_are_words_for_every_way_and_every_place():
    assert WAYS.keys() == set(Way) - {Way.NONE}
    assert PLACES.keys() == {*FIELD_WEIGHTS, "subjects"}


@pytest.mark.parametrize("role", WELCOME)
def test_editors_and_administrators_may_ask(home, role):
    assert browser_of(role, home).get(EXPLAIN).status_code == 200


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
def test_nobody_else_may_ask(home, role, status):
    assert browser_of(role, home).get(EXPLAIN, {"q": "a", "wat": "/"}).status_code == status
