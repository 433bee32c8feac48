"""What a process remembers of the pages never outlives a change: every test looks at the pages before and after."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.timezone import localdate
from wagtail.models import PageViewRestriction

from forum_integration.setup import ensure_forums, establish
from pages.models import NetworkIndexPage, PartnershipIndexPage, Representation
from tests.factories import (
    ActivityPageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    PartnershipPageFactory,
    RegionFactory,
    ResourcePageFactory,
    SectorFactory,
    StandardPageFactory,
    SubjectFactory,
    UserFactory,
)
from tests.forum_integration.factories import make_topic

LIST, SUBJECT = "/netwerken/", "/onderwerpen/toetsing/"
ENTRY = "/netwerken/velon/"


@pytest.fixture
def subject(home):
    return SubjectFactory(slug="toetsing", name="Toetsing", tier="kern")


@pytest.fixture
def entry(subject):
    labels = {"subjects": [subject], "sectors": [SectorFactory(slug="hbo")], "regions": [RegionFactory(slug="utrecht")]}
    return NetworkPageFactory(title="Velon", slug="velon", **labels)


def read(address):
    """What a visitor sees, or the status of another answer; the second time it comes from memory."""
    answers = [Client().get(address) for _ in range(2)]
    assert answers[0].content == answers[1].content
    return answers[1].content.decode() if answers[1].status_code == 200 else answers[1].status_code


def lists_it():
    """Where a visitor finds the entry now."""
    places = {address for address in (LIST, f"{LIST}?onderwerp=toetsing", SUBJECT) if "Velon" in read(address)}
    opens = Client().get(ENTRY).status_code == 200
    counts = "1 netwerk</p>" in read("/"), 'data-aantal="1"' in read("/onderwerpen/")
    return places, opens, counts


EVERYWHERE = ({LIST, f"{LIST}?onderwerp=toetsing", SUBJECT}, True, (True, True))
NOWHERE = (set(), False, (False, False))


def test_what_is_withdrawn_is_gone_at_once_and_back_when_it_is_published(entry):
    assert lists_it() == EVERYWHERE

    entry.unpublish()
    assert lists_it() == NOWHERE

    entry.save_revision().publish()
    assert lists_it() == EVERYWHERE


def test_what_is_deleted_is_gone_at_once(entry):
    assert lists_it() == EVERYWHERE

    entry.delete()

    assert lists_it() == NOWHERE


@pytest.mark.parametrize("closed", ["the entry", "its category"])
def test_what_is_closed_is_gone_at_once_and_back_when_it_is_opened(entry, closed):
    assert lists_it() == EVERYWHERE

    page = entry if closed == "the entry" else NetworkIndexPage.objects.get()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert "Velon" not in read(SUBJECT)
    assert Client().get(ENTRY).status_code == 302
    assert 'data-aantal="1"' not in read("/onderwerpen/")

    restriction.delete()
    assert lists_it() == EVERYWHERE


def test_a_new_name_is_read_at_once(entry, subject):
    assert "Toetsing" in read(ENTRY)
    assert "Toetsing" in read(f"{LIST}?onderwerp=toetsing")

    entry.title, subject.name = "Lerarenopleiders", "Beoordelen"
    entry.save_revision().publish()
    subject.save()

    for address in (LIST, ENTRY, SUBJECT):
        assert "Velon" not in read(address)
        assert "Lerarenopleiders" in read(address)
        assert "Beoordelen" in read(address)
    assert "Beoordelen" in read("/")
    assert "Beoordelen" in read("/onderwerpen/")


def test_a_page_that_moved_stands_at_its_new_address_only(entry):
    read(ENTRY)

    entry.move(PartnershipIndexPage.objects.get(), "last-child")

    assert read(ENTRY) == 301
    assert "Velon" in read("/regionale-samenwerkingsverbanden/velon/")


def test_pages_below_one_that_moved_stand_at_their_new_addresses_only(home):
    above = StandardPageFactory(slug="over")
    StandardPageFactory(parent=above, title="Achtergrond", slug="achtergrond")
    assert "Achtergrond" in read("/over/achtergrond/")

    above.slug = "wij"
    above.save_revision().publish()

    assert read("/over/achtergrond/") == 404
    assert "Achtergrond" in read("/wij/achtergrond/")


def test_an_organisation_that_is_hidden_is_no_link_at_once(entry):
    entry.organisation = OrganisationFactory(name="Hogeschool", slug="hogeschool")
    entry.save_revision().publish()
    assert "/organisaties/hogeschool/" in read(ENTRY)

    entry.organisation.is_public = False
    entry.organisation.save()

    assert "/organisaties/hogeschool/" not in read(ENTRY)


def test_a_conversation_counts_at_once_and_no_more_when_it_is_withdrawn(subject):
    questions, asker = ensure_forums()["vragen"], UserFactory()
    establish(asker)
    assert "Hoe dan?" not in read(SUBJECT)

    topic = make_topic(questions, asker, title="Hoe dan?", subjects=[subject])
    assert "Hoe dan?" in read(SUBJECT)
    assert "1 gesprek</p>" in read("/")
    assert 'data-aantal="1"' in read("/onderwerpen/")

    topic.delete()
    assert "Hoe dan?" not in read(SUBJECT)
    assert "0 gesprekken</p>" in read("/")
    assert 'data-aantal="1"' not in read("/onderwerpen/")


def test_other_labels_put_an_entry_in_other_lists_at_once(entry):
    other = SubjectFactory(slug="blended")
    assert "Velon" in read(SUBJECT)

    entry.subjects.set([other])
    entry.save()

    assert "Velon" not in read(SUBJECT)
    assert "Velon" not in read(f"{LIST}?onderwerp=toetsing")
    assert "Velon" in read(f"{LIST}?onderwerp=blended")
    assert "Velon" in read("/onderwerpen/blended/")


def test_what_others_say_of_an_entry_is_read_at_once(entry):
    read(ENTRY)

    predecessor = PartnershipPageFactory(title="Voorganger", ended_on=localdate(), ended_as="opgegaan")
    predecessor.successions.create(successor=entry)
    predecessor.save()
    resource = ResourcePageFactory(title="Een bron", provider_entry=entry)
    Representation.objects.create(entry=entry, user=UserFactory(display_name="Vera Keijzer"))
    text = read(ENTRY)
    assert [name for name in ("Voorganger", "Een bron", "Vera Keijzer") if name not in text] == []

    resource.unpublish()
    entry.representations.all().delete()
    text = read(ENTRY)
    assert [name for name in ("Een bron", "Vera Keijzer") if name in text] == []


def test_a_day_that_passes_ends_what_ends_on_it(entry, time_machine):
    entry.ended_on, entry.ended_as = localdate() + timedelta(days=1), "opgeheven"
    entry.save()
    ActivityPageFactory(title="Studiedag", starts_on=localdate(), organiser_entry=entry)
    assert lists_it() == EVERYWHERE
    assert "Studiedag" in read(ENTRY)
    assert "Studiedag" in read("/")

    time_machine.move_to(timezone.now() + timedelta(days=1))

    assert lists_it() == (set(), True, (False, False))
    assert "Velon" in read(f"{LIST}?status=beeindigd")
    assert "beëindigd" in read(ENTRY)
    assert "Studiedag" not in read(ENTRY)
    assert "Studiedag" not in read("/")


def test_a_page_that_was_handed_out_is_not_the_one_that_is_remembered(entry):
    page = Client().get(ENTRY).context_data["page"]
    page.title, page.subjects = "Alleen in dit verzoek", []

    text = read(ENTRY)
    assert "Alleen in dit verzoek" not in text
    assert "Toetsing" in text
