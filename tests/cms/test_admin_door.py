"""Who gets into /beheer/, and by which door."""

from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from cms.models import User
from tests.cms.accounts import PASSWORD, member
from tests.data import entries_of, lines_of

ADDRESSES = [
    *("/beheer/", "/beheer/pages/", "/beheer/pages/1/", "/beheer/pages/1/edit/", "/beheer/choose-page/"),
    *("/beheer/users/", "/beheer/images/", "/beheer/documents/", "/beheer/reports/site-history/", "/beheer/account/"),
    *("/beheer/snippets/", "/beheer/api/main/pages/"),
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    group = Group.objects.create(name="Schrijvers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = member("redacteur@example.org", display_name="Redacteur")
    user.groups.add(group)
    return user


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_is_sent_to_sign_in_and_comes_back(client, address):
    answer = client.get(address)

    assert (answer.status_code, answer.url) == (302, f"/account/inloggen/?{urlencode({'next': address}, safe='/')}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_member_reads_that_this_is_not_for_members(client_of, address):
    answer = client_of(member()).get(address)

    assert answer.status_code == 403
    assert "Dit mag je niet openen" in answer.content.decode()


def test_an_editor_gets_in_after_signing_in_on_the_site(client, editor):
    asked = client.get("/beheer/")

    answer = client.post(asked.url, {"login": editor.email, "password": PASSWORD, "next": "/beheer/"}, follow=True)

    assert answer.status_code == 200
    assert answer.request["PATH_INFO"] == "/beheer/"


@pytest.mark.parametrize("address", ["/beheer/login/", "/_util/login/"])
def test_there_is_no_second_door(client, address):
    member("beheerder@example.org", is_superuser=True)
    form = {"username": "beheerder@example.org", "login": "beheerder@example.org", "password": PASSWORD}

    answer = client.post(f"{address}?next=/beheer/", form)

    assert (answer.status_code, answer.url) == (302, "/account/inloggen/?next=/beheer/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("address", ["/beheer/password_reset/", "/beheer/password_reset/done/"])
def test_a_password_is_replaced_on_the_site_only(client, address):
    member("beheerder@example.org", is_superuser=True)

    assert client.post(address, {"email": "beheerder@example.org"}).status_code == 404
    assert not mail.outbox


def test_the_page_about_the_own_account_in_the_admin_changes_no_name_address_or_password(client_of):
    user = member("beheerder@example.org", is_superuser=True, display_name="Beheerder")
    client = client_of(user)

    page = client.get("/beheer/account/")
    client.post("/beheer/account/", {"name_email-email": "x@example.org", "password-new_password1": "x" * 20})

    assert page.status_code == 200
    assert b'type="password"' not in page.content
    kept = User.objects.get()
    assert (kept.email, kept.check_password(PASSWORD)) == ("beheerder@example.org", True)


def test_signing_out_of_the_admin_is_signing_out(client_of):
    client = client_of(member(is_superuser=True))

    client.post("/beheer/logout/")

    assert client.get("/mijn/").status_code == 302


@pytest.mark.parametrize("address", ["pages/search/", "choose-page/search/", "images/results/"])
@pytest.mark.parametrize("text", ['"', '"toetsen', "a " * 500, "-a " * 500, "\u3000", "(NEAR)", "title:*", "\\"])
def test_an_editor_can_search_for_what_looks_like_syntax(client_of, address, text):
    client = client_of(member(is_superuser=True))

    assert client.get(f"/beheer/{address}", {"q": text}).status_code == 200


def test_the_search_of_the_admin_takes_any_text():
    backend = get_search_backend()

    for text in [*lines_of("queries.txt"), *(entry["value"] for entry in entries_of("naughty_strings.json"))]:
        for search in (backend.search, backend.autocomplete):
            assert list(search(text.replace("\0", ""), Page.objects.all())[:3]) is not None


def test_the_search_of_the_admin_finds_a_page_by_its_words():
    page = Page.objects.get(depth=1).add_child(instance=Page(title="Toetsen met leeruitkomsten"))

    for text in ("leeruitkomsten", '"Toetsen met', "toetsen!"):
        assert page in list(get_search_backend().search(text, Page.objects.all()))
