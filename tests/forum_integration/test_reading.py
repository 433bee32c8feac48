import re

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms import memory
from forum_integration.rights import ForumRights
from forum_integration.services import rearranging
from forum_integration.services.following import set_following
from tests.factories import SectorFactory, SubjectFactory
from tests.forum_integration.factories import checked_pdf, make_reply, make_topic, topic_address


def forum_address(forum):
    return reverse("forum:forum", args=[forum.slug, forum.pk])


@pytest.fixture
def filled(home, questions, conversations, member, other_member):
    """A forum with a topic of every sort of trouble: labels, answers, a poll, a file."""
    subjects, sectors = [SubjectFactory(name="Toetsing")], [SectorFactory(abbreviation="hbo")]
    topic = make_topic(
        questions, member, title="Hoe toets je?", subjects=subjects, sectors=sectors, files=[checked_pdf()]
    )
    make_reply(topic, other_member, text="Met een **portfolio**.")
    return topic


def test_the_editors_page_shows_the_forums_and_what_is_new(home, filled, visitor):
    page = visitor.get("/forum/").content.decode()

    for name in ("Vragen", "Gesprekken", "Ideeën en feedback", "Aankondigingen"):
        assert f">{name}</a>" in page
    assert "Hoe toets je?" in page
    assert "1 gesprek ·" in page


def test_the_name_index_of_machina_is_the_editors_page():
    assert reverse("forum:index") == "/forum/"


def test_a_forum_lists_its_topics_with_labels_and_answers(filled, questions, visitor):
    page = visitor.get(forum_address(questions)).content.decode()

    for text in ("Hoe toets je?", "Toetsing", "Lotte Lid", "1 antwoord", "vraag"):
        assert text in page


def test_a_topic_shows_its_posts_files_and_labels(filled, visitor):
    page = visitor.get(topic_address("topic", filled)).content.decode()

    for text in (
        "Hoe toets je?",
        "Met een <strong>portfolio</strong>.",
        "Anton Ander",
        "antwoord 1 van 1",
        "verslag.pdf",
    ):
        assert text in page
    assert "Sector: hbo" in page


def test_nobodys_address_is_shown(filled, browser_of, moderator, home):
    for browser in (browser_of(), browser_of(moderator)):
        for address in ("/forum/", forum_address(filled.forum), topic_address("topic", filled), "/forum/feed/"):
            assert "@example.org" not in browser.get(address).content.decode()


def test_forums_can_be_narrowed_to_a_subject(filled, questions, member, visitor):
    make_topic(questions, member, title="Heel iets anders")

    page = visitor.get(forum_address(questions), {"onderwerp": filled.details.subjects.get().slug}).content.decode()

    assert "Hoe toets je?" in page
    assert "Heel iets anders" not in page


def test_another_spelling_of_an_address_leads_to_the_one_address(filled, conversations, visitor):
    for address in (
        reverse("forum_conversation:topic", args=["iets", filled.forum_id, "anders", filled.pk]),
        topic_address("topic", filled, forum=conversations),
    ):
        assert visitor.get(address).url == topic_address("topic", filled)
    assert visitor.get(reverse("forum:forum", args=["iets", filled.forum_id])).url == forum_address(filled.forum)


def test_a_moved_topic_is_found_at_its_old_address(filled, conversations, moderator, visitor):
    old = topic_address("topic", filled)

    rearranging.move(topic=filled, by=ForumRights(moderator), to=conversations)

    assert f"/{conversations.slug}-{conversations.pk}/" in visitor.get(old).url


def test_answers_are_divided_over_pages_and_one_can_be_linked_to(filled, member, visitor):
    answers = [make_reply(filled, member, text=f"Antwoord nummer {n}.") for n in range(25)]
    address = topic_address("topic", filled)

    first, second = (visitor.get(address, {"pagina": n}).content.decode() for n in (1, 2))
    linked = visitor.get(address, {"bericht": answers[-1].pk}).content.decode()

    assert "antwoord 20 van 26" in first
    assert "antwoord 21 van 26" not in first
    assert "antwoord 21 van 26" in second
    assert "Vertel eens." not in second
    assert f'id="bericht-{answers[-1].pk}"' in linked


@pytest.mark.parametrize(
    "value", ["99999999", "-1", "0", "abc", "²", "٣", str(2**63), "1" * 5000, "", "1.5", "' OR 1=1"]
)
@pytest.mark.parametrize("parameter", ["pagina", "bericht", "post", "citeer", "onderwerp"])
def test_odd_values_in_an_address_give_a_page(filled, visitor, parameter, value):
    for address in (forum_address(filled.forum), topic_address("topic", filled)):
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(address, {parameter: value})

        assert response.status_code in {200, 404}
        assert len(queries) <= 15


@pytest.mark.parametrize(
    "path",
    [
        "lid/abc/",
        "lid/²/",
        "lid/999999999999999999999999/",
        "niets-999999/",
        "vragen-1/x-99999999999999999999/",
        "bijlage/0/",
    ],
)
def test_an_address_of_nothing_is_not_found(home, forums, visitor, path):
    assert visitor.get(f"/forum/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["search/", "zoeken/", "forum/", "topic/", "member/", "moderation/queue/", "feeds/topics/"]
)
def test_machinas_own_addresses_and_search_are_gone(home, forums, visitor, path):
    assert visitor.get(f"/forum/{path}").status_code == 404


def test_a_person_who_wrote_has_a_page_and_one_who_did_not_has_none(filled, member, moderator, visitor):
    assert "Hoe toets je?" in visitor.get(reverse("forum_member:profile", args=[member.pk])).content.decode()
    assert visitor.get(reverse("forum_member:profile", args=[moderator.pk])).status_code == 404


def test_reading_gives_a_visitor_no_cookie_and_writes_nothing(filled, member, visitor, django_assert_num_queries):
    addresses = [
        "/forum/",
        forum_address(filled.forum),
        topic_address("topic", filled),
        reverse("forum_member:profile", args=[member.pk]),
        "/forum/feed/",
        reverse("forum_conversation:attachment", args=[filled.first_post.files.get().pk]),
    ]
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            response = visitor.get(address)

        assert response.status_code == 200
        assert not response.cookies
        assert all(query["sql"].startswith("SELECT") for query in queries), address
    assert not Session.objects.exists()


def test_pages_bring_nothing_of_machinas_front_end(filled, browser_of, member):
    for browser in (browser_of(), browser_of(member)):
        for address in ("/forum/", topic_address("topic", filled)):
            page = browser.get(address).content.decode().lower()

            assert not re.search(r"jquery|bootstrap|easymde|font-?awesome|machina|html5shim|style=|onclick=", page)


def queries_of(client, address, *, afresh=False):
    """How many queries a page costs that was read before; ``afresh``, of which nothing is remembered."""
    client.get(address)
    if afresh:
        memory.forget()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("afresh", [False, True])
@pytest.mark.parametrize("who", ["visitor", "member"])
def test_no_query_count_grows_with_topics_and_posts(
    filled, questions, member, other_member, index, browser_of, who, afresh
):
    client = browser_of(member if who == "member" else None)
    set_following(member, filled, follows=True)
    addresses = ["/forum/", forum_address(questions), topic_address("topic", filled), "/forum/feed/"]
    if who == "member":
        addresses = ["/forum/ongelezen/", "/forum/gevolgd/", *addresses]
    before = [queries_of(client, address, afresh=afresh) for address in addresses]

    subject = filled.details.subjects.get()
    for number in range(18):
        topic = make_topic(questions, other_member, title=f"Vraag {number}", subjects=[subject])
        make_reply(topic, member)
        make_reply(filled, other_member, files=[checked_pdf()])
    after = [queries_of(client, address, afresh=afresh) for address in addresses]

    assert after == before
    assert max(after) <= (15 if who == "visitor" else 20)


def test_a_visitors_page_that_was_read_before_only_asks_whether_anything_changed(filled, visitor):
    for address in ("/forum/", forum_address(filled.forum), topic_address("topic", filled)):
        assert queries_of(visitor, address) == 1, address


def test_a_member_sees_what_is_new_until_it_is_read(filled, member, other_member, browser_of):
    browser = browser_of(member)
    assert "Hoe toets je?" in browser.get("/forum/ongelezen/").content.decode()

    browser.get(topic_address("topic", filled))
    assert "Hoe toets je?" not in browser.get("/forum/ongelezen/").content.decode()

    make_reply(filled, other_member)
    assert "ongelezen" in browser.get(forum_address(filled.forum)).content.decode()

    browser.post(reverse("forum_tracking:mark_all_forums_read"))
    assert "Hoe toets je?" not in browser.get("/forum/ongelezen/").content.decode()
