"""What others see of a member: the name, and the fields that the member opened."""

import pytest
from django.urls import reverse

from forum_integration.models import Profile
from tests.factories import SubjectFactory, UserFactory
from tests.forum_integration.factories import make_reply, make_topic
from tests.forum_integration.test_hostile_text import HTML, OnlyOurs

EDIT = "/mijn/profiel/"
FILLED_IN = {"institution": "Hogeschool Voorbeeld", "role": "Lerarenopleider"}
SWITCHES = {"shows_institution": "Hogeschool Voorbeeld", "shows_role": "Lerarenopleider", "shows_expertise": "Toetsing"}


def address_of(member):
    return reverse("forum_member:profile", args=[member.pk])


@pytest.fixture
def topic(home, questions, member):
    return make_topic(questions, member)


@pytest.fixture
def expert(member):
    profile = Profile.objects.create(member=member)
    profile.expertise.add(SubjectFactory(name="Toetsing"))
    return profile


def test_every_field_is_hidden_until_it_is_opened(topic, expert, member, browser_of, visitor):
    browser_of(member).post(EDIT, FILLED_IN)

    page = visitor.get(address_of(member)).content.decode()

    for word in (*SWITCHES.values(), "Instelling", "Functie", "Weet veel van", member.email):
        assert word not in page


@pytest.mark.parametrize("opened", SWITCHES)
def test_opening_one_field_shows_that_one_and_no_other(topic, expert, member, browser_of, visitor, opened):
    browser_of(member).post(EDIT, {**FILLED_IN, opened: "on"})

    page = visitor.get(address_of(member)).content.decode().partition("<main")[2]

    for switch, value in SWITCHES.items():
        assert (value in page) == (switch == opened)


def test_what_is_closed_again_is_gone(topic, member, browser_of, visitor):
    browser_of(member).post(EDIT, {**FILLED_IN, "shows_role": "on"})
    browser_of(member).post(EDIT, FILLED_IN)

    assert "Lerarenopleider" not in visitor.get(address_of(member)).content.decode()


def test_nobody_changes_anothers_profile_or_what_the_form_does_not_show(home, member, other_member, browser_of):
    browser_of(member).post(EDIT, {**FILLED_IN, "member": other_member.pk, "is_askable": "on"})

    [profile] = Profile.objects.all()
    assert profile.member == member
    assert not profile.is_askable


def test_a_profile_keeps_what_was_said_about_being_asked(home, expert, member, browser_of):
    Profile.objects.update(is_askable=True, most_questions_a_month=2)

    browser_of(member).post(EDIT, FILLED_IN)

    expert.refresh_from_db()
    assert (expert.is_askable, expert.most_questions_a_month) == (True, 2)
    assert expert.expertise.exists()


def test_who_wrote_nothing_and_opened_nothing_is_not_there_but_for_oneself(home, member, browser_of, visitor):
    assert visitor.get(address_of(member)).status_code == 404
    assert "Anderen zien deze pagina nog niet" in browser_of(member).get(address_of(member)).content.decode()

    browser_of(member).post(EDIT, {**FILLED_IN, "shows_role": "on"})

    assert visitor.get(address_of(member)).status_code == 200


def test_who_has_two_addresses_is_one_person(topic, member, visitor):
    member.emailaddress_set.create(email="tweede@example.org", verified=True)

    assert visitor.get(address_of(member)).status_code == 200


def test_posts_in_a_forum_that_the_reader_may_not_read_are_not_listed(
    topic, conversations, member, visitor, close, browser_of
):
    make_topic(conversations, member, title="Achter een dichte deur")
    close(conversations)
    administrator = UserFactory(is_superuser=True)

    assert "dichte deur" not in visitor.get(address_of(member)).content.decode()
    assert "dichte deur" in browser_of(administrator).get(address_of(member)).content.decode()


def test_a_visitor_is_asked_to_sign_in(home, visitor):
    assert visitor.get(EDIT).url.startswith("/account/inloggen/")


def test_hostile_text_stays_text(topic, member, browser_of, visitor):
    profile = Profile.objects.create(member=member, shows_role=True, shows_institution=True)
    own = browser_of(member)
    for vector in HTML:
        profile.role, profile.institution = vector[:120], " ".join(vector.split())[-120:]
        profile.save()

        OnlyOurs().feed(visitor.get(address_of(member)).content.decode())
        OnlyOurs().feed(own.get(EDIT).content.decode())


def test_what_was_typed_stays_when_it_is_too_long(home, member, browser_of):
    response = browser_of(member).post(EDIT, {"institution": "Lang " * 40, "role": "Lector"})

    page = response.content.decode()
    assert 'value="Lector"' in page
    assert "Lang Lang" in page
    assert not Profile.objects.exists()


def test_a_profile_asks_the_database_no_more_with_more_posts(
    topic, member, visitor, django_assert_max_num_queries, questions
):
    for number in range(5):
        make_reply(topic, member, text=f"Nog iets {number}")
    visitor.get(address_of(member))

    with django_assert_max_num_queries(10):
        visitor.get(address_of(member))
