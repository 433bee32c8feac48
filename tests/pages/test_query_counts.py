"""No page asks the database more when the site grows, and none asks much."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from cms import memory
from forum_integration.setup import ensure_forums, establish
from pages.models import EntryLink, EntryName, EntryPerson
from tests.factories import (
    ActivityPageFactory,
    ArticlePageFactory,
    CardPageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    PartnershipPageFactory,
    RegionFactory,
    ResearchGroupPageFactory,
    ResourcePageFactory,
    SectorFactory,
    SubjectFactory,
    UserFactory,
)
from tests.forum_integration.factories import make_topic

WARM = 15
COLD = 30
ADDRESSES = [
    "/",
    "/netwerken/",
    "/netwerken/?onderwerp=onderwerp-a&sector=hbo",
    "/regionale-samenwerkingsverbanden/",
    "/onderzoeksgroepen/",
    "/netwerken/een-netwerk/",
    "/regionale-samenwerkingsverbanden/een-verband/",
    "/onderzoeksgroepen/een-lectoraat/",
    "/bronnen/",
    "/bronnen/een-bron/",
    "/bronnen/een-artikel/",
    "/gesprekskaarten/",
    "/gesprekskaarten/een-kaart/",
    "/agenda/",
    "/agenda/een-dag/",
    "/organisaties/",
    "/organisaties/een-hogeschool/",
    "/mensen/",
    "/agenda.ics",
    "/netwerken/feed/",
]

REMEMBERED = [
    "/",
    "/netwerken/een-netwerk/",
    "/regionale-samenwerkingsverbanden/een-verband/",
    "/onderzoeksgroepen/een-lectoraat/",
    "/netwerken/",
    "/netwerken/?onderwerp=onderwerp-a&sector=hbo",
    "/regionale-samenwerkingsverbanden/",
    "/onderzoeksgroepen/",
    "/bronnen/een-bron/",
    "/gesprekskaarten/een-kaart/",
]


class Site:
    """A site on which everything stands at least once, and that can grow."""

    def __init__(self):
        self.subjects = [SubjectFactory(slug="onderwerp-a", tier="kern"), SubjectFactory(tier="kern")]
        self.sectors = [SectorFactory(slug="hbo"), SectorFactory()]
        self.regions = [RegionFactory(), RegionFactory()]
        self.organisation = OrganisationFactory(slug="een-hogeschool")
        self.successor = PartnershipPageFactory(title="Onderwijsregio")
        self.network = NetworkPageFactory(slug="een-netwerk", **self._entry())
        PartnershipPageFactory(slug="een-verband", intended_successor=self.successor, **self._entry())
        ResearchGroupPageFactory(slug="een-lectoraat", **self._entry())
        ResourcePageFactory(slug="een-bron", **self._knowledge())
        ArticlePageFactory(slug="een-artikel", subjects=self.subjects)
        CardPageFactory(slug="een-kaart", subjects=self.subjects)
        ActivityPageFactory(slug="een-dag", **self._activity())
        self.questions = ensure_forums()["vragen"]
        self.asker = UserFactory()
        establish(self.asker)
        make_topic(self.questions, self.asker, subjects=self.subjects)

    def grow(self, times):
        for _ in range(times):
            for factory in (NetworkPageFactory, PartnershipPageFactory, ResearchGroupPageFactory):
                factory(**self._entry())
            ResourcePageFactory(**self._knowledge())
            ArticlePageFactory(subjects=self.subjects)
            CardPageFactory(subjects=self.subjects)
            ActivityPageFactory(**self._activity())
            OrganisationFactory()
            make_topic(self.questions, self.asker, subjects=self.subjects)

    def _entry(self):
        return {
            "subjects": self.subjects,
            "sectors": self.sectors,
            "regions": self.regions,
            "organisation": self.organisation,
            "links": [EntryLink(title="Website")],
            "names": [EntryName(name="Ook wel")],
            "people": [EntryPerson(name="Iemand")],
        }

    def _knowledge(self):
        return {"subjects": self.subjects, "organisation": self.organisation, "provider_entry": self.network}

    def _activity(self):
        tomorrow = localdate() + timedelta(days=1)
        return {"subjects": self.subjects, "starts_on": tomorrow, "organiser_entry": self.network}


@pytest.fixture
def site(home):
    return Site()


def queries(address):
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(address).status_code == 200
    return len(asked)


def queries_after_a_change(address):
    """When the process remembers nothing of what pages are drawn from."""
    memory.forget()
    return queries(address)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_costs_few_queries(site, address):
    cache.clear()

    cold, warm = queries(address), queries(address)

    assert cold <= COLD
    assert warm <= WARM


@pytest.mark.parametrize("address", REMEMBERED)
def test_a_page_that_was_read_before_only_asks_whether_anything_changed(site, address):
    queries(address)

    assert queries(address) == 1


def test_a_site_ten_times_as_large_costs_no_more_queries(site):
    site.grow(1)
    before = {address: (queries(address), queries_after_a_change(address))[1] for address in ADDRESSES}

    site.grow(18)

    assert {address: queries_after_a_change(address) for address in ADDRESSES} == before
