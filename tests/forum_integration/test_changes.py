"""What a process remembers of the forum never outlives a change, and never holds what only a member may see."""

import pytest
from django.test import Client
from django.urls import reverse
from machina.apps.forum_conversation.models import Topic

from forum_integration.models import Attachment
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, rearranging, writing
from tests.factories import SubjectFactory
from tests.forum_integration.factories import checked_pdf, make_reply, make_topic, topic_address

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def topic(questions, member):
    return make_topic(questions, member, title="Wie toetst er anders?", text="Vertel het eens.")


def read(address):
    """What a visitor sees, or the status of another answer; the second time it comes from memory."""
    answers = [Client().get(address) for _ in range(2)]
    assert answers[0].content == answers[1].content
    return answers[1].content.decode() if answers[1].status_code == 200 else str(answers[1].status_code)


def places(topic):
    """Where a visitor finds the title of this topic."""
    forum = reverse("forum:forum", args=[topic.forum.slug, topic.forum.pk])
    addresses = {"thread": topic_address("topic", topic), "forum": forum, "index": "/forum/", "home": "/"}
    return {name for name, address in addresses.items() if topic.subject in read(address)}


EVERYWHERE = {"thread", "forum", "index", "home"}


def test_a_new_topic_stands_everywhere_at_once(topic, questions, member):
    assert places(topic) == EVERYWHERE

    assert places(make_topic(questions, member, title="Nog een vraag")) == EVERYWHERE


def test_a_reply_an_edit_and_a_deletion_show_at_once(topic, member, other_member):
    address = topic_address("topic", topic)
    assert "Nog geen antwoord" in read(address)

    reply = make_reply(topic, other_member, text="Zo doen wij het.")
    assert "Zo doen wij het." in read(address)
    assert "1 antwoord" in read("/forum/")

    writing.edit_post(post=reply, by=ForumRights(other_member), text="Zo deden wij het.")
    assert "Zo deden wij het." in read(address)
    assert "Zo doen wij het." not in read(address)

    moderation.delete_post(post=reply, by=ForumRights(other_member))
    assert "Nog geen antwoord" in read(address)
    assert "1 antwoord" not in read("/forum/")


def test_what_waits_is_seen_by_its_author_and_moderators_and_by_visitors_once_approved(
    topic, newcomer, moderator, browser_of
):
    address = topic_address("topic", topic)
    reply = make_reply(topic, newcomer, text="Mijn eerste antwoord.")

    for user, sees_it in ((newcomer, True), (None, False), (moderator, True), (None, False)):
        assert ("Mijn eerste antwoord." in browser_of(user).get(address).content.decode()) is sees_it, user

    moderation.approve(post=reply, by=ForumRights(moderator))
    assert "Mijn eerste antwoord." in read(address)


def test_a_refused_post_stays_away(topic, newcomer, moderator):
    reply = make_reply(topic, newcomer, text="Koop nu!")
    read(topic_address("topic", topic))

    moderation.refuse(post=reply, by=ForumRights(moderator), reason="Reclame")

    assert "Koop nu!" not in read(topic_address("topic", topic))


def test_locking_pinning_and_moving_show_at_once(topic, moderator, conversations):
    by = ForumRights(moderator)
    assert "gesloten" not in read("/forum/")

    rearranging.set_locked(topic=topic, by=by, locked=True)
    assert "Dit gesprek is gesloten" in read(topic_address("topic", topic))
    assert "gesloten" in read("/forum/")

    rearranging.set_sticky(topic=topic, by=by, sticky=True)
    assert "vastgezet" in read(topic_address("topic", topic))

    before = topic_address("topic", topic)
    rearranging.move(topic=topic, by=by, to=conversations)
    topic.refresh_from_db()
    assert read(before) == "301"
    assert places(topic) == EVERYWHERE


def test_a_deleted_topic_is_gone_everywhere(topic, moderator):
    assert places(topic) == EVERYWHERE

    moderation.delete_post(post=topic.first_post, by=ForumRights(moderator))

    assert places(topic) == set()


def test_a_forum_that_is_closed_and_opened_is_so_at_once(topic, close, set_right):
    assert places(topic) == EVERYWHERE

    close(topic.forum)
    assert places(topic) == set()

    set_right("can_read_forum", topic.forum, granted=True, visitors=True)
    assert places(topic) == EVERYWHERE


def test_labels_names_and_files_show_at_once(topic, member):
    address = topic_address("topic", topic)
    read(address)

    topic.details.subjects.add(SubjectFactory(name="Blended leren"))
    assert "Blended leren" in read(address)
    assert "Blended leren" in read(reverse("forum:forum", args=[topic.forum.slug, topic.forum.pk]))

    member.display_name = "Lotte van Lid"
    member.save()
    assert "Lotte van Lid" in read(address)

    writing.attach(topic.first_post, ForumRights(member), [checked_pdf("verslag.pdf")])
    assert "verslag.pdf" in read(address)

    Attachment.objects.get().delete()
    assert "verslag.pdf" not in read(address)


def test_numbers_that_are_made_up_are_not_remembered(topic):
    for number in ("999999", "1" * 30):
        assert read(topic_address("topic", topic).replace(f"-{topic.pk}/", f"-{number}/")) == "404"


def test_a_topic_without_an_approved_post_is_not_found(topic):
    topic.first_post.approved = False
    topic.first_post.save()
    Topic.objects.filter(pk=topic.pk).update(approved=True)

    assert read(topic_address("topic", topic)) == "404"
