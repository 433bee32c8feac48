"""What a category page lists, and what its filters say."""

from datetime import timedelta

import pytest
from django.http import Http404, QueryDict
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from pages.listings import EntryListing
from pages.models import NetworkIndexPage, NetworkPage
from tests.factories import (
    NetworkPageFactory,
    OrganisationFactory,
    PartnershipPageFactory,
    RegionFactory,
    SectorFactory,
    SubjectFactory,
)

pytestmark = pytest.mark.django_db


def listing(query=""):
    return EntryListing(NetworkPage, QueryDict(query))


def titles(query=""):
    return [entry.title for entry in listing(query).page]


def counts(query, name):
    facets = {facet.name: facet for facet in listing(query).facets}
    return {value.value: value.count for value in facets[name].values} if name in facets else {}


@pytest.fixture
def toetsing():
    return SubjectFactory(slug="toetsing")


@pytest.fixture
def blended():
    return SubjectFactory(slug="blended")


@pytest.fixture
def hbo():
    return SectorFactory(slug="hbo")


def test_values_of_one_filter_are_alternatives(home, toetsing, blended):
    NetworkPageFactory(title="A", subjects=[toetsing])
    NetworkPageFactory(title="B", subjects=[blended])
    NetworkPageFactory(title="C")

    assert titles("onderwerp=toetsing&onderwerp=blended") == ["A", "B"]


def test_filters_narrow_each_other(home, toetsing, hbo):
    NetworkPageFactory(title="A", subjects=[toetsing], sectors=[hbo])
    NetworkPageFactory(title="B", subjects=[toetsing])
    NetworkPageFactory(title="C", sectors=[hbo])

    assert titles("onderwerp=toetsing&sector=hbo") == ["A"]


def test_entries_are_filtered_by_region_and_kind(home):
    limburg = RegionFactory(slug="limburg")
    NetworkPageFactory(title="A", regions=[limburg])
    NetworkPageFactory(title="B", kind=NetworkPage.NetworkKind.PLATFORM)

    assert titles("regio=limburg") == ["A"]
    assert titles("type=platform") == ["B"]


def test_an_entry_with_several_subjects_stands_once(home, toetsing, blended):
    NetworkPageFactory(title="A", subjects=[toetsing, blended])

    found = listing("onderwerp=toetsing&onderwerp=blended")

    assert [entry.title for entry in found.page] == ["A"]
    assert found.total == 1


def test_a_count_says_what_picking_the_value_gives(home, toetsing, blended, hbo):
    NetworkPageFactory(subjects=[toetsing, blended], sectors=[hbo])
    NetworkPageFactory(subjects=[toetsing])
    PartnershipPageFactory(subjects=[toetsing], sectors=[hbo])

    assert counts("", "onderwerp") == {"toetsing": 2, "blended": 1}
    assert counts("", "type")["netwerk"] == 2
    assert counts("sector=hbo", "onderwerp") == {"toetsing": 1, "blended": 1}
    for subject, number in counts("sector=hbo", "onderwerp").items():
        assert listing(f"sector=hbo&onderwerp={subject}").total == number


def test_a_filters_own_choice_does_not_change_its_own_counts(home, toetsing, blended, hbo):
    NetworkPageFactory(subjects=[toetsing], sectors=[hbo])
    NetworkPageFactory(subjects=[blended])

    assert counts("onderwerp=toetsing", "onderwerp") == {"toetsing": 1, "blended": 1}
    assert counts("onderwerp=blended", "sector") == {}  # nothing to offer, so it is left out


def test_a_chosen_value_stays_in_sight_even_when_it_gives_nothing(home, toetsing, hbo):
    NetworkPageFactory(subjects=[toetsing])

    facets = {facet.name: facet for facet in listing("sector=hbo").facets}

    assert [value.value for value in facets["sector"].chosen] == ["hbo"]


def test_subjects_stand_in_the_order_of_the_list(home):
    last = SubjectFactory(slug="a-laatste", sort_order=2)
    first = SubjectFactory(slug="z-eerste", sort_order=1)
    NetworkPageFactory(subjects=[first, last])

    assert list(counts("", "onderwerp")) == ["z-eerste", "a-laatste"]


def test_an_ended_entry_is_out_until_asked_for(home):
    today = localdate()
    NetworkPageFactory(title="Bestaat")
    NetworkPageFactory(title="Vandaag gestopt", ended_on=today, ended_as="opgeheven")
    NetworkPageFactory(title="Stopt morgen", ended_on=today + timedelta(days=1), ended_as="opgeheven")

    assert titles() == ["Bestaat", "Stopt morgen"]
    assert titles("status=beeindigd") == ["Vandaag gestopt"]


def test_national_overviews_stand_first(home):
    NetworkPageFactory(title="Aalsmeer")
    NetworkPageFactory(title="Zwolle", is_overview=True)

    assert titles() == ["Zwolle", "Aalsmeer"]


def test_a_draft_is_in_no_list_and_no_count(home, toetsing):
    NetworkPageFactory(live=False, subjects=[toetsing])

    assert titles() == []
    assert counts("", "onderwerp") == {}


@pytest.mark.parametrize("closed", ["the entry", "its category"])
def test_what_is_closed_to_the_public_is_in_no_list_and_no_count(home, toetsing, closed):
    entry = NetworkPageFactory(subjects=[toetsing])
    page = entry if closed == "the entry" else NetworkIndexPage.objects.get()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert titles() == []
    assert counts("", "onderwerp") == {}


def test_a_closed_page_does_not_close_its_neighbours(home):
    PageViewRestriction.objects.create(page=NetworkPageFactory(title="Dicht"))
    NetworkPageFactory(title="Open")

    assert titles() == ["Open"]


def test_a_list_has_a_hundred_entries_on_a_page(home, monkeypatch):
    monkeypatch.setattr("pages.listings.PAGE_SIZE", 2)
    for title in "ABC":
        NetworkPageFactory(title=title)

    assert titles() == ["A", "B"]
    assert titles("pagina=2") == ["C"]
    assert listing("pagina=2").total == 3


def test_a_card_says_what_an_entry_is_and_for_whom(home, hbo):
    owner = OrganisationFactory(name="Vereniging")
    NetworkPageFactory(title="A", kind="platform", organisation=owner, sectors=[hbo], data_from=2023)
    NetworkPageFactory(title="B", is_overview=True, checked_on="2026-03-12")
    NetworkPageFactory(title="C", kind="platform")

    assert [(card.what, card.note) for card in listing().page] == [
        ("Landelijk overzicht", "laatst gecontroleerd op 12 maart 2026"),
        ("Platform · Vereniging", f"{hbo.abbreviation} · gegevens uit 2023, nog niet nagekeken"),
        ("Platform", "nog niet nagekeken"),
    ]


@pytest.mark.parametrize("number", ["999999", "0", "-1", "twee", "²", "", "9" * 5000])
def test_a_page_number_that_does_not_exist_is_not_found(home, number):
    with pytest.raises(Http404):
        assert listing(QueryDict(mutable=True).urlencode() + f"pagina={number}").page


@pytest.mark.parametrize("value", ["bestaat-niet", "a" * 10_000, "' OR 1=1 --", "%00", "\x00"])
def test_a_filter_that_names_nothing_gives_an_empty_list_or_is_passed_by(home, value):
    NetworkPageFactory(title="A")

    assert titles(f"onderwerp={value}") in ([], ["A"])
