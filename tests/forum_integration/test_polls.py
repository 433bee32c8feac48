from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from machina.apps.forum_conversation.forum_polls.models import TopicPoll, TopicPollVote
from machina.apps.forum_conversation.models import Topic

from forum_integration.models import TopicKind
from forum_integration.rights import ForumRights
from forum_integration.services import rearranging, voting, writing
from forum_integration.services.writing import PollDraft
from tests.forum_integration.factories import make_topic, topic_address
from tests.forum_integration.test_writing import create_address

DRAFT = PollDraft(question="Wat eet je?", options=["Brood", "Soep", "Niets"])


def make_poll(forum, by, **changes):
    return make_topic(forum, by, poll=PollDraft(**{**DRAFT.__dict__, **changes})).poll


def vote_address(poll):
    return reverse("forum_conversation:topic_poll_vote", args=[poll.pk])


def send(browser, poll, *options):
    return browser.post(vote_address(poll), {"options": [option.pk for option in options]}, follow=True)


@pytest.fixture
def poll(home, conversations, member):
    return make_poll(conversations, member)


@pytest.fixture
def options(poll):
    return list(poll.options.order_by("pk"))


def test_a_member_starts_a_topic_with_a_poll(home, conversations, member, browser_of):
    sent = {
        "title": "Lunch",
        "text": "Kies maar",
        "poll_question": "Wat eet je?",
        "poll_options": "Brood\n\n  Soep \nBrood\n",
        "poll_max_options": "2",
        "poll_days": "7",
    }

    browser_of(member).post(create_address(conversations), sent)

    poll = TopicPoll.objects.get()
    assert [option.text for option in poll.options.order_by("pk")] == ["Brood", "Soep"]
    assert (poll.question, poll.max_options, poll.duration) == ("Wat eet je?", 2, 7)
    assert poll.topic.details.kind == TopicKind.POLL


@pytest.mark.parametrize(
    "fields",
    [
        {"poll_question": "Wat?", "poll_options": "Alleen dit"},
        {"poll_question": "Wat?", "poll_options": "\n".join(map(str, range(11)))},
        {"poll_question": "Wat?", "poll_options": "a\n" + "b" * 201},
        {"poll_question": "", "poll_options": "a\nb"},
        {"poll_question": "a" * 400, "poll_options": "a\nb"},
    ],
)
def test_a_poll_that_is_not_right_is_explained(home, conversations, member, browser_of, fields):
    response = browser_of(member).post(create_address(conversations), {"title": "Lunch", "text": "Kies", **fields})

    assert "Dit klopt nog niet" in response.content.decode()
    assert not Topic.objects.exists()


def test_a_member_votes_once(poll, options, other_member, browser_of):
    browser = browser_of(other_member)

    page = send(browser, poll, options[0]).content.decode()
    again = browser.post(vote_address(poll), {"options": options[1].pk})

    assert "1 mens stemde" in page
    assert "1 (100%)" in page
    assert again.status_code == 403
    assert TopicPollVote.objects.get().poll_option == options[0]


def test_of_two_votes_at_once_the_second_finds_the_first(poll, options, other_member):
    """Both requests read the rights before either vote was there."""
    first, second = ForumRights(other_member), ForumRights(other_member)
    assert first.may_vote(poll)
    assert second.may_vote(poll)

    voting.vote(poll=poll, by=first, options=options[:1])
    with pytest.raises(PermissionDenied):
        voting.vote(poll=poll, by=second, options=options[1:2])

    assert TopicPollVote.objects.count() == 1


def test_a_vote_can_be_changed_where_the_poll_allows_it(home, conversations, member, other_member, browser_of):
    poll = make_poll(conversations, member, may_change_vote=True)
    bread, soup, _ = poll.options.order_by("pk")
    browser = browser_of(other_member)

    send(browser, poll, bread)
    send(browser, poll, soup)

    assert TopicPollVote.objects.get().poll_option == soup


def test_no_more_answers_than_the_poll_allows(home, conversations, member, other_member, browser_of):
    poll = make_poll(conversations, member, max_options=2)
    options = list(poll.options.order_by("pk"))
    browser = browser_of(other_member)

    assert "Kies er hoogstens 2." in send(browser, poll, *options).content.decode()
    assert not TopicPollVote.objects.exists()
    send(browser, poll, *options[:2])
    assert TopicPollVote.objects.count() == 2


def test_a_vote_without_an_answer_or_for_another_poll_counts_for_nothing(poll, conversations, member, browser_of):
    other = make_poll(conversations, member).options.first()
    browser = browser_of(member)

    assert "Kies eerst een antwoord." in send(browser, poll).content.decode()
    send(browser, poll, other)
    browser.post(vote_address(poll), {"options": "²"})

    assert not TopicPollVote.objects.exists()


def test_a_visitor_sees_the_result_and_is_asked_to_sign_in_to_vote(poll, options, other_member, visitor):
    voting.vote(poll=poll, by=ForumRights(other_member), options=options[:1])

    page = visitor.get(topic_address("topic", poll.topic)).content.decode()
    answer = visitor.post(vote_address(poll), {"options": options[1].pk})

    assert "1 (100%)" in page
    assert "Log in om te stemmen" in page
    assert answer.url == f"{reverse('account_login')}?next={topic_address('topic', poll.topic)}"
    assert TopicPollVote.objects.count() == 1


def test_a_hidden_result_is_for_who_asked_and_for_moderators(
    home, conversations, member, other_member, moderator, browser_of
):
    poll = make_poll(conversations, member, hides_results=True)
    voting.vote(poll=poll, by=ForumRights(other_member), options=[poll.options.first()])

    for person, sees in ((None, False), (other_member, False), (member, True), (moderator, True)):
        page = browser_of(person).get(topic_address("topic", poll.topic)).content.decode()

        assert ("1 (100%)" in page) is sees


def test_a_poll_that_ended_and_one_in_a_closed_topic_take_no_votes(poll, options, member, moderator):
    TopicPoll.objects.filter(pk=poll.pk).update(duration=1, created=timezone.now() - timedelta(days=2))
    assert not ForumRights(member).may_vote(TopicPoll.objects.get(pk=poll.pk))

    TopicPoll.objects.filter(pk=poll.pk).update(duration=None)
    rearranging.set_locked(topic=poll.topic, by=ForumRights(moderator), locked=True)
    assert not ForumRights(member).may_vote(TopicPoll.objects.get(pk=poll.pk))


def end(poll):
    TopicPoll.objects.filter(pk=poll.pk).update(duration=1, created=timezone.now() - timedelta(days=2))


def test_after_the_end_nobody_can_trace_a_vote_and_the_result_stays(
    home, conversations, member, other_member, moderator, browser_of
):
    poll = make_poll(conversations, member, max_options=2)
    bread, soup, _ = poll.options.order_by("pk")
    voting.vote(poll=poll, by=ForumRights(member), options=[bread, soup])
    voting.vote(poll=poll, by=ForumRights(other_member), options=[bread])
    before = set(TopicPollVote.objects.values_list("pk", flat=True))
    end(poll)

    voting.forget_voters()
    kept = list(TopicPollVote.objects.order_by("pk").values_list("pk", "anonymous_key"))
    voting.forget_voters()

    assert list(TopicPollVote.objects.order_by("pk").values_list("pk", "anonymous_key")) == kept
    assert not TopicPollVote.objects.exclude(voter=None).exists()
    assert len({key for _, key in kept}) == 2
    assert len(kept) == 3
    assert before.isdisjoint(pk for pk, _ in kept)
    page = browser_of(other_member).get(topic_address("topic", poll.topic)).content.decode()
    assert all(words in page for words in ("2 mensen stemden", "2 (100%)", "1 (50%)", "de peiling is gesloten"))
    assert not writing.may_change_poll(Topic.objects.get(pk=poll.topic_id))


def test_as_long_as_a_poll_runs_its_votes_are_held_to_once(poll, options, other_member):
    voting.vote(poll=poll, by=ForumRights(other_member), options=options[:1])

    voting.forget_voters()

    assert TopicPollVote.objects.get().voter == other_member


def test_a_poll_always_ends(home, conversations, member, browser_of):
    browser_of(member).post(create_address(conversations), poll_fields("Brood\nSoep"))

    assert TopicPoll.objects.get().duration == 14


def poll_fields(options):
    return {
        "title": "Titel",
        "text": "Tekst",
        "poll_question": "Wat eet je?",
        "poll_options": options,
        "poll_max_options": "1",
    }


def test_a_poll_can_be_changed_until_somebody_voted(poll, options, member, other_member, browser_of):
    browser = browser_of(member)
    address = topic_address("topic_update", poll.topic)

    browser.post(address, poll_fields("Pannenkoek\nPap"))
    assert [option.text for option in poll.options.order_by("pk")] == ["Pannenkoek", "Pap"]

    voting.vote(poll=poll, by=ForumRights(other_member), options=[poll.options.first()])
    browser.post(address, poll_fields("Iets\nAnders"))
    assert [option.text for option in poll.options.order_by("pk")] == ["Pannenkoek", "Pap"]


def test_options_of_anothers_poll_cannot_be_changed_by_their_ids(
    poll, options, conversations, other_member, browser_of
):
    """machina looked the ids in its form set up among the options of all polls."""
    mine = make_poll(conversations, other_member).topic
    form_set = {
        "poll-TOTAL_FORMS": "1",
        "poll-INITIAL_FORMS": "1",
        "poll-0-id": options[0].pk,
        "poll-0-text": "Gekaapt",
        "poll-0-DELETE": "on",
    }

    browser_of(other_member).post(topic_address("topic_update", mine), {**poll_fields("a\nb"), **form_set})

    assert [option.text for option in poll.options.order_by("pk")] == ["Brood", "Soep", "Niets"]
