"""Members follow topics, subjects, forums and entries, and stop doing so."""

import pytest
from django.urls import reverse

from forum_integration.models import Following, MailPreferences
from forum_integration.services.following import is_following, set_following
from tests.factories import NetworkPageFactory, SubjectFactory
from tests.forum_integration.factories import make_reply, make_topic, topic_address

LIST = "/forum/gevolgd/"


@pytest.fixture
def things(home, questions, other_member):
    """One of each kind that can be followed, with what addresses call it and where its page is."""
    topic, subject = make_topic(questions, other_member, title="Hoe toets je?"), SubjectFactory(name="Toetsing")
    entry = NetworkPageFactory(title="Netwerk toetsen")
    return {
        "gesprek": (topic, topic_address("topic", topic), "Hoe toets je?"),
        "onderwerp": (subject, subject.get_absolute_url(), "Toetsing"),
        "forum": (questions, reverse("forum:forum", args=[questions.slug, questions.pk]), "Vragen"),
        "vermelding": (entry, entry.url, "Netwerk toetsen"),
    }


def follow(what, thing):
    return reverse("forum_member:follow", args=[what, thing.pk])


def unfollow(what, thing):
    return reverse("forum_member:unfollow", args=[what, thing.pk])


@pytest.mark.parametrize("what", ["gesprek", "onderwerp", "forum", "vermelding"])
def test_a_member_follows_each_kind_of_thing_from_its_page_and_stops_from_the_list(
    things, index, member, browser_of, what
):
    thing, address, title = things[what]
    browser = browser_of(member)
    assert follow(what, thing) in browser.get(address).content.decode()

    assert browser.post(follow(what, thing)).url == address
    browser.post(follow(what, thing))

    assert unfollow(what, thing) in browser.get(address).content.decode()
    page = browser.get(LIST).content.decode()
    assert title in page
    assert unfollow(what, thing) in page
    assert Following.objects.count() == 2  # and the other member, who follows what that member asked
    assert browser.post(unfollow(what, thing), {"van_lijst": "1"}).url == LIST
    assert unfollow(what, thing) not in browser.get(LIST).content.decode()
    assert "Je volgt nog niets" in browser.get(LIST).content.decode()


@pytest.mark.parametrize("what", ["gesprek", "onderwerp", "forum", "vermelding"])
def test_a_visitor_is_asked_to_sign_in_and_comes_back_to_the_thing(things, index, visitor, what):
    thing, address, _ = things[what]

    assert f"?next={address}" in visitor.get(address).content.decode()
    answer = visitor.post(follow(what, thing))

    assert answer.url == f"{reverse('account_login')}?next={address}"
    assert visitor.get(follow(what, thing)).status_code == 405
    assert visitor.get(LIST).url.startswith(reverse("account_login"))


def test_what_is_not_there_or_not_theirs_cannot_be_followed(
    things, questions, conversations, member, other_member, newcomer, close, browser_of
):
    closed = make_topic(conversations, other_member)
    close(conversations)
    waiting = make_topic(questions, newcomer)
    draft = NetworkPageFactory(live=False)
    browser = browser_of(member)

    assert browser.post(follow("gesprek", closed)).status_code == 403
    assert browser.post(follow("forum", conversations)).status_code == 403
    assert browser.post(follow("gesprek", waiting)).status_code == 404
    assert browser.post(follow("vermelding", draft)).status_code == 404
    assert browser.post(reverse("forum_member:follow", args=["lid", member.pk])).status_code == 404
    assert browser.post(reverse("forum_member:follow", args=["onderwerp", 999999])).status_code == 404
    assert not member.followings.exists()


def test_who_writes_in_a_topic_follows_it_from_then_on(home, questions, member, other_member, newcomer):
    topic = make_topic(questions, member)
    make_reply(topic, other_member)
    make_reply(topic, newcomer)

    assert all(is_following(who, topic) for who in (member, other_member, newcomer))


def test_who_does_not_want_that_follows_nothing_by_writing(home, questions, member):
    MailPreferences.objects.create(member=member, follows_by_writing=False)

    assert not is_following(member, make_topic(questions, member))


def test_a_followed_entry_or_forum_that_is_closed_disappears_from_the_list(
    things, questions, member, close, browser_of
):
    for thing, _, _ in things.values():
        set_following(member, thing, follows=True)
    close(questions)
    things["vermelding"][0].unpublish()

    page = browser_of(member).get(LIST).content.decode()

    assert "Toetsing" in page
    for title in ("Hoe toets je?", "Netwerk toetsen", "Vragen</a>"):
        assert title not in page
