"""What is sent after the session ended, without a script that keeps drafts: it stands in the form after signing in."""

import pytest

from forum_integration.models import Draft
from tests.forum_integration.factories import make_reply, make_topic, post_address, topic_address

pytestmark = pytest.mark.usefixtures("home")

TEXT = "Wij doen dat met een portfolio, en dat schreef ik op in de trein."


@pytest.fixture
def topic(questions, member):
    return make_topic(questions, member)


@pytest.fixture(params=["an answer", "a changed answer", "a changed topic"])
def form(request, topic, member):
    """The address of a form that this member may send."""
    if request.param == "an answer":
        return topic_address("post_create", topic)
    if request.param == "a changed answer":
        return post_address("post_update", make_reply(topic, member))
    return topic_address("topic_update", topic)


def sign_in(browser, address, member):
    return browser.post(address, {"login": member.email, "password": "een goed wachtwoord"}, follow=True)


def text_in(browser, form):
    return browser.get(form).context["form"]["text"].value() or ""


def test_a_text_that_was_sent_after_the_session_ended_stands_there_after_signing_in(visitor, topic, form, member):
    answer = visitor.post(form, {"text": TEXT, "title": topic.subject})
    assert answer.url == f"/account/inloggen/?next={form}"
    assert topic.posts.filter(content__contains="portfolio").count() == 0

    page = sign_in(visitor, answer.url, member)
    assert page.redirect_chain[-1][0] == form
    assert page.context["form"]["text"].value() == TEXT
    visitor.post(form, {"text": TEXT, "title": topic.subject})

    assert topic.posts.filter(content__contains="portfolio").count() == 1
    assert TEXT not in text_in(visitor, topic_address("post_create", topic))
    assert not Draft.objects.exists()


def test_an_answer_that_waited_takes_the_place_of_a_part_of_it_that_was_kept_earlier(
    visitor, topic, other_member, browser_of
):
    form = topic_address("post_create", topic)
    browser_of(other_member).post(form, {"text": TEXT[:20], "draft": "1"})

    sign_in(visitor, visitor.post(form, {"text": TEXT}).url, other_member)

    assert text_in(visitor, form) == TEXT
    assert text_in(visitor, topic_address("topic", topic)) == TEXT
    assert text_in(browser_of(other_member), form) == TEXT


def test_a_text_waits_at_its_own_address_only(visitor, topic, conversations, member, other_member):
    other = make_topic(conversations, member, text="Iets anders.")

    sign_in(visitor, visitor.post(topic_address("post_create", topic), {"text": TEXT}).url, other_member)

    assert text_in(visitor, topic_address("post_create", other)) == ""


def test_who_may_not_write_there_gets_no_further_by_signing_in(visitor, topic, conversations, close, member):
    form = topic_address("post_create", topic)
    close(topic.forum)

    page = sign_in(visitor, visitor.post(form, {"text": TEXT}).url, member)

    assert page.status_code in {403, 404}
    assert not Draft.objects.exists()
