"""The links of accepted answers are watched as well, and told of as dead where the answer is read."""

import pytest
from django.test import Client

from cms.link_radar import rounds
from cms.link_radar.replacing import replace_everywhere
from cms.link_radar.texts import replaced_in_markdown
from cms.models import CheckedLink
from forum_integration.models import EarlierText
from forum_integration.rights import ForumRights
from forum_integration.services import questions as verbs
from tests.forum_integration.factories import make_reply, make_topic, topic_address

OLD, NEW = "https://oud.example/a", "https://nieuw.example/b"


@pytest.fixture
def accepted(home, questions, member, other_member):
    """An accepted answer with a link in it, beside one that was not accepted."""
    topic = make_topic(questions, member)
    make_reply(topic, other_member, text="Zie https://terzijde.example/.")
    answer = make_reply(topic, other_member, text=f"Kijk op [deze pagina]({OLD}) of {OLD}/verder.")
    verbs.accept(post=answer, by=ForumRights(member))
    return answer


def urls():
    return set(CheckedLink.objects.values_list("url", flat=True))


def test_only_answers_that_were_accepted_are_watched(accepted):
    rounds.gather()

    assert {OLD, f"{OLD}/verder"} <= urls()
    assert "https://terzijde.example/" not in urls()


def test_an_answer_that_visitors_may_not_read_is_not(accepted, questions, close):
    close(questions)

    rounds.gather()

    assert OLD not in urls()


def test_a_dead_link_in_a_post_is_marked_for_readers(accepted):
    CheckedLink.objects.create(url=OLD, state="stuk")

    text = Client().get(topic_address("topic", accepted.topic)).content.decode()

    assert f'href="{OLD}"' in text
    assert text.count("werkt niet meer (gezien op") >= 1


def test_a_moderator_replaces_a_link_and_the_earlier_text_is_kept(accepted, moderator):
    replaced = replace(by=moderator)

    accepted.refresh_from_db()
    assert (replaced.done, replaced.left) == (1, 0)
    assert accepted.content.raw == f"Kijk op [deze pagina]({NEW}) of {OLD}/verder."
    assert EarlierText.objects.get(post=accepted).changed_by == moderator


def test_who_may_not_change_the_answer_leaves_it_as_it_is(accepted, member):
    replaced = replace(by=member)

    accepted.refresh_from_db()
    assert (replaced.done, replaced.left) == (0, 1)
    assert OLD in accepted.content.raw
    assert CheckedLink.objects.filter(url=OLD).exists()


def replace(*, by):
    rounds.gather()
    CheckedLink.objects.filter(url=OLD).update(state="verhuisd", moved_to=NEW)
    return replace_everywhere(CheckedLink.objects.get(url=OLD), by=by)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.nl", "https://b.nl"),
        ("Zie https://a.nl.", "Zie https://b.nl."),
        ("(https://a.nl)", "(https://b.nl)"),
        ('<https://a.nl>, [x](https://a.nl "titel")', '<https://b.nl>, [x](https://b.nl "titel")'),
        ("https://a.nl/verder", "https://a.nl/verder"),
        ("https://a.nl.org", "https://a.nl.org"),
        ("https://a.nl?x=1", "https://a.nl?x=1"),
        ("https://x.nl/?u=https://a.nl/c", "https://x.nl/?u=https://a.nl/c"),
    ],
)
def test_only_the_whole_address_is_replaced(text, expected):
    assert replaced_in_markdown(text, "https://a.nl", "https://b.nl") == expected
