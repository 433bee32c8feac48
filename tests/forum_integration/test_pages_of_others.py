"""What the forum shows on pages of other rooms: what a visitor may read, whoever looks, and read only once."""

import pytest

from cms import doors, memory
from cms.categories import Category
from forum_integration.templatetags import forum_tags
from tests.factories import SubjectFactory
from tests.forum_integration.factories import make_reply, make_topic


def titles(topics):
    return [topic.title for topic in topics]


@pytest.fixture
def topics(questions, conversations, member, other_member, newcomer, close, forums):
    """Two questions of which one is answered, a conversation, and three that no visitor sees."""
    subject = SubjectFactory()
    answered = make_topic(questions, member, title="Beantwoord", subjects=[subject, SubjectFactory()])
    make_topic(questions, member, title="Nog open")
    make_topic(conversations, member, title="Gesprek", subjects=[subject])
    make_reply(answered, other_member)
    make_topic(questions, newcomer, title="Wacht", subjects=[subject])
    make_topic(forums["ideeen-en-feedback"], member, title="Besloten", subjects=[subject])
    close(forums["ideeen-en-feedback"])
    return subject


def test_questions_without_an_answer_wait_on_the_home_page(topics):
    assert titles(forum_tags.unanswered_questions()) == ["Nog open"]


def test_the_latest_topics_are_those_where_something_was_said_last(topics):
    assert titles(forum_tags.latest_topics(2)) == ["Beantwoord", "Gesprek"]


def test_topics_about_a_subject_stand_once(topics):
    subjects = [topics, *topics.topics.get(topic__subject="Beantwoord").subjects.all()]

    assert titles(forum_tags.conversations_about(subjects)) == ["Gesprek", "Beantwoord"]


def test_the_door_of_the_forum_counts_what_a_visitor_can_open(topics):
    assert doors.counts()[Category.FORUM] == 3


def test_all_that_together_takes_few_queries_and_the_next_time_none(topics, django_assert_num_queries):
    def read():
        forum_tags.unanswered_questions()
        forum_tags.latest_topics()
        forum_tags.conversations_about([topics])

    memory._begin_request()
    with django_assert_num_queries(9):
        read()
    with django_assert_num_queries(0):
        read()
    memory._end_request()
