"""What editors recommend stands above the answers, for who asks exactly that."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from cms import memory
from search.promotions import promoted_for
from search.statistics import write_waiting
from tests.factories import NetworkPageFactory
from tests.search.people import REFUSED, WELCOME, browser_of

ADD = "/beheer/searchpicks/add/"


@pytest.fixture
def network(index, committing):
    with committing():
        NetworkPageFactory(title="Netwerk Toetsing")
        return NetworkPageFactory(title="Netwerk Onderwijslogistiek")


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


def promote(text, page=None, **values):
    return SearchPromotion.objects.create(query=Query.get(text), page=page, **values)


def form(text, **values):
    first = {"page": "", "external_link_url": "", "external_link_text": "", "description": "", **values}
    return {
        "query_string": text,
        **{f"editors_picks-0-{name}": value for name, value in {**first, "ORDER": "1", "DELETE": ""}.items()},
        "editors_picks-TOTAL_FORMS": "1",
        "editors_picks-INITIAL_FORMS": "0",
        "editors_picks-MIN_NUM_FORMS": "0",
        "editors_picks-MAX_NUM_FORMS": "1000",
    }


def titles(page):
    return [link.text for link in page.xpath("//li[@data-resultaat]//h3/a")]


def labels(page):
    return [text for text in page.xpath("//li[@data-resultaat]/p/text()") if "redactie" in text]


def test_a_page_that_editors_recommend_stands_first_and_says_so(read, network):
    promote("toetsing", network, description="Toetsen vraagt ook een rooster.")

    page = read("/zoeken/?q=toetsing")

    assert titles(page) == ["Netwerk Onderwijslogistiek", "Netwerk Toetsing"]
    assert labels(page) == ["Aanbevolen door de redactie: Toetsen vraagt ook een rooster."]


@pytest.mark.parametrize("typed", ["toetsing", "  TOETSING ", "Toetsing"])
def test_it_does_not_matter_how_the_words_are_typed(network, typed):
    promote("Toetsing", network)

    assert promoted_for(typed).ids == (f"netwerk-{network.pk}",)


@pytest.mark.parametrize("other", ["toets", "toetsing mbo", ""])
def test_other_words_are_another_question(network, other):
    promote("toetsing", network)

    assert promoted_for(other).ids == ()


def test_a_recommendation_of_an_editor_is_seen_at_once(client, editor, network):
    client.get("/zoeken/?q=toetsing")

    saved = editor.post(ADD, form("toetsing", page=network.pk), follow=True)

    assert "Wie ‘toetsing’ zoekt, ziet dit nu bovenaan." in saved.content.decode()
    assert "Aanbevolen door de redactie" in client.get("/zoeken/?q=toetsing").content.decode()

    query = Query.objects.get()
    editor.post(f"/beheer/searchpicks/{query.pk}/delete/")

    assert "Aanbevolen door de redactie" not in client.get("/zoeken/?q=toetsing").content.decode()


def test_a_page_that_is_withdrawn_is_recommended_to_nobody(read, network, committing):
    promote("toetsing", network)

    with committing():
        network.unpublish()

    assert titles(read("/zoeken/?q=toetsing")) == ["Netwerk Toetsing"]


def test_other_programs_find_it_first_as_well(client, network):
    promote("toetsing", network)

    answer = client.get("/api/zoeken/?q=toetsing").json()

    assert answer["resultaten"][0]["titel"] == "Netwerk Onderwijslogistiek"
    assert set(answer["resultaten"][0]) == {"titel", "url", "soort", "categorie", "onderwerpen", "fragment"}


def test_a_page_of_another_site_stands_above_the_first_answers(read, network):
    link = {"external_link_url": "https://example.org/a", "external_link_text": "Toetsrevolutie <1>"}
    promote("toetsing", **link, description="Voor wie & wat.")

    [found] = read("/zoeken/?q=toetsing").xpath("//main//a[@href='https://example.org/a']")

    assert found.text == "Toetsrevolutie <1>"
    assert "Voor wie & wat." in found.getparent().text_content()
    assert found.getparent().getparent().getparent().xpath("h3/text()") == ["Aanbevolen door de redactie"]


def test_a_page_of_another_site_is_there_also_when_nothing_is_found(read, network):
    promote("xyzzyplugh", external_link_url="https://example.org/", external_link_text="Elders")

    assert read("/zoeken/?q=xyzzyplugh").xpath("//main//a[@href='https://example.org/']")


@pytest.mark.parametrize("url", ["ftp://example.org/", "javascript:alert(1)", "//example.org"])
def test_only_addresses_of_the_web_become_links(read, network, url):
    promote("toetsing", external_link_url=url, external_link_text="Elders")

    assert "Elders" not in read("/zoeken/?q=toetsing").text_content()


def test_asking_what_was_asked_before_reads_no_recommendation_again(client, network):
    promote("toetsing", network)
    client.get("/zoeken/?q=toetsing")

    with CaptureQueriesContext(connection) as captured:
        assert "redactie" in client.get("/zoeken/?q=toetsing").content.decode()

    assert not [query["sql"] for query in captured if "searchpromotion" in query["sql"]]


def test_a_few_recommendations_take_as_many_queries_as_one(network, django_assert_num_queries):
    for number in range(10):
        promote(f"vraag {number}", network)
    promoted_for("toetsing")
    memory.forget()

    with django_assert_num_queries(2):
        promoted_for("toetsing")


def test_the_words_can_be_filled_in_by_a_link(editor):
    page = editor.get(f"{ADD}?query_string=toetsing+mbo").content.decode()

    assert 'value="toetsing mbo"' in page
    assert "Kies uit populaire zoektermen" not in page


def test_an_editor_reads_no_english_and_no_jargon(editor, network):
    promote("toetsing", network)
    query = Query.objects.get()

    for address in (ADD, f"/beheer/searchpicks/{query.pk}/"):
        page = editor.get(address).content.decode()
        assert "Waarom je dit aanraadt" in page
        assert not [word for word in ("External link text", "wildcards", "URL:") if word in page]


@pytest.mark.parametrize("url", ["ftp://example.org/", "javascript:alert(1)"])
def test_an_editor_cannot_recommend_what_is_no_page_of_the_web(editor, url):
    saved = editor.post(ADD, form("toetsing", external_link_url=url, external_link_text="Elders"))

    assert saved.status_code == 200
    assert not SearchPromotion.objects.exists()


def test_an_editor_sees_in_the_menu_where_to_recommend(editor):
    page = editor.get("/beheer/").content.decode()

    assert "Uitgelichte resultaten" in page
    assert "Uitgelichte zoekresultaten" not in page


def test_the_list_says_nothing_about_how_often_something_is_searched(editor, network):
    promote("toetsing", network)

    page = editor.get("/beheer/searchpicks/").content.decode()

    assert "toetsing" in page
    assert "Netwerk Onderwijslogistiek" in page
    assert "Weergaves" not in page


@pytest.mark.parametrize("address", ["queries/chooser/", "queries/chooser/results/", "reports/search-terms/"])
def test_wagtails_own_lists_tell_no_text_of_visitors(client, network, home, address):
    for name in ("Firefox", "Chromium", "Safari"):
        client.get("/zoeken/?q=xyzzyplugh", headers={"User-Agent": name})
    write_waiting()

    answer = browser_of("administrator", home).get(f"/beheer/searchpicks/{address}")

    assert "xyzzyplugh" not in answer.content.decode()
    assert not Query.objects.exists()


@pytest.mark.parametrize("role", WELCOME)
@pytest.mark.parametrize("address", ["/beheer/searchpicks/", ADD])
def test_editors_and_administrators_recommend(home, role, address):
    assert browser_of(role, home).get(address).status_code == 200


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
@pytest.mark.parametrize("address", ["/beheer/searchpicks/", ADD])
def test_nobody_else_recommends(home, role, status, address):
    browser = browser_of(role, home)

    assert browser.get(address).status_code == status
    assert browser.post(address, form("toetsing", external_link_url="https://example.org/")).status_code == status
    assert not SearchPromotion.objects.exists()


def test_a_page_of_a_kind_that_is_never_found_is_recommended_to_nobody(network, home):
    promote("toetsing", home)

    assert promoted_for("toetsing").ids == ()
