"""Who writes a question sees what there is already, before it is asked."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils.timezone import localdate
from lxml import html

from forum_integration.rights import ForumRights
from forum_integration.services import questions, writing
from search import asking, finding, statistics
from search.engines.base import SearchUnavailable
from search.models import HelpedBefore, HelpMark
from tests.factories import ArticlePageFactory, NetworkPageFactory, UserFactory

ADDRESS = "/zoeken/bij-je-vraag/"
HELPED = "/zoeken/dit-helpt/"


@pytest.fixture
def answer():
    """Let somebody else answer a question, or ask for more."""
    by = ForumRights(UserFactory(is_superuser=True))

    def give(topic, **more):
        return writing.reply(topic=topic, by=by, text="Zo doen wij dat.", **more)

    return give


@pytest.fixture
def answered(index, committing, start_topic, answer):
    with committing():
        topic = start_topic(title="Hoe toets je flexibel?")
        answer(topic)
    return topic


@pytest.fixture
def look(client):
    def ask(title):
        response = client.get(ADDRESS, {"titel": title})
        assert response.status_code == 200
        part = html.fromstring(response.content.decode())
        groups = part.xpath("//h3")
        return {group.text: [link.text for link in group.getnext().xpath(".//li/a")] for group in groups}, part.xpath(
            "string(//*[@role='status'])"
        )

    return ask


def test_hits_stand_in_three_groups(answered, committing, look):
    with committing():
        NetworkPageFactory(title="Netwerk Flexibel Toetsen")
        ArticlePageFactory(title="Flexibel toetsen zonder leerroute")

    groups, status = look("flexibel toetsen")

    assert groups == {
        "Vragen met een antwoord": ["Hoe toets je flexibel?"],
        "Netwerken, samenwerking en onderzoek": ["Netwerk Flexibel Toetsen"],
        "Kennis": ["Flexibel toetsen zonder leerroute"],
    }
    assert status == "3 plekken waar je antwoord kan staan."


def test_a_question_that_nobody_answered_is_no_help(index, committing, start_topic, answer, look):
    with committing():
        start_topic(title="Wie toetst er flexibel?")
        answer(start_topic(title="Wie toetst er in tweetallen?"), role="tip")
        solved = start_topic(title="Toetsen jullie ook digitaal?")
        questions.accept(post=answer(solved), by=start_topic.by)

    assert look("toetsen")[0] == {"Vragen met een antwoord": ["Toetsen jullie ook digitaal?"]}


def test_no_more_than_five_and_each_group_gets_its_turn(answered, committing, look):
    with committing():
        for number in range(6):
            NetworkPageFactory(title=f"Netwerk Toetsing {number}")
        ArticlePageFactory(title="Flexibel toetsen zonder leerroute")

    groups, status = look("toetsing")

    assert [len(found) for found in groups.values()] == [1, 3, 1]
    assert status.startswith("5 plekken")


def test_without_any_hit_it_says_so(index, look):
    groups, status = look("Hoe toets je flexibel?")

    assert groups == {}
    assert status == "We vonden niets dat hierop lijkt. Jouw vraag is nieuw."


@pytest.mark.parametrize("title", ["", "  ", "to"])
def test_of_a_title_that_is_hardly_begun_nothing_is_said(index, look, title):
    assert look(title) == ({}, "")


@pytest.mark.parametrize("title", ["a" * 5000, "\u202e<script>", '"*:[]', "ﷺ" * 300])
def test_whatever_is_typed_gets_an_answer(index, look, title):
    look(title)


def test_it_works_from_an_empty_database_without_an_index(home, client):
    assert client.get(ADDRESS, {"titel": "Hoe toets je flexibel?"}).status_code == 200


def test_without_scripts_a_button_shows_the_same_and_keeps_what_was_typed(answered, forums, client):
    forum = forums["vragen"]
    form = reverse("forum_conversation:topic_create", args=[forum.slug, forum.pk])

    page = client.post(form, {"title": "Hoe toets je flexibel?", "text": "", "kijk": "1"}).content.decode()

    assert "Vragen met een antwoord" in page
    assert "Toch stellen" in page
    assert 'value="Hoe toets je flexibel?"' in page
    assert "Fout:" not in page


def test_the_form_is_sent_when_search_is_away(answered, forums, client, monkeypatch):
    def away():
        raise SearchUnavailable

    monkeypatch.setattr(finding, "get_engine", away)
    forum = forums["vragen"]
    form = reverse("forum_conversation:topic_create", args=[forum.slug, forum.pk])

    assert client.get(form, {"titel": "toetsing"}).status_code == 200
    assert client.post(form, {"title": "Hoe toets je flexibel?", "text": "Vertel eens."}).status_code == 302


def test_the_form_is_drawn_when_nothing_can_be_searched_at_all(index, forums, client, monkeypatch):
    monkeypatch.setattr(asking, "find", lambda query: 1 / 0)
    forum = forums["vragen"]
    form = reverse("forum_conversation:topic_create", args=[forum.slug, forum.pk])

    assert client.post(form, {"title": "Hoe toets je flexibel?", "text": "", "kijk": "1"}).status_code == 200


def test_what_helped_is_counted_once_a_day_for_a_visitor(answered, client):
    what = f"forumonderwerp-{answered.pk}"
    for browser in ("Firefox", "Firefox", "Safari"):
        response = client.post(HELPED, {"wat": what}, headers={"User-Agent": browser})
        assert response.status_code == 303
        assert response.url.endswith(f"/hoe-toets-je-flexibel-{answered.pk}/")
        assert not response.cookies

    [row] = HelpedBefore.objects.all()
    assert (row.day, row.document_id, row.visitors) == (localdate(), what, 2)
    assert not Session.objects.exists()


def test_what_helped_yesterday_says_no_more_of_who_it_helped(answered, client):
    client.post(HELPED, {"wat": f"forumonderwerp-{answered.pk}"}, headers={"User-Agent": "Firefox"})
    HelpedBefore.objects.update(day="2026-01-01")

    statistics.forget_old()

    assert not HelpMark.objects.exists()
    assert HelpedBefore.objects.get().visitors == 1


@pytest.mark.parametrize("what", ["", "forumonderwerp-999999", "x" * 500])
def test_only_what_can_be_found_is_counted(index, client, what):
    assert client.post(HELPED, {"wat": what}).status_code == 404
    assert not HelpedBefore.objects.exists()


def test_looking_takes_as_many_queries_however_much_is_found(
    answered, committing, look, start_topic, answer, django_assert_max_num_queries
):
    with committing():
        for number in range(12):
            answer(start_topic(title=f"Toetsing {number}"))
    look("toetsing")

    with django_assert_max_num_queries(4):
        look("toetsing")
