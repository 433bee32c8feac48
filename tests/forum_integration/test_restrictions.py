"""Moderators keep an account from writing, or from signing in, and let it do so again."""

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from machina.apps.forum_conversation.models import Post

from cms import mailing
from cms.models import User
from forum_integration.models import Act
from forum_integration.rights import ForumRights
from tests.factories import PASSWORD, UserFactory
from tests.forum_integration.factories import make_topic, pdf, post_address, topic_address

RESTRICTED = "/forum/moderatie/accounts/"


def account(member):
    return reverse("forum_moderation:account", args=[member.pk])


@pytest.fixture
def restrict(moderator, browser_of):
    def restrict(member, restriction, reason="Steeds weer reclame."):
        return browser_of(moderator).post(account(member), {"restriction": restriction, "reason": reason})

    return restrict


@pytest.fixture
def lift(moderator, browser_of):
    return lambda member: browser_of(moderator).post(reverse("forum_moderation:account_lift", args=[member.pk]))


def test_a_silenced_member_reads_and_edits_but_writes_nothing_new(
    home, questions, member, other_member, browser_of, restrict
):
    own, topic = make_topic(questions, member), make_topic(questions, other_member)
    restrict(member, "stil")
    browser = browser_of(member)

    assert browser.get(topic_address("topic", topic)).status_code == 200
    assert browser.post(topic_address("post_create", topic), {"text": "Toch"}).status_code == 403
    create = reverse("forum_conversation:topic_create", args=[questions.slug, questions.pk])
    assert browser.post(create, {"title": "Toch", "text": "Toch"}).status_code == 403
    browser.post(topic_address("topic_update", own), {"title": "Beter", "text": "Beter", "attachments": pdf()})
    own.refresh_from_db()
    assert own.subject == "Beter"
    assert not own.first_post.files.exists()
    assert Post.objects.count() == 2


def test_a_blocked_account_cannot_sign_in_and_its_open_session_ends_at_the_next_request(
    home, questions, member, browser_of, restrict
):
    browser = browser_of(member)
    topic = make_topic(questions, member)
    assert browser.get("/mijn/").status_code == 200

    restrict(member, "geblokkeerd")

    assert browser.get("/mijn/").status_code == 302
    assert browser.post(topic_address("post_create", topic), {"text": "Toch"}).status_code == 302
    signing_in = Client().post("/account/inloggen/", {"login": member.email, "password": PASSWORD}, follow=True)
    assert not signing_in.context["user"].is_authenticated
    assert Post.objects.count() == 1


def test_lifting_lets_an_account_write_and_sign_in_again(home, questions, member, browser_of, restrict, lift):
    for restriction in ("stil", "geblokkeerd"):
        restrict(member, restriction)
        lift(member)

        member.refresh_from_db()
        assert member.is_active
        assert ForumRights(member).may_start_topic(questions)


def test_a_block_can_become_a_silence(member, restrict):
    restrict(member, "geblokkeerd")
    restrict(member, "stil")

    member.refresh_from_db()
    assert (member.is_active, member.is_silenced) == (True, True)


def test_the_member_is_mailed_the_reason_and_the_log_keeps_it(member, moderator, browser_of, restrict, lift):
    restrict(member, "geblokkeerd")
    lift(member)

    mailing.deliver_waiting()
    first, second = mail.outbox
    assert first.to == second.to == [member.email]
    assert "niet inloggen" in first.body
    assert "Steeds weer reclame." in first.body
    acts = Act.objects.order_by("pk").values_list("kind", "by", "member", "note")
    assert list(acts) == [
        ("geblokkeerd", moderator.pk, member.pk, "Steeds weer reclame."),
        ("opgeheven", moderator.pk, member.pk, ""),
    ]


def test_a_restriction_needs_a_reason(member, browser_of, restrict):
    assert "Dit klopt nog niet" in restrict(member, "stil", reason=" ").content.decode()
    assert "Dit klopt nog niet" in restrict(member, "weg").content.decode()

    member.refresh_from_db()
    assert not member.restriction


def test_the_restricted_accounts_stand_in_a_list_with_why(member, other_member, moderator, browser_of, restrict):
    restrict(member, "stil")
    restrict(other_member, "geblokkeerd", reason="Dreigementen.")

    page = browser_of(moderator).get(RESTRICTED).content.decode()
    assert page.index("Dreigementen.") < page.index("Steeds weer reclame.")
    assert account(member) in page


def keeper_of_the_platform(kind):
    user = UserFactory(is_superuser=kind == "beheerder")
    if kind != "beheerder":
        user.groups.add(
            Group.objects.get_or_create(name={"redacteur": "Redacteuren", "moderator": "Moderatoren"}[kind])[0]
        )
    return user


@pytest.mark.parametrize("kind", ["moderator", "redacteur", "beheerder"])
def test_who_keeps_the_platform_is_not_restricted_by_a_moderator(forums, browser_of, moderator, restrict, kind):
    keeper = keeper_of_the_platform(kind)

    assert restrict(keeper, "geblokkeerd").status_code == 403
    assert "beslist een beheerder" in browser_of(moderator).get(account(keeper)).content.decode()
    keeper.refresh_from_db()
    assert keeper.is_active


def test_a_moderator_does_not_restrict_oneself(moderator, restrict):
    assert restrict(moderator, "stil").status_code == 403


def test_an_account_that_an_administrator_switched_off_stays_off(member, restrict, lift):
    User.objects.filter(pk=member.pk).update(is_active=False)

    assert restrict(member, "stil").status_code == 403
    assert lift(member).status_code == 403

    member.refresh_from_db()
    assert not member.is_active


@pytest.mark.parametrize("who", ["visitor", "member"])
def test_others_restrict_nobody(member, other_member, browser_of, who):
    browser = browser_of(member if who == "member" else None)
    status = 403 if who == "member" else 302
    sent = {"restriction": "stil", "reason": "Zomaar"}

    assert browser.get(RESTRICTED).status_code == status
    assert browser.get(account(other_member)).status_code == status
    assert browser.post(account(other_member), sent).status_code == status
    assert browser.post(reverse("forum_moderation:account_lift", args=[other_member.pk])).status_code == status
    other_member.refresh_from_db()
    assert not other_member.restriction


def test_a_moderator_finds_the_account_of_who_wrote_a_post(home, questions, member, moderator, browser_of):
    make_topic(questions, member)
    profile = reverse("forum_member:profile", args=[member.pk])

    assert account(member) in browser_of(moderator).get(profile).content.decode()
    assert account(member) not in browser_of(member).get(profile).content.decode()


def test_a_silenced_member_may_still_report(home, questions, member, other_member, browser_of, restrict):
    post = make_topic(questions, other_member).first_post
    restrict(member, "stil")

    assert browser_of(member).post(post_address("post_report", post), {"kind": "reclame"}).status_code == 302
