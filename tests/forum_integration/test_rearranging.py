"""What moderators do with whole topics: close, fix on top, move, merge and split."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import Act, Question, QuestionState, SameQuestion, TopicKind
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, rearranging
from forum_integration.services import questions as asking
from forum_integration.services.following import is_following, set_following
from forum_integration.services.writing import PollDraft
from tests.factories import SubjectFactory
from tests.forum_integration.factories import make_reply, make_topic, topic_address

ACTS = {
    "topic_lock": {"status": Topic.TOPIC_LOCKED},
    "topic_unlock": {"status": Topic.TOPIC_UNLOCKED},
    "topic_update_to_sticky": {"type": Topic.TOPIC_STICKY},
    "topic_update_to_post": {"type": Topic.TOPIC_POST},
}


@pytest.mark.parametrize("name", ACTS)
def test_a_moderator_closes_opens_and_fixes_topics(home, questions, member, moderator, browser_of, name):
    topic = make_topic(questions, member)
    Topic.objects.update(
        status=Topic.TOPIC_LOCKED if name == "topic_unlock" else Topic.TOPIC_UNLOCKED,
        type=Topic.TOPIC_STICKY if name == "topic_update_to_post" else Topic.TOPIC_POST,
    )
    browser = browser_of(moderator)

    assert browser.get(topic_address(name, topic)).status_code == 405
    browser.post(topic_address(name, topic))

    assert Topic.objects.filter(**ACTS[name]).exists()


@pytest.mark.parametrize("name", [*ACTS, "topic_move", "topic_merge", "topic_split", "topic_delete"])
def test_a_member_does_none_of_that(home, questions, conversations, member, other_member, browser_of, name):
    topic = make_topic(questions, member)
    make_reply(topic, other_member)
    before = Topic.objects.values().get()

    for person, status in ((None, 302), (member, 403)):
        response = browser_of(person).post(topic_address(name, topic), {"forum": conversations.pk})

        assert response.status_code == status
    assert Topic.objects.values().get() == before


def test_a_moderator_of_one_forum_has_no_say_in_another(
    home, questions, conversations, member, moderator, set_right, browser_of
):
    for codename in (
        "can_lock_topics",
        "can_move_topics",
        "can_approve_posts",
        "can_delete_posts",
        "can_post_stickies",
    ):
        set_right(codename, conversations, granted=True, user=member)
    topic = make_topic(questions, member)
    rights = ForumRights(member)

    make_reply(topic, moderator)
    for name in ("topic_lock", "topic_update_to_sticky", "topic_move", "topic_merge", "topic_split", "topic_delete"):
        assert browser_of(member).post(topic_address(name, topic), {"forum": conversations.pk}).status_code == 403
    for verb in (
        lambda: rearranging.move(topic=topic, by=rights, to=conversations),
        lambda: rearranging.merge(topic=topic, other=make_topic(conversations, member), by=rights),
        lambda: moderation.delete_post(post=make_reply(topic, moderator), by=rights),
        lambda: moderation.approve(post=topic.first_post, by=rights),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def test_a_topic_moves_with_its_counts_and_becomes_what_its_forum_holds(
    home, questions, conversations, member, moderator, browser_of
):
    topic = make_topic(questions, member)
    make_reply(topic, member)
    browser = browser_of(moderator)

    assert "Gesprekken" in browser.get(topic_address("topic_move", topic)).content.decode()
    browser.post(topic_address("topic_move", topic), {"forum": conversations.pk})

    for forum in (questions, conversations, topic):
        forum.refresh_from_db()
    topic.details.refresh_from_db()
    assert topic.forum == conversations
    assert topic.details.kind == TopicKind.CONVERSATION
    assert (questions.direct_topics_count, questions.direct_posts_count, questions.last_post) == (0, 0, None)
    assert (conversations.direct_topics_count, conversations.direct_posts_count) == (1, 2)


def test_a_poll_that_moves_stays_a_poll(home, forums, member, moderator):
    topic = make_topic(forums["gesprekken"], member, poll=PollDraft(question="Wat?", options=["a", "b"]))

    rearranging.move(topic=topic, by=ForumRights(moderator), to=forums["vragen"])

    topic.details.refresh_from_db()
    assert topic.details.kind == TopicKind.POLL


@pytest.mark.parametrize("target", ["", "999999", "abc", "²", "same"])
def test_a_topic_moves_only_to_another_forum(home, questions, member, moderator, browser_of, target):
    topic = make_topic(questions, member)

    response = browser_of(moderator).post(
        topic_address("topic_move", topic), {"forum": questions.pk if target == "same" else target}
    )

    assert "Dit klopt nog niet" in response.content.decode()
    assert Topic.objects.get().forum == questions


@pytest.fixture
def double(home, questions, member, other_member, newcomer):
    """Two questions about the same thing, the first and the double, each with an answer."""
    subject = SubjectFactory()
    first = make_topic(questions, member, title="Hoe toets je flexibel?")
    double = make_topic(questions, other_member, title="Flexibel toetsen?", text="Weet iemand dat?", subjects=[subject])
    make_reply(first, other_member, text="Met een portfolio.")
    make_reply(double, member, text="Zie mijn vraag.")
    set_following(newcomer, double, follows=True)
    return first, double


def address_on_site(topic):
    return f"https://www.example.org{topic_address('topic', topic)}?pagina=1#antwoorden"


def test_a_double_question_is_merged_into_the_first_after_a_look(double, moderator, newcomer, visitor, browser_of):
    first, later = double
    old = topic_address("topic", later)
    browser, address = browser_of(moderator), topic_address("topic_merge", first)

    look = browser.post(address, {"other": address_on_site(later)}).content.decode()
    assert "“<bdi>Flexibel toetsen?</bdi>” gaat op in “<bdi>Hoe toets je flexibel?</bdi>”" in look
    assert Topic.objects.count() == 2

    done = browser.post(address, {"other": address_on_site(later), "confirmed": "1"})

    assert done.url == topic_address("topic", first)
    assert visitor.get(old).status_code == 301
    assert visitor.get(old).url == topic_address("topic", first)
    page = visitor.get(old, follow=True).content.decode()
    assert page.index("Vertel eens.") < page.index("Weet iemand dat?") < page.index("Zie mijn vraag.")
    assert "3 antwoorden" in page
    first.refresh_from_db()
    assert first.posts_count == 4
    assert first.subject == "Hoe toets je flexibel?"
    assert is_following(newcomer, first)
    assert first.details.subjects.count() == 1
    assert Topic.objects.count() == 1


def test_whichever_topic_one_begins_with_the_oldest_stays(double, moderator):
    first, later = double

    assert rearranging.merge(topic=later, other=first, by=ForumRights(moderator)) == first


def test_an_address_still_leads_there_after_a_second_merge(double, moderator, questions, member, visitor):
    first, later = double
    old = topic_address("topic", later)
    rearranging.merge(topic=later, other=first, by=ForumRights(moderator))
    newest = make_topic(questions, member)
    rearranging.merge(topic=newest, other=first, by=ForumRights(moderator))

    for address in (old, topic_address("topic", newest)):
        assert visitor.get(address).url == topic_address("topic", first)


def test_a_merged_address_gives_nothing_away_once_the_topic_is_deleted(double, moderator, visitor):
    first, later = double
    old = topic_address("topic", later)
    rearranging.merge(topic=later, other=first, by=ForumRights(moderator))
    first.refresh_from_db()
    moderation.delete_post(post=first.first_post, by=ForumRights(moderator))

    assert visitor.get(old).status_code == 404


def test_topics_with_the_same_title_merge_with_a_redirect(home, questions, member, moderator, visitor):
    first, later = make_topic(questions, member), make_topic(questions, member)
    old = topic_address("topic", later)

    rearranging.merge(topic=first, other=later, by=ForumRights(moderator))

    assert visitor.get(old).url == topic_address("topic", first)


@pytest.fixture
def same_asked_twice(home, questions, member, other_member, newcomer):
    return make_topic(questions, member), make_topic(questions, other_member, title="Weet iemand dit ook?")


def state_of(topic):
    return Question.objects.get(topic=topic).state


def test_a_double_question_answers_nothing_and_brings_along_who_asked_it(
    same_asked_twice, member, other_member, newcomer, moderator
):
    first, second = same_asked_twice
    for person in (member, newcomer):
        SameQuestion.objects.create(topic=second, member=person)

    rearranging.merge(topic=first, other=second, by=ForumRights(moderator))

    assert state_of(first) == QuestionState.NEW
    assert {mark.member for mark in first.same_questions.all()} == {other_member, newcomer}


def test_an_answer_to_the_double_question_answers_the_first(same_asked_twice, newcomer, moderator):
    first, second = same_asked_twice
    make_reply(second, moderator)

    rearranging.merge(topic=first, other=second, by=ForumRights(moderator))

    assert state_of(first) == QuestionState.ANSWERED


def test_a_question_whose_only_answer_is_split_off_is_new_again(same_asked_twice, member, moderator):
    first, _ = same_asked_twice
    answer = make_reply(first, moderator)
    asking.accept(post=answer, by=ForumRights(member))

    new = rearranging.split(topic=first, by=ForumRights(moderator), posts=[answer], title="Iets anders")

    assert (state_of(first), state_of(new)) == (QuestionState.NEW, QuestionState.NEW)


@pytest.mark.parametrize("other", ["", "geen adres", "https://www.example.org/netwerken/", "/forum/vragen-1/x-999999/"])
def test_an_address_that_names_no_topic_is_refused(double, moderator, browser_of, other):
    page = browser_of(moderator).post(topic_address("topic_merge", double[0]), {"other": other, "confirmed": "1"})

    assert "Dit klopt nog niet" in page.content.decode()
    assert Topic.objects.count() == 2


def test_a_topic_cannot_be_merged_with_itself_with_one_that_waits_or_with_a_poll(
    double, questions, newcomer, member, moderator, browser_of
):
    first, _ = double
    waiting = make_topic(questions, newcomer)
    poll = make_topic(questions, member, poll=PollDraft(question="Wat?", options=["a", "b"]))

    for other in (first, waiting, poll):
        sent = {"other": address_on_site(other), "confirmed": "1"}
        page = browser_of(moderator).post(topic_address("topic_merge", first), sent)
        assert "Dit klopt nog niet" in page.content.decode()
        with pytest.raises(ValidationError):
            rearranging.merge(topic=first, other=other, by=ForumRights(moderator))


def test_answers_are_split_off_into_a_topic_of_their_own(double, moderator, newcomer, browser_of, visitor):
    first, _ = double
    keep = make_reply(first, moderator, text="Dit blijft.")
    gone = first.posts.order_by("created")[1]
    address = topic_address("topic_split", first)

    assert "Met een portfolio." in browser_of(moderator).get(address).content.decode()
    done = browser_of(moderator).post(address, {"posts": [gone.pk], "title": "Portfolio’s"})

    new = Topic.objects.get(subject="Portfolio’s")
    assert done.url == topic_address("topic", new)
    assert new.poster == gone.poster
    assert new.forum == first.forum
    page = visitor.get(done.url).content.decode()
    assert "Met een portfolio." in page
    assert "Nog geen antwoord" in page
    left = visitor.get(topic_address("topic", first)).content.decode()
    assert "Met een portfolio." not in left
    assert "Dit blijft." in left
    first.refresh_from_db()
    assert (first.posts_count, first.last_post) == (2, keep)


def test_the_opening_post_and_what_waits_are_not_split_off(double, moderator, newcomer, browser_of):
    first, later = double
    waiting = make_reply(first, newcomer)
    other = later.first_post

    for post in (first.first_post, waiting, other):
        page = browser_of(moderator).post(topic_address("topic_split", first), {"posts": [post.pk], "title": "Nieuw"})
        assert "Dit klopt nog niet" in page.content.decode()
    with pytest.raises(ValidationError):
        rearranging.split(topic=first, by=ForumRights(moderator), posts=[waiting], title="Nieuw")
    assert Topic.objects.count() == 2
    assert Post.objects.filter(topic=first).count() == 3


def test_each_act_on_a_topic_is_in_the_log(double, moderator, conversations):
    first, later = double
    by = ForumRights(moderator)
    answer = first.posts.order_by("created")[1]

    rearranging.set_locked(topic=first, by=by, locked=True)
    rearranging.set_locked(topic=first, by=by, locked=False)
    rearranging.set_sticky(topic=first, by=by, sticky=True)
    rearranging.set_sticky(topic=first, by=by, sticky=False)
    rearranging.split(topic=first, by=by, posts=[answer], title="Nieuw")
    rearranging.merge(topic=first, other=later, by=by)
    rearranging.move(topic=first, by=by, to=conversations)

    kinds = ["gesloten", "geopend", "vastgezet", "losgelaten", "gesplitst", "samengevoegd", "verplaatst"]
    assert list(Act.objects.order_by("pk").values_list("kind", flat=True)) == kinds
    assert set(Act.objects.values_list("by", "topic")) == {(moderator.pk, first.pk)}
