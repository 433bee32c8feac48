"""The moderators' queue: what waits is let through or refused, and its author hears about it."""

import pytest
from django.core import mail
from django.urls import reverse

from cms import mailing
from forum_integration.models import Act
from forum_integration.rights import ForumRights
from forum_integration.services import moderation
from forum_integration.services.following import set_following
from tests.forum_integration.factories import make_topic, topic_address

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


def sent_mail():
    mailing.deliver_waiting()
    return [(message.to, message.subject, message.body) for message in mail.outbox]


def test_the_author_is_mailed_when_a_post_is_let_through(waiting, newcomer, moderator, browser_of, settings):
    browser_of(moderator).post(queue_address("approve_queued_post", waiting))

    [(to, subject, body)] = sent_mail()
    assert to == [newcomer.email]
    assert subject == "Je bericht staat op het forum"
    assert f"{settings.SITE_URL}{topic_address('topic', waiting.topic)}?bericht={waiting.pk}" in body


def test_the_author_is_mailed_the_reason_of_a_refusal_and_nobody_else_anything(
    waiting, newcomer, moderator, other_member, browser_of
):
    set_following(other_member, waiting.topic, follows=True)

    browser_of(moderator).post(queue_address("disapprove_queued_post", waiting), {"reason": "Dit is reclame."})

    [(to, _, body)] = sent_mail()
    assert to == [newcomer.email]
    assert "Dit is reclame." in body


def test_the_promise_is_made_to_who_waits(home, questions, newcomer, browser_of):
    browser = browser_of(newcomer)
    form = browser.get(reverse("forum_conversation:topic_create", args=[questions.slug, questions.pk]))
    assert "meestal binnen één werkdag" in form.content.decode()

    page = browser.get(topic_address("topic", make_topic(questions, newcomer)))

    assert "meestal binnen één werkdag" in page.content.decode()


def test_a_refused_post_can_still_be_let_through(waiting, moderator, browser_of, visitor):
    browser = browser_of(moderator)
    browser.post(queue_address("disapprove_queued_post", waiting), {"reason": "Te kort."})

    assert "Te kort." in browser.get(queue_address("queued_post", waiting)).content.decode()
    browser.post(queue_address("approve_queued_post", waiting))

    assert visitor.get(topic_address("topic", waiting.topic)).status_code == 200


@pytest.mark.parametrize("second", ["approve_queued_post", "disapprove_queued_post"])
def test_the_second_of_two_moderators_hears_that_it_was_decided(waiting, moderator, browser_of, second):
    moderation.approve(post=waiting, by=ForumRights(moderator))

    page = browser_of(moderator).post(queue_address(second, waiting), {"reason": "Nee"}, follow=True)

    assert "intussen al beslist" in page.content.decode()
    waiting.refresh_from_db()
    assert waiting.approved
    assert Act.objects.count() == 1
    assert len(sent_mail()) == 1


def test_after_a_decision_the_queue_opens_at_the_next_post(home, questions, newcomer, moderator, browser_of):
    posts = [make_topic(questions, newcomer, title=f"Vraag {number}").first_post for number in range(3)]
    browser = browser_of(moderator)

    assert browser.post(queue_address("approve_queued_post", posts[0])).url == f"{QUEUE}#bericht-{posts[1].pk}"
    refused = browser.post(queue_address("disapprove_queued_post", posts[1]), {"reason": "Nee"})
    assert refused.url == f"{QUEUE}#bericht-{posts[2].pk}"
    assert browser.post(queue_address("approve_queued_post", posts[2])).url == QUEUE
