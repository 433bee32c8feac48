"""What a member was writing is there again, until it is placed or thrown away."""

from datetime import timedelta

import pytest
from django.utils import timezone
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import Draft
from forum_integration.services import drafts
from tests.factories import SubjectFactory
from tests.forum_integration.factories import make_topic, topic_address
from tests.forum_integration.test_writing import create_address

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def topic(questions, member):
    return make_topic(questions, member)


@pytest.fixture
def form(topic):
    return topic_address("post_create", topic)


def keep(browser, address, **typed):
    return browser.post(address, {**typed, "draft": "1"})


def text_in(browser, address):
    return browser.get(address).context["form"]["text"].value() or ""


def test_an_answer_that_was_not_sent_is_there_again_for_its_writer_only(topic, form, member, other_member, browser_of):
    browser = browser_of(other_member)

    assert keep(browser, form, text="Ik denk", role="tip").status_code == 204
    assert keep(browser, form, text="Ik denk dat", role="tip").status_code == 204

    for address in (form, topic_address("topic", topic)):
        page = browser.get(address)
        assert page.context["form"]["text"].value() == "Ik denk dat"
        assert page.context["form"]["role"].value() == "tip"
        assert "heb je nog niet geplaatst" in page.content.decode()
        assert text_in(browser_of(member), address) == ""
    assert Draft.objects.count() == 1
    assert topic.posts.count() == 1


def test_a_new_topic_that_was_not_sent_is_there_again_with_its_subjects(questions, conversations, member, browser_of):
    subject, browser = SubjectFactory(), browser_of(member)

    keep(browser, create_address(questions), title="Hoe", text="Want", subjects=[subject.pk])

    page = browser.get(create_address(questions))
    assert 'value="Hoe"' in page.content.decode()
    assert [str(pk) for pk in page.context["form"]["subjects"].value()] == [str(subject.pk)]
    assert text_in(browser, create_address(questions)) == "Want"
    assert text_in(browser, create_address(conversations)) == ""


def test_a_quotation_comes_under_what_was_written(topic, form, other_member, browser_of):
    browser = browser_of(other_member)
    keep(browser, form, text="Eerst dit.")

    text = text_in(browser, f"{form}?citeer={topic.first_post_id}")

    assert text.startswith("Eerst dit.\n\n[Lotte Lid schreef](")
    assert text.endswith("> Vertel eens.\n\n")


def test_what_is_placed_is_no_draft_any_more(form, topic, questions, other_member, browser_of):
    browser = browser_of(other_member)
    keep(browser, form, text="Ik denk")
    keep(browser, create_address(questions), title="Hoe", text="Want")

    browser.post(form, {"text": "Ik denk dat wel"})
    assert Draft.objects.get().forum == questions
    browser.post(create_address(questions), {"title": "Hoe dan", "text": "Want"})

    assert not Draft.objects.exists()


def test_what_is_not_right_yet_stays_a_draft(form, other_member, browser_of):
    browser = browser_of(other_member)
    keep(browser, form, text="Ik denk")

    browser.post(form, {"text": ""})
    browser.post(form, {"text": "Ik denk", "preview": "1"})

    assert Draft.objects.exists()


def test_a_draft_is_thrown_away_on_request_and_when_it_is_emptied(form, other_member, browser_of):
    browser = browser_of(other_member)
    keep(browser, form, text="Ik denk")

    page = browser.post(form, {"text": "Ik denk", "forget_draft": "1"}, follow=True)
    assert "is weggegooid" in page.content.decode()
    assert text_in(browser, form) == ""

    keep(browser, form, text="Ik denk")
    keep(browser, form, text=" ")
    assert not Draft.objects.exists()


def test_who_may_not_write_keeps_nothing(form, questions, member, visitor, close, browser_of):
    assert keep(visitor, form, text="Ik denk").status_code == 302
    keep(visitor, create_address(questions), title="Hoe", text="Want")

    close(questions)
    assert keep(browser_of(member), form, text="Ik denk").status_code == 403

    assert not Draft.objects.exists()


def test_looking_around_shows_what_was_typed_last(questions, member, browser_of):
    browser = browser_of(member)
    keep(browser, create_address(questions), title="Hoe", text="Oud")

    page = browser.post(create_address(questions), {"title": "Hoe", "text": "Nieuw", "kijk": "1"})

    assert page.context["form"]["text"].value() == "Nieuw"


def test_what_nobody_could_send_is_not_kept(form, other_member, browser_of):
    browser = browser_of(other_member)

    assert keep(browser, form, text="a" * (drafts.LONGEST + 1)).status_code == 413
    assert keep(browser, form, text="a\x00b").status_code == 400

    assert not Draft.objects.exists()


def test_old_drafts_go_at_night(form, topic, questions, other_member, browser_of):
    browser = browser_of(other_member)
    keep(browser, form, text="Oud")
    Draft.objects.update(saved_on=timezone.now() - drafts.KEPT - timedelta(hours=1))
    keep(browser, create_address(questions), title="Nieuw", text="Nieuw")

    drafts.forget_old()

    assert Draft.objects.get().forum == questions
    assert (Topic.objects.count(), Post.objects.count()) == (1, 1)
