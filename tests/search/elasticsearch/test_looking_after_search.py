"""Editors look after search on a real Elasticsearch as they do on the embedded engine."""

import pytest
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from benchmarks.search import remove
from search.models import IndexWork
from tests.factories import NetworkPageFactory
from tests.search.people import browser_of

STATE = "/beheer/zoeken/index/"


@pytest.fixture
def editor(search_in, elasticsearch, home):
    engine = search_in(elasticsearch)
    editor = browser_of("editor", home)
    editor.post(f"{STATE}opbouwen/")
    yield editor
    remove(engine)


def test_an_editor_builds_the_index_and_goes_back(editor):
    NetworkPageFactory(title="Netwerk Zonnebloem")
    editor.post(f"{STATE}opbouwen/")
    built = editor.get(STATE).content.decode()
    editor.post(f"{STATE}terug/")

    assert "<strong>Elasticsearch</strong>" in built
    assert "Terug naar de vorige index" in built
    assert "<strong>nee</strong>" not in editor.get(STATE).content.decode()
    assert [(work.kind, work.failure) for work in IndexWork.objects.order_by("pk")] == [
        ("rebuild", ""),
        ("rebuild", ""),
        ("roll_back", ""),
    ]


def test_an_editor_promotes_a_page_and_reads_why_it_is_found(editor, client, committing):
    with committing():
        NetworkPageFactory(title="Netwerk Zonnebloem")
        network = NetworkPageFactory(title="Netwerk Klaproos")
    SearchPromotion.objects.create(query=Query.get("zonnebloem"), page=network)

    found = client.get("/api/zoeken/?q=Zonnebloem").json()
    why = editor.get("/beheer/zoeken/waarom/", {"q": "zonnebloem", "wat": "Netwerk Klaproos"}).content.decode()

    assert found["motor"] == "elasticsearch"
    assert [one["titel"] for one in found["resultaten"]] == ["Netwerk Klaproos", "Netwerk Zonnebloem"]
    assert "op plaats 1 van 2 resultaten" in why
    assert "De redactie heeft dit uitgelicht voor deze woorden." in why
