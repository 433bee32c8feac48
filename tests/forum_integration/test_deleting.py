"""What is deleted is gone for everybody, and can be put back by a moderator for a while."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from machina.apps.forum_conversation.models import Post, Topic

from cms import mailing
from forum_integration.models import Act, Attachment
from forum_integration.rights import ForumRights
from forum_integration.services import moderation
from forum_integration.topics import public_topics
from tests.factories import SubjectFactory
from tests.forum_integration.factories import checked_pdf, make_reply, make_topic, post_address, topic_address
from tests.forum_integration.test_visibility import SECRET, surfaces

DELETED = "/forum/moderatie/verwijderd/"


@pytest.fixture
def topic(home, questions, member, other_member):
    subjects = [SubjectFactory()]
    topic = make_topic(questions, member, title=SECRET, text=SECRET, files=[checked_pdf()], subjects=subjects)
    make_reply(topic, other_member)
    return topic


@pytest.mark.parametrize("who", ["visitor", "member", "other_member", "moderator"])
def test_a_deleted_topic_leaves_no_trace(topic, member, other_member, moderator, browser_of, who):
    file = topic.first_post.files.get()
    moderation.delete_post(post=topic.first_post, by=ForumRights(moderator))
    person = {"visitor": None, "member": member, "other_member": other_member, "moderator": moderator}[who]
    browser = browser_of(person)

    for address in surfaces(topic, member):
        assert SECRET not in browser.get(address, follow=True).content.decode(), address
    for name in ("topic", "topic_update", "post_create"):
        assert browser.get(topic_address(name, topic)).status_code == 404
    assert browser.get(post_address("post_update", topic.first_post)).status_code == 404
    assert browser.get(reverse("forum_conversation:attachment", args=[file.pk])).status_code == 404
    assert not public_topics().exists()
    topic.forum.refresh_from_db()
    assert topic.forum.direct_topics_count == 0


@pytest.mark.parametrize("who", ["other_member", "moderator"])
def test_a_deleted_answer_is_gone_for_its_author_and_in_its_topic(topic, other_member, moderator, browser_of, who):
    answer = make_reply(topic, other_member, text="Spijt van dit antwoord")
    person = {"other_member": other_member, "moderator": moderator}[who]

    browser_of(other_member).post(post_address("post_delete", answer))

    page = browser_of(person).get(topic_address("topic", topic)).content.decode()
    assert "Spijt van" not in page
    assert "1 antwoord<" in page
    profile = browser_of(person).get(reverse("forum_member:profile", args=[other_member.pk])).content.decode()
    assert "Spijt van" not in profile


def test_a_moderator_puts_a_deleted_topic_back_with_its_answers(topic, moderator, browser_of, visitor):
    browser = browser_of(moderator)
    browser.post(topic_address("topic_delete", topic), {"reason": "Dubbel."})
    assert SECRET in browser.get(DELETED).content.decode()

    browser.post(reverse("forum_moderation:restore_post", args=[topic.first_post_id]))

    page = visitor.get(topic_address("topic", topic)).content.decode()
    assert SECRET in page
    assert "1 antwoord<" in page
    assert "Er is niets verwijderd" in browser.get(DELETED).content.decode()
    assert list(Act.objects.order_by("pk").values_list("kind", flat=True)) == ["verwijderd", "teruggezet"]


def test_deleting_a_topic_says_what_goes_and_asks_first(topic, moderator, browser_of):
    page = browser_of(moderator).get(topic_address("topic_delete", topic)).content.decode()

    assert "ook niet van de antwoorden (1)" in page
    assert Topic.objects.get().approved


def test_whose_post_a_moderator_deletes_is_mailed_the_reason(topic, member, moderator, browser_of):
    browser_of(moderator).post(post_address("post_delete", topic.first_post), {"reason": "Dit is reclame."})

    mailing.deliver_waiting()
    [sent] = mail.outbox
    assert sent.to == [member.email]
    assert "Dit is reclame." in sent.body


def test_who_deletes_an_own_post_gets_no_mail_and_the_moderators_log_stays_empty(topic, other_member, browser_of):
    browser_of(other_member).post(post_address("post_delete", topic.posts.get(poster=other_member)))

    mailing.deliver_waiting()
    assert not mail.outbox
    assert not Act.objects.exists()


def test_only_moderators_see_and_put_back_what_was_deleted(topic, member, moderator, browser_of):
    moderation.delete_post(post=topic.first_post, by=ForumRights(moderator))
    address = reverse("forum_moderation:restore_post", args=[topic.first_post_id])

    for person, status in ((None, 302), (member, 403)):
        browser = browser_of(person)
        assert browser.get(DELETED).status_code == status
        assert browser.post(address).status_code == status
    assert not Topic.objects.get().approved


def test_after_thirty_days_a_deleted_post_is_gone_for_good(topic, other_member, moderator):
    answer = topic.posts.get(poster=other_member)
    moderation.delete_post(post=answer, by=ForumRights(moderator))
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        moderation.forget_deleted()
    assert Post.objects.filter(pk=answer.pk).exists()

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        moderation.forget_deleted()

    assert list(Post.objects.all()) == [topic.first_post]
    assert Act.objects.get().title == SECRET


def test_after_thirty_days_a_deleted_topic_is_gone_with_all_that_is_in_it(
    topic, moderator, django_capture_on_commit_callbacks
):
    moderation.delete_post(post=topic.first_post, by=ForumRights(moderator))

    with time_machine.travel(timezone.now() + timedelta(days=31)), django_capture_on_commit_callbacks(execute=True):
        moderation.forget_deleted()

    assert not Topic.objects.exists()
    assert not Attachment.objects.exists()
