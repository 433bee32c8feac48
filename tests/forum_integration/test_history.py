"""What a post said before: for moderators, as long as the post is there."""

import pytest
from django.urls import reverse

from forum_integration.models import EarlierText
from forum_integration.rights import ForumRights
from forum_integration.services import moderation
from forum_integration.setup import establish
from tests.forum_integration.factories import make_reply, make_topic, post_address, topic_address

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def post(questions, member):
    establish(member)
    return make_reply(make_topic(questions, member), member, text="Eerst **dit**")


def change(browser, post, **sent):
    return browser.post(post_address("post_update", post), {"text": "Nu dat", **sent})


def history(post):
    return reverse("forum_moderation:post_history", args=[post.pk])


def test_moderators_read_what_was_said_by_whom_and_why(post, member, moderator, browser_of):
    change(browser_of(member), post, reason="Was onduidelijk")

    page = browser_of(moderator).get(history(post)).content.decode()
    assert all(words in page for words in ("Eerst <strong>dit</strong>", "Lotte Lid", "Was onduidelijk"))
    assert history(post) in browser_of(moderator).get(topic_address("topic", post.topic)).content.decode()


def test_everybody_reads_that_a_post_was_changed_but_not_what_it_said(post, member, visitor, browser_of):
    address = topic_address("topic", post.topic)
    assert "bewerkt op" not in visitor.get(address).content.decode()

    change(browser_of(member), post, reason="Was onduidelijk")

    page = visitor.get(address).content.decode()
    assert "bewerkt op" in page
    assert "Eerst" not in page
    assert history(post) not in page
    assert visitor.get(history(post)).status_code == 302
    assert browser_of(member).get(history(post)).status_code == 403


def test_what_changes_no_words_is_no_edit(post, member, visitor, browser_of):
    change(browser_of(member), post, text="Eerst **dit**")

    assert not EarlierText.objects.exists()
    assert "bewerkt op" not in visitor.get(topic_address("topic", post.topic)).content.decode()


def test_the_title_of_a_topic_has_a_history_too(post, member, browser_of):
    browser_of(member).post(topic_address("topic_update", post.topic), {"title": "Beter", "text": "Vertel eens."})

    assert EarlierText.objects.get().title == "Hoe doen jullie dat?"


def test_only_an_opening_post_shows_an_earlier_title(post, member, moderator, browser_of):
    change(browser_of(member), post)
    opening = post.topic.first_post
    browser_of(member).post(topic_address("topic_update", post.topic), {"title": "Beter", "text": "Vertel eens."})

    shown = "<strong><bdi>Hoe doen jullie dat?</bdi></strong>"
    assert shown in browser_of(moderator).get(history(opening)).content.decode()
    assert "<bdi>Hoe doen jullie dat?</bdi>" not in browser_of(moderator).get(history(post)).content.decode()


def test_the_history_goes_with_the_post(post, member, moderator, browser_of, monkeypatch):
    change(browser_of(member), post)
    moderation.delete_post(post=post, by=ForumRights(moderator), reason="Dubbel")
    assert EarlierText.objects.exists()
    monkeypatch.setattr(moderation, "KEPT", moderation.KEPT * 0)

    moderation.forget_deleted()

    assert not EarlierText.objects.exists()
