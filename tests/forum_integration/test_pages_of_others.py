"""What the forum shows on pages of other rooms: what a visitor may read, in a fixed number of queries."""

import pytest
from django.contrib.auth.models import AnonymousUser

from cms import doors
from cms.categories import Category
from forum_integration.templatetags import forum_tags
from tests.factories import SubjectFactory
from tests.forum_integration.factories import make_reply, make_topic


@pytest.fixture
def page_of(rf):
    def page_of(user):
        request = rf.get("/")
        request.user = user
        return {"request": request}

    return page_of


def titles(topics):
    return [topic.title for topic in topics]


@pytest.fixture
def topics(questions, conversations, member, newcomer, close, forums):
    """Two questions of which one is answered, a conversation, and three that no visitor sees."""
    subject = SubjectFactory()
    answered = make_topic(questions, member, title="Beantwoord", subjects=[subject, SubjectFactory()])
    make_topic(questions, member, title="Nog open")
    make_topic(conversations, member, title="Gesprek", subjects=[subject])
    make_reply(answered, member)
    make_topic(questions, newcomer, title="Wacht", subjects=[subject])
    make_topic(forums["ideeen-en-feedback"], member, title="Besloten", subjects=[subject])
    close(forums["ideeen-en-feedback"])
    return subject


def test_questions_without_an_answer_wait_on_the_home_page(topics, page_of, member):
    for user in (AnonymousUser(), member):
        assert titles(forum_tags.unanswered_questions(page_of(user))) == ["Nog open"]


def test_the_latest_topics_are_those_where_something_was_said_last(topics, page_of, moderator):
    assert titles(forum_tags.latest_topics(page_of(moderator), 2)) == ["Beantwoord", "Gesprek"]


def test_topics_about_a_subject_stand_once(topics, page_of):
    subjects = [topics, *topics.topics.get(topic__subject="Beantwoord").subjects.all()]

    assert titles(forum_tags.conversations_about(page_of(AnonymousUser()), subjects)) == ["Gesprek", "Beantwoord"]


def test_the_door_of_the_forum_counts_what_a_visitor_can_open(topics, page_of, moderator):
    assert doors.counts(page_of(moderator)["request"])[Category.FORUM] == 3


def test_all_that_together_takes_few_queries(topics, page_of, member, django_assert_num_queries):
    page = page_of(member)

    with django_assert_num_queries(8):
        forum_tags.unanswered_questions(page)
        forum_tags.latest_topics(page)
        forum_tags.conversations_about(page, [topics])
