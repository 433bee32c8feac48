"""What the pages of search ask of the database: little, and no more when there is ten times as much."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext

from cms import memory
from cms.models import Subject
from search import indexing
from tests.factories import (
    ActivityPageFactory,
    ArticlePageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    PartnershipPageFactory,
    ResearchGroupPageFactory,
    ResourcePageFactory,
    SectorFactory,
    SubjectFactory,
)

ADDRESSES = [
    "/zoeken/",
    "/zoeken/?q=lectoraat&categorie=onderzoeksgroepen",
    "/zoeken/suggesties/?q=netw",
    "/api/zoeken/?q=netwerk",
    "/onderwerpen/",
    "/onderwerpen/toetsing/",
    "/onderwerpen/toetsing/?categorie=forum",
    "/onderwerpen/toetsing/?categorie=kennis",
    "/onderwerpen/toetsing/?categorie=netwerken",
]
REMEMBERED = ["/onderwerpen/", "/onderwerpen/toetsing/", "/onderwerpen/toetsing/?categorie=netwerken"]
WARM, COLD = 15, 30


@pytest.fixture
def grow(index, start_topic):
    subject = SubjectFactory(slug="toetsing", tier=Subject.Tier.CORE)

    def make(number):
        for _ in range(number):
            labels = {"subjects": [subject, SubjectFactory()]}
            for entry in (NetworkPageFactory, PartnershipPageFactory, ResearchGroupPageFactory):
                entry(organisation=OrganisationFactory(), sectors=[SectorFactory()], **labels)
            for page in (ArticlePageFactory, ResourcePageFactory, ActivityPageFactory):
                page(**labels)
            start_topic(**labels)
        indexing.drain()

    return make


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def queries_after_a_change(client, address):
    """When the process remembers nothing of what pages are drawn from."""
    memory.forget()
    return queries(client, address)


def test_pages_ask_little_and_no_more_when_there_is_ten_times_as_much(client, grow):
    grow(2)
    cache.clear()
    for address in ADDRESSES:
        assert queries_after_a_change(client, address) <= COLD, address
    few = {address: queries_after_a_change(client, address) for address in ADDRESSES}

    grow(18)

    assert {address: queries_after_a_change(client, address) for address in ADDRESSES} == few
    warm = {address: (queries(client, address), queries(client, address))[1] for address in ADDRESSES}
    assert max(warm.values()) <= WARM, warm
    assert {warm[address] for address in REMEMBERED} == {1}


def test_the_summary_for_the_home_page_takes_a_handful_of_queries(grow, django_assert_max_num_queries):
    grow(2)
    template = Template("{% load wegwijzer %}{% wegwijzer_summary as rows %}{{ rows|length }}")

    with django_assert_max_num_queries(6):
        assert template.render(Context()) == "1"
