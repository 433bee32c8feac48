import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from machina.apps.forum_conversation.models import Topic

from forum_integration.models import TopicKind
from forum_integration.rights import ForumRights
from forum_integration.services import moderation
from forum_integration.services.writing import PollDraft
from tests.forum_integration.factories import make_reply, make_topic, topic_address

QUEUE = "/forum/moderatie/wachtrij/"


def queue_address(name, post):
    return reverse(f"forum_moderation:{name}", args=[post.pk])


@pytest.fixture
def waiting(home, questions, newcomer):
    return make_topic(questions, newcomer, title="Mijn eerste vraag", text="**Hallo**").first_post


def test_the_queue_shows_what_waits_and_lets_it_through(waiting, newcomer, moderator, browser_of, visitor):
    browser = browser_of(moderator)
    assert "Wachtrij (1)" in browser.get("/forum/").content.decode()
    assert "Mijn eerste vraag" in browser.get(QUEUE).content.decode()
    assert "<strong>Hallo</strong>" in browser.get(queue_address("queued_post", waiting)).content.decode()

    browser.post(queue_address("approve_queued_post", waiting))

    assert "Mijn eerste vraag" in visitor.get("/forum/").content.decode()
    assert "Niets wacht op je" in browser.get(QUEUE).content.decode()
    assert browser.get(queue_address("queued_post", waiting)).status_code == 404


def test_a_first_approved_post_establishes_its_author(waiting, newcomer, moderator, questions):
    moderation.approve(post=waiting, by=ForumRights(moderator))

    assert make_topic(questions, newcomer).approved


def test_refusing_needs_a_reason_that_the_author_reads(waiting, newcomer, moderator, browser_of):
    browser = browser_of(moderator)
    address = queue_address("disapprove_queued_post", waiting)

    assert "Dit klopt nog niet" in browser.post(address, {"reason": " "}).content.decode()
    browser.post(address, {"reason": "Dit is <b>reclame</b>."})

    page = browser_of(newcomer).get(topic_address("topic", waiting.topic)).content.decode()
    assert "Dit is &lt;b&gt;reclame&lt;/b&gt;." in page
    assert "Niets wacht op je" in browser.get(QUEUE).content.decode()


@pytest.mark.parametrize("name", ["queue", "queued_post", "approve_queued_post", "disapprove_queued_post"])
def test_only_moderators_see_and_work_the_queue(waiting, member, browser_of, name):
    address = QUEUE if name == "queue" else queue_address(name, waiting)
    method = "get" if name in {"queue", "queued_post"} else "post"

    for person, status in ((None, 302), (member, 403)):
        response = getattr(browser_of(person), method)(address, {"reason": "Nee"})

        assert response.status_code == status
        assert "Mijn eerste vraag" not in response.content.decode()
    waiting.refresh_from_db()
    assert not waiting.approved


@pytest.mark.parametrize("name", ["approve_queued_post", "disapprove_queued_post"])
def test_opening_an_address_decides_nothing(waiting, moderator, browser_of, name):
    assert browser_of(moderator).get(queue_address(name, waiting)).status_code == 405


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


@pytest.mark.parametrize("name", [*ACTS, "topic_move", "topic_delete"])
def test_a_member_does_none_of_that(home, questions, conversations, member, browser_of, name):
    topic = make_topic(questions, member)
    before = Topic.objects.values().get()

    for person, status in ((None, 302), (member, 403)):
        response = browser_of(person).post(topic_address(name, topic), {"forum": conversations.pk})

        assert response.status_code == status
    assert Topic.objects.values().get() == before


def test_a_moderator_of_one_forum_has_no_say_in_another(home, questions, conversations, member, set_right, browser_of):
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

    for name in ("topic_lock", "topic_update_to_sticky", "topic_move", "topic_delete"):
        assert browser_of(member).post(topic_address(name, topic), {"forum": conversations.pk}).status_code == 403
    for verb in (moderation.delete_topic, lambda **given: moderation.move(**given, to=conversations)):
        with pytest.raises(PermissionDenied):
            verb(topic=topic, by=rights)
    with pytest.raises(PermissionDenied):
        moderation.approve(post=topic.first_post, by=rights)


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

    moderation.move(topic=topic, by=ForumRights(moderator), to=forums["vragen"])

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


def test_deleting_a_topic_says_what_goes_and_asks_first(home, questions, member, moderator, browser_of):
    topic = make_topic(questions, member)
    make_reply(topic, member)
    browser = browser_of(moderator)

    assert "met alle antwoorden (1)" in browser.get(topic_address("topic_delete", topic)).content.decode()
    browser.post(topic_address("topic_delete", topic))

    assert not Topic.objects.exists()
    questions.refresh_from_db()
    assert questions.direct_topics_count == 0
