"""The two engines give a visitor the same: the same facets and the same best answer, over all judged queries."""

import pytest

from search.documents import Facet
from search.queries import SearchQuery, StatusChoice
from tests.search.quality import JudgedQuery, load_judgements, load_own_judgements

pytestmark = pytest.mark.elasticsearch

SAME_TOP_RESULT = 0.9


@pytest.fixture(scope="module")
def engines(embedded_with_demo, elasticsearch_with_demo):
    return embedded_with_demo, elasticsearch_with_demo


def as_asked(judged: JudgedQuery) -> SearchQuery:
    return SearchQuery(text=judged.text, filters={Facet(name): list(v) for name, v in judged.params.items()})


@pytest.fixture(scope="module")
def answers(engines):
    """Each judged query with the answers of the two engines."""
    queries = [as_asked(judged) for judged in (*load_judgements(), *load_own_judgements())]
    return [(query, [engine.search(query) for engine in engines]) for query in queries]


def test_the_same_thing_comes_first(answers):
    tops = {query.text: [[hit.id for hit in answer.hits[:1]] for answer in found] for query, found in answers}
    different = {text: top for text, top in tops.items() if top[0] != top[1]}

    assert len(answers) >= 200
    assert len(different) <= (1 - SAME_TOP_RESULT) * len(tops), different


def test_facets_are_the_same_whenever_the_sets_of_hits_are(answers):
    for query, (one, other) in answers:
        if one.total == other.total:
            assert one.facets == other.facets, query


@pytest.mark.parametrize("status", StatusChoice)
@pytest.mark.parametrize(
    "filters",
    [
        {},
        {Facet.CATEGORY: ["netwerken"]},
        {Facet.CATEGORY: ["netwerken", "forum"], Facet.SECTOR: ["hbo", "mbo"]},
        {Facet.SUBJECT: ["toetsing", "onderwijslogistiek"], Facet.KIND: ["bron"], Facet.REGION: ["landelijk"]},
        {Facet.REGION: ["bestaat-niet"]},
    ],
)
def test_without_text_facets_and_totals_are_the_same(engines, filters, status):
    one, other = (engine.search(SearchQuery(filters=filters, status=status)) for engine in engines)

    assert (one.total, one.facets) == (other.total, other.facets)
    assert engines[0].counts() == engines[1].counts()
