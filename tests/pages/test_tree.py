"""Which page stands where, at which address, and who may do what with it."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from pages import models as pages
from pages.roles import EDITORS, sync_editors
from tests.factories import (
    ActivityPageFactory,
    ArticlePageFactory,
    CardPageFactory,
    NetworkPageFactory,
    PartnershipPageFactory,
    RegionFactory,
    ResearchGroupPageFactory,
    ResourcePageFactory,
    SectorFactory,
    StandardPageFactory,
    SubjectFactory,
    UserFactory,
)
from tests.site_fixtures import CATEGORIES, OVERVIEWS

ADDRESSES = {
    pages.ForumPage: "/forum/",
    pages.NetworkIndexPage: "/netwerken/",
    pages.PartnershipIndexPage: "/regionale-samenwerkingsverbanden/",
    pages.ResearchGroupIndexPage: "/onderzoeksgroepen/",
    pages.KnowledgeIndexPage: "/bronnen/",
    pages.CardIndexPage: "/gesprekskaarten/",
    pages.ActivityIndexPage: "/agenda/",
}
FACTORIES = {
    NetworkPageFactory: "/netwerken/",
    PartnershipPageFactory: "/regionale-samenwerkingsverbanden/",
    ResearchGroupPageFactory: "/onderzoeksgroepen/",
    ResourcePageFactory: "/bronnen/",
    ArticlePageFactory: "/bronnen/",
    CardPageFactory: "/gesprekskaarten/",
    ActivityPageFactory: "/agenda/",
    StandardPageFactory: "/",
}


@pytest.fixture
def editor(home):
    user = UserFactory()
    user.groups.add(sync_editors(home))
    return user


@pytest.fixture
def editors_browser(editor):
    browser = Client()
    browser.force_login(editor)
    return browser


@pytest.mark.parametrize("model", [*CATEGORIES, *OVERVIEWS])
def test_a_category_keeps_its_address_whatever_is_filled_in(home, model):
    page = model.objects.get()
    page.slug = "iets-anders"
    page.save()

    assert page.url == ADDRESSES[model]


@pytest.mark.parametrize("model", [*CATEGORIES, *OVERVIEWS])
def test_an_editor_is_not_asked_for_the_address_of_a_category(home, model):
    assert "slug" not in model.get_edit_handler().get_form_class().base_fields


@pytest.mark.parametrize("model", [*CATEGORIES, *OVERVIEWS])
def test_there_is_one_of_each_category_and_overview(home, model):
    assert not model.can_create_at(home)


@pytest.mark.parametrize("factory", FACTORIES)
def test_every_page_opens_at_an_address_below_its_category(home, factory):
    page = factory(slug="een-pagina")

    response = Client().get(f"{FACTORIES[factory]}een-pagina/")

    assert page.url == f"{FACTORIES[factory]}een-pagina/"
    assert response.status_code == 200
    assert page.title in response.content.decode()


@pytest.mark.parametrize("factory", FACTORIES)
def test_a_page_has_one_place_only(home, factory):
    page = factory()
    other_places = [home, *(model.objects.get() for model in [*CATEGORIES, *OVERVIEWS])]
    other_places = [place for place in other_places if place != page.get_parent().specific]

    assert type(page).can_exist_under(page.get_parent())
    assert not any(type(page).can_exist_under(place) for place in other_places)


@pytest.mark.parametrize("factory", FACTORIES)
def test_an_editor_sees_a_preview_of_every_page(home, factory):
    page = factory(title="Zo ziet het eruit", live=False)

    response = page.make_preview_request()

    assert response.status_code == 200
    assert "Zo ziet het eruit" in response.content.decode()


@pytest.mark.parametrize("factory", FACTORIES)
def test_an_editor_sees_a_preview_of_a_page_that_is_not_saved_yet(home, factory):
    parent = factory().get_parent()
    page = factory.build(parent=parent, title="Nog niet bewaard", slug="nieuw")
    page.depth, page.path = parent.depth + 1, parent.get_last_child()._inc_path()
    page.set_url_path(parent)
    for name in ("subjects", "sectors", "regions"):
        if hasattr(page, name):
            setattr(
                page, name, [{"subjects": SubjectFactory, "sectors": SectorFactory, "regions": RegionFactory}[name]()]
            )
    if hasattr(page, "references"):
        page.references = [pages.ArticleReference(title="Een boek")]

    response = page.make_preview_request()

    assert response.status_code == 200
    assert "Nog niet bewaard" in response.content.decode()


@pytest.mark.parametrize("model", [pages.HomePage, *OVERVIEWS, *CATEGORIES])
def test_an_editor_sees_a_preview_of_the_pages_with_a_fixed_address(home, model):
    assert model.objects.get().make_preview_request().status_code == 200


def test_the_trail_leads_from_home_to_the_page_above(home):
    above = StandardPageFactory(title="Over", slug="over")
    below = StandardPageFactory(parent=above, title="Achtergrond", slug="achtergrond")

    assert [address for _title, address in below.trail] == ["/", "/over/"]
    assert NetworkPageFactory().trail == [("Home", "/"), ("Netwerken", "/netwerken/")]


@pytest.mark.parametrize(
    "address", ["/netwerken/bestaat-niet/", "/een-netwerk/", "/bronnen/een-netwerk/", "/netwerken/een-netwerk/dieper/"]
)
def test_a_page_stands_at_its_whole_address_only(home, address):
    NetworkPageFactory(slug="een-netwerk")

    assert Client().get(address).status_code == 404


def test_a_draft_has_no_address_for_anyone(home, editors_browser):
    draft = NetworkPageFactory(live=False)

    assert Client().get(draft.url).status_code == 404
    assert editors_browser.get(draft.url).status_code == 404


@pytest.mark.parametrize("closed", ["the page", "the page above"])
def test_a_page_for_members_asks_a_visitor_to_sign_in(home, closed):
    page = NetworkPageFactory(title="Alleen voor leden")
    restricted = page if closed == "the page" else page.get_parent()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    member = Client()
    member.force_login(UserFactory())

    answer = Client().get(page.url)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/inloggen/?next=")
    assert member.get(page.url).status_code == 200


def test_a_renamed_page_sends_visitors_on_from_its_old_address(home, editor, django_capture_on_commit_callbacks):
    page = NetworkPageFactory(slug="oude-naam")

    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "nieuwe-naam"
        page.save_revision(user=editor).publish(user=editor)

    assert Client().get("/netwerken/oude-naam/")["Location"] == "/netwerken/nieuwe-naam/"


def test_an_overview_cannot_end(home):
    with pytest.raises(ValidationError, match="kan niet eindigen"):
        PartnershipPageFactory(is_overview=True, ended_on="2025-01-01", ended_as="opgeheven")


@pytest.mark.parametrize("fields", [{"ended_on": "2025-01-01"}, {"ended_as": "opgeheven"}])
def test_an_ending_has_a_day_and_a_kind(home, fields):
    with pytest.raises(ValidationError):
        PartnershipPageFactory(**fields)


def test_an_activity_ends_after_it_starts(home):
    with pytest.raises(ValidationError, match="laatste dag"):
        ActivityPageFactory(starts_on="2026-03-02", ends_on="2026-03-01")


def test_editors_take_the_place_of_wagtails_own_groups(home):
    sync_editors(home)

    assert list(Group.objects.values_list("name", flat=True)) == [EDITORS]


def test_setting_the_rights_of_editors_twice_changes_nothing(home):
    group = sync_editors(home)
    before = (group.permissions.count(), group.page_permissions.count(), group.collection_permissions.count())

    group = sync_editors(home)

    assert (group.permissions.count(), group.page_permissions.count(), group.collection_permissions.count()) == before


def test_a_site_that_is_brought_up_to_date_gives_its_editors_their_new_rights(home):
    group = sync_editors(home)
    rights = set(group.permissions.all())
    group.permissions.clear()

    call_command("migrate", verbosity=0)

    assert set(group.permissions.all()) == rights


def test_an_editor_may_do_everything_with_an_entry_but_close_it(home, editor):
    rights = NetworkPageFactory().permissions_for_user(editor)

    assert rights.can_edit()
    assert rights.can_publish()
    assert rights.can_delete()
    assert not rights.can_set_view_restrictions()


@pytest.mark.parametrize("model", [pages.HomePage, *CATEGORIES, *OVERVIEWS])
def test_only_an_administrator_deletes_the_pages_that_hold_the_site_together(home, editor, model):
    page = Page.objects.get(pk=model.objects.get().pk)

    assert page.permissions_for_user(editor).can_edit()
    assert not page.permissions_for_user(editor).can_delete()
    assert page.permissions_for_user(UserFactory(is_superuser=True)).can_delete()
