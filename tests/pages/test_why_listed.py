"""Why an entry stands on the site: editors say on what ground, and readers see who says so."""

import pytest
from django.core.exceptions import ValidationError

from pages.models import Criterion, NetworkIndexPage, NetworkPage, Submission
from pages.representing import representatives
from tests.factories import NetworkPageFactory, UserFactory
from tests.pages.browsing import browser_of, page

pytestmark = pytest.mark.django_db

NO_CRITERION = "Kies op grond waarvan dit hier staat"
LINKS = {"links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
FORM = {
    "title": "Netwerk Nieuw",
    "slug": "netwerk-nieuw",
    "kind": "netwerk",
    "blurb": "Wij delen wat werkt.",
    "stage": "actief",
    "review_days": "365",
    "body-count": "0",
    **{f"{name}-TOTAL_FORMS": "0" for name in ("links", "people", "names", "successions", "comments")},
    **{f"{name}-INITIAL_FORMS": "0" for name in ("links", "people", "names", "successions", "comments")},
}


@pytest.fixture
def entry(home):
    return NetworkPageFactory(title="Netwerk Doen")


@pytest.fixture
def criterion(home):
    return Criterion.objects.filter(category="netwerken").get()


@pytest.fixture
def add(editor):
    """Send the form of a new network, by the buttons of the editor's screen."""

    def send(**fields):
        above = NetworkIndexPage.objects.get()
        return browser_of(editor).post(f"/beheer/pages/add/pages/networkpage/{above.pk}/", FORM | fields)

    return send


def test_a_new_entry_is_kept_without_a_criterion_and_published_with_one_only(add, criterion):
    refused = add(**{"action-publish": "1"})
    assert refused.status_code == 200
    assert "criterion" in refused.context["form"].errors
    assert not NetworkPage.objects.exists()

    add()
    assert not NetworkPage.objects.get().live

    add(**{"action-publish": "1", "slug": "nog-een", "criterion": criterion.pk})
    assert NetworkPage.objects.get(slug="nog-een").live


def test_no_way_round_the_form_publishes_an_entry_without_a_criterion(entry):
    entry.criterion = None
    with pytest.raises(ValidationError, match=NO_CRITERION):
        entry.save_revision().publish()
    with pytest.raises(ValidationError, match=NO_CRITERION):
        entry.save()


def test_approving_a_text_for_an_entry_without_a_criterion_says_what_is_missing(home, editor):
    entry, writer = NetworkPageFactory(live=False, criterion=None), UserFactory()
    representatives.add(entry=entry, user=writer, by=editor)
    browser_of(writer).post(f"/mijn/paginas/{entry.pk}/", {"blurb": "Wij delen wat werkt. " * 30} | LINKS)
    submission = Submission.objects.get()
    said = {"revision": submission.entry.latest_revision_id, "comment": "Mooi stukje"}

    answer = browser_of(editor).post(f"/beheer/nakijken/{submission.pk}/besluit/", said).content.decode()

    assert NO_CRITERION in answer
    assert "Mooi stukje" in answer
    assert not NetworkPage.objects.get().live
    assert Submission.objects.get().state.status == "in_progress"


def test_readers_see_on_what_ground_by_whom_and_from_where(home, criterion):
    entry = NetworkPageFactory(
        proposed_by="Hogeschool Noord", listing_reason="Sinds 2019.", source="Genoemd in de krant.", data_from=2023
    )
    shown = page(browser_of(), entry.url)

    for text in ("Waarom staat dit hier?", "Hogeschool Noord", criterion.name, "Sinds 2019.", "Genoemd in de krant."):
        assert text in shown
    assert "Gegevens uit 2023, nog niet nagekeken." in shown


@pytest.mark.parametrize(("is_representative", "said"), [(True, "een vertegenwoordiger"), (False, "de redactie")])
def test_readers_see_who_checked_it_last(entry, keeper, editor, is_representative, said):
    browser = browser_of(keeper if is_representative else editor)
    browser.post(f"/mijn/paginas/{entry.pk}/klopt-nog/")

    assert f"door {said}." in page(browser_of(), entry.url)


def test_editors_change_the_list_of_criteria_and_delete_none_that_is_used(entry, editor, criterion):
    browser = browser_of(editor)
    browser.post("/beheer/pages/criterion/create/", {"name": "Een leerkring", "category": "netwerken"})
    assert Criterion.objects.filter(name="Een leerkring").exists()

    answer = browser.post(f"/beheer/pages/criterion/delete/{criterion.pk}/", follow=True)

    assert "kan niet weg: het staat nog bij 1 vermelding" in answer.content.decode()
    assert Criterion.objects.filter(pk=criterion.pk).exists()


def test_a_changed_criterion_reads_so_everywhere_at_once(entry, criterion):
    assert criterion.name in page(browser_of(), entry.url)
    criterion.name = "Een netwerk voor iedereen"
    criterion.save()

    assert "Een netwerk voor iedereen" in page(browser_of(), entry.url)
