"""Waiting posts, refused posts and closed forums: who may not read them finds no trace of them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from machina.apps.forum.models import Forum

from forum_integration.rights import ForumRights
from forum_integration.services import moderation
from forum_integration.services.following import set_following
from forum_integration.templatetags.forum_tags import latest_topics
from forum_integration.topics import public_topics
from tests.factories import SubjectFactory, UserFactory
from tests.forum_integration.factories import checked_pdf, make_reply, make_topic, post_address, topic_address

SECRET = "Nergens te lezen"


def surfaces(topic, poster):
    """Every address that could give away a topic or what somebody wrote."""
    forum = topic.forum
    return [
        "/forum/",
        reverse("forum:forum", args=[forum.slug, forum.pk]),
        "/forum/feed/",
        reverse("forum_feeds:forum_latest_topics", args=[forum.slug, forum.pk]),
        reverse("forum_member:profile", args=[poster.pk]),
        topic_address("topic", topic),
        "/forum/ongelezen/",
        "/forum/gevolgd/",
    ]


@pytest.fixture
def waiting(home, questions, newcomer):
    return make_topic(
        questions, newcomer, title=SECRET, text=SECRET, files=[checked_pdf()], subjects=[SubjectFactory()]
    )


def test_what_a_newcomer_starts_waits(waiting):
    assert not waiting.approved


@pytest.mark.parametrize("who", ["visitor", "other_member"])
def test_a_waiting_topic_leaves_no_trace(waiting, newcomer, other_member, browser_of, who):
    browser = browser_of(other_member if who == "other_member" else None)

    for address in surfaces(waiting, newcomer):
        assert SECRET not in browser.get(address, follow=True).content.decode(), address
    assert browser.get(topic_address("topic", waiting)).status_code == 404
    assert browser.get(topic_address("post_create", waiting)).status_code == 404
    assert browser.post(topic_address("post_create", waiting), {"text": "Hallo"}).status_code == 404
    assert (
        browser.get(reverse("forum_conversation:attachment", args=[waiting.first_post.files.get().pk])).status_code
        == 404
    )
    assert browser.get(reverse("forum_member:profile", args=[newcomer.pk])).status_code == 404


def test_its_author_sees_a_waiting_topic_marked_as_such(waiting, newcomer, browser_of):
    browser = browser_of(newcomer)

    page = browser.get(topic_address("topic", waiting)).content.decode()
    forum = browser.get(reverse("forum:forum", args=[waiting.forum.slug, waiting.forum_id])).content.decode()

    assert SECRET in page
    assert "wacht op goedkeuring" in page
    assert SECRET in forum
    assert "wacht op goedkeuring" in forum
    assert (
        browser.get(reverse("forum_conversation:attachment", args=[waiting.first_post.files.get().pk])).status_code
        == 200
    )


def test_nobody_but_a_moderator_answers_a_waiting_topic(waiting, newcomer, moderator, browser_of, visitor):
    assert browser_of(newcomer).post(topic_address("post_create", waiting), {"text": "Ik ook"}).status_code == 403
    assert waiting.posts.count() == 1

    address = topic_address("post_create", waiting)
    assert browser_of(moderator).post(address, {"text": "Vertel eerst meer."}).status_code == 302
    assert "Vertel eerst meer." in browser_of(newcomer).get(topic_address("topic", waiting)).content.decode()
    assert visitor.get(topic_address("topic", waiting)).status_code == 404


def test_a_waiting_answer_is_seen_by_its_author_and_moderators_only(
    questions, member, newcomer, other_member, moderator, browser_of, home
):
    topic = make_topic(questions, member)
    make_reply(topic, newcomer, text=SECRET)

    for person, sees in ((None, False), (other_member, False), (newcomer, True), (moderator, True)):
        page = browser_of(person).get(topic_address("topic", topic)).content.decode()

        assert (SECRET in page) is sees
        assert ("1 antwoord" in page) is sees
    assert SECRET not in browser_of().get(reverse("forum_member:profile", args=[member.pk])).content.decode()


def test_an_unapproved_announcement_is_not_listed(waiting, visitor):
    waiting.type = waiting.TOPIC_ANNOUNCE
    waiting._simple_save()

    assert (
        SECRET not in visitor.get(reverse("forum:forum", args=[waiting.forum.slug, waiting.forum_id])).content.decode()
    )


def test_a_refused_topic_shows_its_author_the_reason(waiting, newcomer, moderator, browser_of, visitor):
    moderation.refuse(post=waiting.first_post, by=ForumRights(moderator), reason="Dit is reclame.")

    assert "Dit is reclame." in browser_of(newcomer).get(topic_address("topic", waiting)).content.decode()
    assert visitor.get(topic_address("topic", waiting)).status_code == 404


@pytest.fixture
def closed_topic(home, forums, member, close):
    topic = make_topic(forums["gesprekken"], member, title=SECRET, text=SECRET, files=[checked_pdf()])
    close(forums["gesprekken"])
    return topic


def test_a_topic_in_a_closed_forum_leaves_no_trace(closed_topic, member, other_member, browser_of):
    for person in (None, other_member):
        browser = browser_of(person)

        for address in surfaces(closed_topic, member):
            assert SECRET not in browser.get(address, follow=True).content.decode(), address
        file = closed_topic.first_post.files.get()
        assert browser.get(reverse("forum_conversation:attachment", args=[file.pk])).status_code == 404


def test_a_closed_forum_asks_a_visitor_to_sign_in_and_refuses_a_member(closed_topic, other_member, browser_of):
    address = topic_address("topic", closed_topic)

    assert browser_of().get(address).url.startswith(reverse("account_login"))
    assert browser_of(other_member).get(address).status_code == 403


def test_a_followed_topic_that_is_closed_disappears_from_the_list(
    home, forums, member, other_member, close, browser_of
):
    topic = make_topic(forums["gesprekken"], member, title=SECRET)
    set_following(other_member, topic, follows=True)

    close(forums["gesprekken"])

    assert SECRET not in browser_of(other_member).get("/forum/gevolgd/").content.decode()


def test_a_forum_below_a_closed_one_is_closed_too(home, forums, member, close, visitor):
    below = Forum.objects.create(name="Onder", type=Forum.FORUM_POST, parent=forums["gesprekken"])
    topic = make_topic(below, member, title=SECRET)
    assert SECRET in visitor.get(topic_address("topic", topic)).content.decode()

    close(forums["gesprekken"])

    assert visitor.get(topic_address("topic", topic)).status_code == 302
    assert not ForumRights(AnonymousUser()).has("can_read_forum", below.pk)


def test_search_and_other_pages_get_what_a_visitor_may_read(waiting, closed_topic, questions, member, newcomer):
    topic = make_topic(questions, member, title="Openbaar")
    make_reply(topic, newcomer, text=SECRET)

    assert [found.subject for found in public_topics()] == ["Openbaar"]
    assert [len(found.public_posts) for found in public_topics()] == [1]
    assert [found.title for found in latest_topics()] == ["Openbaar"]


def test_someone_whose_account_is_off_has_no_rights_and_no_page(questions, member, visitor):
    make_topic(questions, member)
    member.is_active = False
    member.save()

    assert not ForumRights(member).forums_with("can_reply_to_topics")
    assert visitor.get(reverse("forum_member:profile", args=[member.pk])).status_code == 404


def test_rights_of_a_person_outweigh_a_group_and_those_of_a_forum_outweigh_all(questions, conversations, set_right):
    person = UserFactory()
    set_right("can_reply_to_topics", questions, granted=False)
    set_right("can_reply_to_topics", conversations, granted=False)
    set_right("can_reply_to_topics", conversations, granted=True, user=person)

    rights = ForumRights(person)

    assert not rights.has("can_reply_to_topics", questions.pk)
    assert rights.has("can_reply_to_topics", conversations.pk)


def test_a_post_cannot_be_reached_through_another_topic(questions, member, browser_of):
    mine, other = make_topic(questions, member, title="Een"), make_topic(questions, member, title="Twee")
    answer = make_reply(mine, member)

    for name in ("post_update", "post_delete"):
        assert browser_of(member).post(post_address(name, answer, topic=other), {"text": "Weg"}).status_code == 404
    assert mine.posts.count() == 2
