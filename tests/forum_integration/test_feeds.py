from django.urls import reverse
from lxml import etree

from forum_integration.feeds import LENGTH
from tests.forum_integration.factories import make_topic, topic_address

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def entries(client, address="/forum/feed/"):
    response = client.get(address)
    assert response.status_code == 200
    return etree.fromstring(response.content).findall("a:entry", ATOM)


def titles(client, address="/forum/feed/"):
    return [entry.findtext("a:title", namespaces=ATOM) for entry in entries(client, address)]


def test_the_feed_names_the_newest_topics_of_all_forums_or_of_one(home, questions, conversations, member, visitor):
    make_topic(questions, member, title="Een vraag", text="Met **nadruk**")
    topic = make_topic(conversations, member, title="Een gesprek")

    [newest, oldest] = entries(visitor)

    assert newest.findtext("a:title", namespaces=ATOM) == "Een gesprek"
    assert newest.find("a:link", ATOM).get("href").endswith(topic_address("topic", topic))
    assert newest.findtext("a:author/a:name", namespaces=ATOM) == "Lotte Lid"
    assert oldest.findtext("a:summary", namespaces=ATOM) == "Met nadruk"
    forum_feed = reverse("forum_feeds:forum_latest_topics", args=[questions.slug, questions.pk])
    assert titles(visitor, forum_feed) == ["Een vraag"]


def test_the_feed_is_a_visitors_view_whoever_asks(home, questions, conversations, member, moderator, browser_of, close):
    make_topic(questions, member, title="Openbaar")
    make_topic(conversations, member, title="Besloten")
    close(conversations)

    for person in (moderator, None, member):
        assert titles(browser_of(person)) == ["Openbaar"]
    closed = reverse("forum_feeds:forum_latest_topics", args=[conversations.slug, conversations.pk])
    assert browser_of(moderator).get(closed).status_code == 404


def test_the_feed_ends_somewhere(home, questions, member, visitor):
    for number in range(LENGTH + 3):
        make_topic(questions, member, title=f"Vraag {number}")

    assert len(titles(visitor)) == LENGTH


def test_a_feed_of_no_forum_is_not_found(home, forums, visitor):
    assert visitor.get("/forum/niets-999999/feed/").status_code == 404
