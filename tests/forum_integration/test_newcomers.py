"""What somebody of whom nothing was let through yet may send; nothing that was typed is lost."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration import markup
from forum_integration.rights import ForumRights
from forum_integration.services import moderation
from tests.forum_integration.factories import make_reply, make_topic, pdf, post_address, topic_address

TEXT = "Hier heb ik lang over nagedacht."


@pytest.fixture
def create(questions):
    return reverse("forum_conversation:topic_create", args=[questions.slug, questions.pk])


@pytest.fixture
def topic(home, questions, member):
    return make_topic(questions, member)


def test_a_fourth_topic_on_one_day_is_for_tomorrow_and_its_text_is_kept(home, questions, newcomer, browser_of, create):
    for _ in range(3):
        make_topic(questions, newcomer)
    sent = {"title": "Mijn vierde vraag", "text": TEXT, "attachments": pdf()}

    response = browser_of(newcomer).post(create, sent)

    page = response.content.decode()
    assert response.status_code == 429
    assert "begon vandaag al 3 gesprekken" in page
    assert "Mijn vierde vraag" in page
    assert TEXT in page
    assert "Kies deze bijlagen opnieuw" in page
    assert Topic.objects.count() == 3
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert browser_of(newcomer).post(create, {"title": "Mijn vierde vraag", "text": TEXT}).status_code == 302


def test_an_eleventh_answer_on_one_day_is_for_tomorrow_and_its_text_is_kept(topic, newcomer, browser_of):
    for _ in range(10):
        make_reply(topic, newcomer)

    response = browser_of(newcomer).post(topic_address("post_create", topic), {"text": TEXT})

    assert response.status_code == 429
    assert "gaf vandaag al 10 antwoorden" in response.content.decode()
    assert TEXT in response.content.decode()
    assert Post.objects.filter(poster=newcomer).count() == 10


def test_deleting_makes_no_room(home, questions, newcomer, browser_of, create):
    for _ in range(3):
        moderation.delete_post(post=make_topic(questions, newcomer).first_post, by=ForumRights(newcomer))

    assert browser_of(newcomer).post(create, {"title": "Nog een", "text": TEXT}).status_code == 429


def test_topics_and_answers_are_counted_apart(topic, questions, newcomer, browser_of):
    for _ in range(3):
        make_topic(questions, newcomer)

    assert browser_of(newcomer).post(topic_address("post_create", topic), {"text": TEXT}).status_code == 302


def test_who_is_established_knows_no_limit(home, questions, newcomer, moderator, browser_of, create):
    posts = [make_topic(questions, newcomer).first_post for _ in range(3)]
    moderation.approve(post=posts[0], by=ForumRights(moderator))

    links = " ".join(f"https://voorbeeld{number}.nl" for number in range(9))
    assert browser_of(newcomer).post(create, {"title": "Mijn vierde", "text": links}).status_code == 302


THREE_LINKS = [
    "https://een.nl https://twee.nl https://drie.nl",
    "[een](https://een.nl) <https://twee.nl> [drie](http://drie.nl)",
    "www.een.nl, www.twee.nl en www.drie.nl",
    "[een][1] [twee][1] [drie][1]\n\n[1]: https://een.nl",
    " ".join(["https://spam.nl"] * 200),
]


@pytest.mark.parametrize("text", THREE_LINKS)
def test_a_newcomer_puts_no_more_than_two_links_in_a_post(topic, newcomer, browser_of, create, text):
    answer = make_reply(topic, newcomer)

    for address, sent in (
        (create, {"title": "Kijk eens", "text": text}),
        (topic_address("post_create", topic), {"text": text}),
        (post_address("post_update", answer), {"text": text}),
    ):
        page = browser_of(newcomer).post(address, sent).content.decode()
        assert "zet hoogstens 2 links in een bericht" in page
        assert text.split()[0] in page
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Zie https://een.nl en [twee](https://twee.nl).", 2),
        ("[https://een.nl](https://een.nl)", 1),
        ("Geen enkele: flexibel.nl", 0),
    ],
)
def test_links_are_counted_as_people_count_them(text, number):
    assert markup.number_of_links(text) == number


def test_two_links_are_welcome(topic, newcomer, browser_of):
    sent = {"text": "Zie https://een.nl en https://twee.nl"}

    assert browser_of(newcomer).post(topic_address("post_create", topic), sent).status_code == 302


def test_a_robot_that_fills_in_every_field_places_nothing(topic, newcomer, browser_of):
    response = browser_of(newcomer).post(topic_address("post_create", topic), {"text": TEXT, "website": "https://x.nl"})

    page = response.content.decode()
    assert "Dit veld is voor robots" in page
    assert TEXT in page
    assert "https://x.nl" not in page
    assert Post.objects.count() == 1


def test_people_do_not_come_across_the_field_for_robots(topic, newcomer, member, browser_of):
    page = browser_of(newcomer).get(topic_address("post_create", topic)).content.decode()

    assert '<div class="honeypot" aria-hidden="true">' in page
    assert 'tabindex="-1"' in page
    assert "honeypot" not in browser_of(member).get(topic_address("post_create", topic)).content.decode()
