"""Somebody removes the own account, and nothing of the person stays behind."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser, Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from cms import mailing
from cms.housekeeping import forget_unconfirmed_accounts
from cms.models import Mail, User
from tests.factories import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

ERASE = "/mijn/verwijderen/"


@pytest.fixture
def user():
    return UserFactory(display_name="Zwaantje Zonderling", email="zwaantje@example.org")


def signed_in(user):
    """A browser in which somebody gave the password twice: to sign in, and again just now."""
    client = Client()
    client.post("/account/inloggen/", {"login": user.email, "password": PASSWORD})
    client.post("/account/opnieuw-inloggen/", {"password": PASSWORD})
    return client


def test_the_page_says_what_goes_and_what_stays_before_the_button(home, user):
    page = signed_in(user).get(ERASE).content.decode()

    assert page.index("Dit verdwijnt") < page.index("Dit blijft") < page.index("voorgoed</button>")
    assert "Oud-deelnemer" in page
    assert User.objects.filter(pk=user.pk).exists()


def test_my_page_leads_to_it(home, user):
    assert f'href="{ERASE}"' in signed_in(user).get("/mijn/").content.decode()


def test_the_account_goes_and_the_browser_is_signed_out(home, user):
    client = signed_in(user)

    response = client.post(ERASE, follow=True)

    assert response.redirect_chain[-1][0] == reverse("account_erased")
    assert isinstance(response.wsgi_request.user, AnonymousUser)
    assert not User.objects.filter(pk=user.pk).exists()
    assert not [cookie for cookie in client.cookies.values() if cookie.value and cookie.key != "csrftoken"]


def test_who_signed_in_is_asked_for_the_password_again(home, user):
    client = Client()
    client.post("/account/inloggen/", {"login": user.email, "password": PASSWORD})

    for ask in (client.get, client.post):
        response = ask(ERASE)
        assert response.status_code == 302
        assert response.url.startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=user.pk).exists()

    client.post(response.url, {"password": PASSWORD})
    client.post(ERASE)
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_visitor_is_asked_to_sign_in(home, user):
    for ask in (Client().get, Client().post):
        assert ask(ERASE).url.startswith("/account/inloggen/")


def test_all_sessions_of_the_account_end_and_those_of_others_go_on(home, user):
    other, elsewhere = signed_in(UserFactory()), signed_in(user)

    signed_in(user).post(ERASE)

    assert elsewhere.get("/mijn/").status_code == 302
    assert other.get("/mijn/").status_code == 200
    assert Session.objects.count() == 1


def test_no_mail_is_owed_any_more(home, user, mailoutbox):
    mailing.send("account_restored", user, "Je account doet het weer", {})

    signed_in(user).post(ERASE)

    mailing.deliver_waiting()
    assert not Mail.objects.exists()
    assert not mailoutbox


def test_the_admins_log_keeps_its_line_and_loses_the_name(home, user):
    entry = ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(User),
        object_id=user.pk,
        label=str(user),
        action="wagtail.edit",
        timestamp=user.date_joined,
    )

    signed_in(user).post(ERASE)

    entry.refresh_from_db()
    assert entry.label == "Oud-deelnemer"


def test_the_last_administrator_cannot_leave(home):
    chief = UserFactory(is_superuser=True)
    client = signed_in(chief)
    assert "enige beheerder" in client.get(ERASE).content.decode()

    response = client.post(ERASE)

    assert response.status_code == 403
    assert "Maak eerst iemand anders beheerder" in response.content.decode()
    assert User.objects.filter(pk=chief.pk).exists()

    UserFactory(is_superuser=True)
    client.post(ERASE)
    assert not User.objects.filter(pk=chief.pk).exists()


@pytest.mark.parametrize(
    ("days", "stays"), [(13, {"new", "confirmed", "editor", "invited"}), (15, {"confirmed", "editor", "invited"})]
)
def test_an_account_that_was_never_confirmed_goes_after_two_weeks(home, days, stays):
    people = {name: UserFactory(display_name=name) for name in ("new", "confirmed", "editor", "invited")}
    for name in ("new", "editor"):
        people[name].emailaddress_set.update(verified=False)
    people["editor"].groups.add(Group.objects.get_or_create(name="Redactie")[0])
    people["invited"].emailaddress_set.all().delete()  # made in the admin, and not signed in yet

    with time_machine.travel(timezone.now() + timedelta(days=days)):
        forget_unconfirmed_accounts()

    assert set(User.objects.values_list("display_name", flat=True)) == stays
