"""The screens of /beheer/ as an editor meets them."""

import pytest
from django.test import Client

from cms.models import Organisation, Region, Sector, Subject, SubjectTerm
from cms.uses import uses_of
from pages import models as pages
from tests.factories import (
    NetworkPageFactory,
    OrganisationFactory,
    RegionFactory,
    ResourcePageFactory,
    SectorFactory,
    SubjectFactory,
    UserFactory,
)
from tests.pages.browsing import browser_of

pytestmark = pytest.mark.django_db
LISTS = {
    "/beheer/cms/subject/": "Onderwerpen",
    "/beheer/cms/sector/": "Sectoren",
    "/beheer/cms/region/": "Regio&#x27;s",
    "/beheer/cms/organisation/": "Organisaties",
    "/beheer/pages/representation/": "Vertegenwoordigers",
    "/beheer/pages/networkpage/": "Netwerken",
    "/beheer/pages/partnershippage/": "Regionale samenwerkingsverbanden",
    "/beheer/pages/researchgrouppage/": "Onderzoeksgroepen",
    "/beheer/pages/resourcepage/": "Bronnen",
    "/beheer/pages/articlepage/": "Artikelen",
    "/beheer/pages/cardpage/": "Gesprekskaarten",
    "/beheer/pages/activitypage/": "Activiteiten",
}
CREATABLE = {
    pages.NetworkPage: pages.NetworkIndexPage,
    pages.PartnershipPage: pages.PartnershipIndexPage,
    pages.ResearchGroupPage: pages.ResearchGroupIndexPage,
    pages.ResourcePage: pages.KnowledgeIndexPage,
    pages.ArticlePage: pages.KnowledgeIndexPage,
    pages.CardPage: pages.CardIndexPage,
    pages.ActivityPage: pages.ActivityIndexPage,
    pages.StandardPage: pages.HomePage,
}


@pytest.fixture
def editor(editor):
    """The browser of an editor."""
    return browser_of(editor)


@pytest.mark.parametrize(("address", "name"), LISTS.items())
def test_an_editor_opens_every_list_filters_it_and_exports_it(editor, address, name):
    NetworkPageFactory(subjects=[SubjectFactory()], sectors=[SectorFactory()], regions=[RegionFactory()])

    shown = editor.get(address)
    export = editor.get(f"{address}?export=csv")

    assert shown.status_code == 200
    assert name in shown.content.decode()
    assert editor.get(f"{address}?q=iets").status_code == 200
    assert export.status_code == 200
    assert export["Content-Type"].startswith("text/csv")


@pytest.mark.parametrize("address", LISTS)
def test_a_member_opens_no_list(home, address):
    assert browser_of(UserFactory()).get(address).status_code in {302, 403}


def test_the_admin_carries_the_mark_of_the_platform(editor):
    assert 'alt="Platform Flexibel Opleiden"' in editor.get("/beheer/").content.decode()


@pytest.mark.parametrize(("model", "parent"), CREATABLE.items())
def test_an_editor_opens_the_form_of_every_page(editor, model, parent):
    above = parent.objects.get()

    response = editor.get(f"/beheer/pages/add/pages/{model._meta.model_name}/{above.pk}/")

    assert response.status_code == 200


def test_an_editor_opens_the_form_of_home_and_of_a_category(editor):
    for page in pages.HomePage.objects.get().get_descendants(inclusive=True):
        assert editor.get(f"/beheer/pages/{page.pk}/edit/").status_code == 200


def test_an_editor_keeps_a_subject_with_its_words(editor):
    words = {
        "terms-TOTAL_FORMS": "1",
        "terms-INITIAL_FORMS": "0",
        "terms-MIN_NUM_FORMS": "0",
        "terms-MAX_NUM_FORMS": "1000",
        "terms-0-term": "  anders   toetsen ",
        "terms-0-meaning": "zelfde",
    }
    fields = {
        "name": "Toetsing",
        "slug": "toetsing",
        "scope": "Over toetsen.",
        "tier": "kern",
        "sort_order": "1",
        "intro": "null",
    }

    editor.post("/beheer/cms/subject/create/", {**fields, **words})

    assert SubjectTerm.objects.get(subject__slug="toetsing").term == "anders toetsen"


def test_a_word_means_one_subject_in_whatever_capitals(home):
    toetsing = SubjectFactory(name="Toetsing", terms=[SubjectTerm(term="LOT")])

    with pytest.raises(Exception, match="hoort al bij het onderwerp ‘Toetsing’"):
        SubjectTerm(subject=SubjectFactory(), term="lot").full_clean()

    SubjectTerm(subject=toetsing, term="lot", meaning=SubjectTerm.Meaning.OTHER).full_clean()


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("factory", "field"), [(SubjectFactory, "subjects"), (SectorFactory, "sectors"), (RegionFactory, "regions")]
)
def test_a_label_in_use_is_not_deleted_and_the_editor_reads_why(editor, method, factory, field):
    label = factory()
    NetworkPageFactory(**{field: [label]})

    response = getattr(editor, method)(f"/beheer/cms/{label._meta.model_name}/delete/{label.pk}/", follow=True)

    assert "kan niet weg: het staat nog bij 1 vermelding" in response.content.decode()
    assert type(label).objects.filter(pk=label.pk).exists()


def test_an_organisation_in_use_is_not_deleted(editor):
    hogeschool = OrganisationFactory()
    OrganisationFactory(part_of=hogeschool)
    ResourcePageFactory(organisation=hogeschool)

    editor.post(f"/beheer/cms/organisation/delete/{hogeschool.pk}/")

    assert Organisation.objects.filter(pk=hogeschool.pk).exists()
    assert sorted(uses_of(hogeschool)) == ["1 bron", "1 organisatie"]


@pytest.mark.parametrize("factory", [SubjectFactory, SectorFactory, RegionFactory, OrganisationFactory])
def test_a_label_that_nothing_uses_can_be_deleted(editor, factory):
    label = factory()

    editor.post(f"/beheer/cms/{label._meta.model_name}/delete/{label.pk}/")

    assert not type(label).objects.filter(pk=label.pk).exists()


def test_words_of_a_subject_are_no_use_of_it():
    assert uses_of(SubjectFactory(terms=[SubjectTerm(term="toetsen")])) == []


def test_an_editor_manages_no_users_and_no_groups(editor):
    for address in ("/beheer/users/", "/beheer/groups/"):
        assert editor.get(address).status_code in {302, 403, 404}


def test_an_editor_chooses_among_images_and_documents(editor):
    for address in ("/beheer/images/", "/beheer/images/chooser/", "/beheer/documents/", "/beheer/documents/chooser/"):
        assert editor.get(address).status_code == 200


def test_an_administrator_manages_users(home):
    administrator = UserFactory(is_superuser=True, is_staff=True)
    browser = browser_of(administrator)

    for address in ("/beheer/users/", "/beheer/users/new/", f"/beheer/users/edit/{administrator.pk}/"):
        assert browser.get(address).status_code == 200


def test_who_opens_the_admin_signs_in_at_the_door_of_the_site(home):
    assert Client().get("/beheer/")["Location"].startswith("/account/inloggen/?next=/beheer/")


def test_labels_are_known_by_their_slug(home):
    for factory, model in ((SubjectFactory, Subject), (SectorFactory, Sector), (RegionFactory, Region)):
        label = factory()
        assert model.objects.get_by_natural_key(*label.natural_key()) == label
