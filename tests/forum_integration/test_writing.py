from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration import markup
from forum_integration.models import TopicKind
from forum_integration.quoting import attribution, quotation
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, rearranging, writing
from forum_integration.setup import establish
from tests.factories import SectorFactory, SubjectFactory
from tests.forum_integration.factories import make_reply, make_topic, post_address, topic_address


def create_address(forum):
    return reverse("forum_conversation:topic_create", args=[forum.slug, forum.pk])


def test_a_member_asks_a_question(home, questions, member, browser_of):
    subject, sector = SubjectFactory(), SectorFactory()
    sent = {"title": "Hoe  doe je dat?", "text": "**Vertel**", "subjects": [subject.pk], "sectors": [sector.pk]}

    response = browser_of(member).post(create_address(questions), sent)

    topic = Topic.objects.get()
    assert response.url.startswith(topic_address("topic", topic))
    assert (topic.subject, topic.slug, topic.poster, topic.approved) == (
        "Hoe doe je dat?",
        "hoe-doe-je-dat",
        member,
        True,
    )
    assert topic.details.kind == TopicKind.QUESTION
    assert (topic.details.subjects.get(), topic.details.sectors.get()) == (subject, sector)
    assert topic.first_post.content.rendered == "<p><strong>Vertel</strong></p>"


@pytest.mark.parametrize(
    ("key", "kind"), [("vragen", "vraag"), ("gesprekken", "gesprek"), ("ideeen-en-feedback", "idee")]
)
def test_the_forum_says_what_a_topic_is(forums, member, key, kind):
    assert make_topic(forums[key], member).details.kind == kind


def test_only_staff_starts_an_announcement_and_every_member_answers_it(home, forums, member, moderator, browser_of):
    announcements = forums["aankondigingen"]

    assert browser_of(member).get(create_address(announcements)).status_code == 403
    topic = make_topic(announcements, moderator)
    browser_of(member).post(topic_address("post_create", topic), {"text": "Mooi"})

    assert topic.posts.count() == 2


@pytest.mark.parametrize("name", ["post_create", "post_update", "post_delete", "topic_update"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_asked_to_sign_in_and_comes_back(home, questions, member, visitor, name, method):
    topic = make_topic(questions, member)
    answer = make_reply(topic, member)
    address = {
        "post_create": topic_address("post_create", topic),
        "topic_update": topic_address("topic_update", topic),
    }.get(name) or post_address(name, answer)

    response = getattr(visitor, method)(address, {"text": "Van buiten", "title": "Van buiten"})

    assert response.status_code == 302
    assert response.url.startswith(f"{reverse('account_login')}?next=/forum/")
    assert not Post.objects.filter(content="Van buiten").exists()


def test_a_newcomer_waits_and_is_told_so(home, questions, newcomer, browser_of):
    sent = {"title": "Mijn eerste vraag", "text": "Hallo"}

    page = browser_of(newcomer).post(create_address(questions), sent, follow=True).content.decode()

    assert not Topic.objects.get().approved
    assert "Een moderator leest je bericht eerst" in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "\u200b\u2060 \u00ad"),
        ("title", "?!"),
        ("title", "a" * 151),
        ("text", ""),
        ("text", "a" * (markup.LONGEST_TEXT + 1)),
        ("subjects", ["999999"]),
        ("poll_question", "a" * 400),
        ("poll_max_options", "-1"),
        ("poll_days", "9" * 30),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(home, questions, member, browser_of, field, value):
    sent = {"title": "Een goede titel", "text": "Een goede tekst", field: value}

    response = browser_of(member).post(create_address(questions), sent)

    page = response.content.decode()
    assert response.status_code == 200
    assert "<title>Fout: " in page
    assert "Dit klopt nog niet" in page
    assert all(kept in page for kept in ("Een goede titel", "Een goede tekst") if kept in sent.values())
    assert not Topic.objects.exists()


def test_characters_that_steer_are_left_out(questions, member, home, browser_of):
    sent = {"title": "Een \u202egekeerde\u202c titel\x0b", "text": "Regel 1\r\nRegel 2\x07\u202e"}

    browser_of(member).post(create_address(questions), sent)

    post = Topic.objects.get().first_post
    assert (post.subject, post.content.raw) == ("Een gekeerde titel", "Regel 1\nRegel 2")


def test_no_more_subjects_than_five(home, questions, member, browser_of):
    sent = {"title": "Titel", "text": "Tekst", "subjects": [SubjectFactory().pk for _ in range(6)]}

    assert "Kies hoogstens 5 onderwerpen" in browser_of(member).post(create_address(questions), sent).content.decode()


def test_a_preview_shows_the_text_and_keeps_nothing(home, questions, member, browser_of):
    sent = {"title": "Titel", "text": "**vet**", "preview": "1"}

    page = browser_of(member).post(create_address(questions), sent).content.decode()

    assert "<strong>vet</strong>" in page
    assert "**vet**" in page
    assert not Topic.objects.exists()


def test_an_answer_can_quote_a_post(home, questions, member, other_member, browser_of):
    topic = make_topic(questions, member, text="Eerste regel\nTweede regel")

    page = browser_of(other_member).get(topic_address("post_create", topic), {"citeer": topic.first_post_id})

    said = f"[Lotte Lid schreef](/forum/bericht/{topic.first_post_id}/):\n\n&gt; Eerste regel\n&gt; Tweede regel"
    assert said in page.content.decode()


def test_a_name_that_looks_like_markdown_stays_a_name_in_a_quotation():
    line = attribution(7, "[Jan](https://elders.example) *de* Boer_")

    assert markup.plain(markup.render(line)) == "[Jan](https://elders.example) *de* Boer_ schreef:"
    assert markup.render(line).count("<a ") == 1


def test_quoting_costs_a_newcomer_no_links(questions, member, newcomer):
    topic = make_topic(questions, member)
    quoted = "\n\n".join([quotation(topic.first_post, "Lotte Lid")] * 3)

    assert markup.number_of_links(quoted) == 0
    assert markup.number_of_links("[hier](//elders.example/forum/)") == 1
    make_reply(topic, newcomer, text=quoted)


def quiet(topic, days):
    Topic.objects.filter(pk=topic.pk).update(last_post_on=timezone.now() - timedelta(days=days))


@pytest.mark.parametrize(("days", "warned"), [(179, False), (181, True)])
def test_who_wakes_a_topic_that_rests_is_told_and_can_ask_anew(
    home, questions, member, other_member, browser_of, days, warned
):
    topic = make_topic(questions, member)
    quiet(topic, days)
    browser = browser_of(other_member)

    for name in ("topic", "post_create"):
        page = browser.get(topic_address(name, topic)).content.decode()

        assert ("Hier schreef niemand meer sinds" in page) is warned
        assert (f'<a href="{create_address(questions)}">Stel een nieuwe vraag</a>' in page) is warned
    assert browser.post(topic_address("post_create", topic), {"text": "Toch nog iets"}).status_code == 302


def test_an_answer_is_called_as_its_topic(questions, member):
    answer = make_reply(make_topic(questions, member, title="Hoe dan?"), member)

    assert answer.subject == "Hoe dan?"


def test_a_waiting_post_cannot_be_quoted(home, questions, member, newcomer, other_member, browser_of):
    topic = make_topic(questions, member)
    waiting = make_reply(topic, newcomer, text="Nog niet gelezen")

    response = browser_of(other_member).get(topic_address("post_create", topic), {"citeer": waiting.pk})

    assert response.status_code == 404


def test_extra_fields_count_for_nothing(home, questions, newcomer, other_member, browser_of):
    extra = {
        "approved": "1",
        "poster": other_member.pk,
        "user": other_member.pk,
        "topic_type": Topic.TOPIC_ANNOUNCE,
        "lock_topic": "1",
        "status": Topic.TOPIC_LOCKED,
        "username": "iemand anders",
        "kind": "peiling",
    }

    browser_of(newcomer).post(create_address(questions), {"title": "Titel", "text": "Tekst", **extra})

    topic = Topic.objects.get()
    assert (topic.poster, topic.approved, topic.type, topic.status) == (newcomer, False, 0, 0)
    assert topic.details.kind == TopicKind.QUESTION


def test_a_forum_that_the_topic_does_not_stand_in_decides_nothing(
    home, questions, conversations, member, newcomer, set_right, browser_of
):
    """A reply to a moderated forum through the address of an open one was approved at once."""
    topic = make_topic(questions, member)
    set_right("can_post_without_approval", conversations, granted=True)

    response = browser_of(newcomer).post(topic_address("post_create", topic, forum=conversations), {"text": "Reclame"})

    assert response.status_code == 404
    assert topic.posts.count() == 1


@pytest.mark.parametrize("name", ["topic_update", "post_create"])
def test_every_address_with_a_wrong_forum_is_not_found(home, questions, conversations, member, browser_of, name):
    topic = make_topic(questions, member)

    for method in ("get", "post"):
        response = getattr(browser_of(member), method)(topic_address(name, topic, forum=conversations))

        assert response.status_code == 404


def test_members_change_and_delete_only_what_is_their_own(home, questions, member, other_member, browser_of):
    topic = make_topic(questions, member)
    answer = make_reply(topic, member)
    browser = browser_of(other_member)

    for address in (
        topic_address("topic_update", topic),
        post_address("post_update", answer),
        post_address("post_delete", answer),
    ):
        assert browser.get(address).status_code == 403
        assert browser.post(address, {"title": "Gekaapt", "text": "Gekaapt"}).status_code == 403
    assert not Post.objects.filter(content="Gekaapt").exists()
    assert topic.posts.count() == 2


def test_an_edit_is_shown_as_such_and_keeps_the_address(home, questions, member, browser_of):
    topic = make_topic(questions, member, title="Eerst zo")
    browser = browser_of(member)

    page = browser.post(topic_address("topic_update", topic), {"title": "Nu zo", "text": "Anders"}, follow=True)

    assert "Nu zo" in page.content.decode()
    assert "bewerkt op" in page.content.decode()
    assert Topic.objects.get().slug == "eerst-zo"


def test_labels_are_changed_with_the_topic(home, questions, member, browser_of):
    topic = make_topic(questions, member, subjects=[SubjectFactory()])
    subject = SubjectFactory()

    browser_of(member).post(
        topic_address("topic_update", topic), {"title": "T1", "text": "Tekst", "subjects": [subject.pk]}
    )

    assert list(topic.details.subjects.all()) == [subject]


def test_what_a_newcomer_changes_after_approval_waits_again(home, questions, newcomer, moderator, browser_of):
    topic = make_topic(questions, newcomer)
    Post.objects.filter(topic=topic).update(approved=True)
    Topic.objects.filter(pk=topic.pk).update(approved=True)

    browser_of(newcomer).post(topic_address("topic_update", topic), {"title": "Koop nu", "text": "Reclame"})

    topic.refresh_from_db()
    assert not topic.approved
    assert not topic.first_post.approved


def test_a_refused_post_that_is_changed_waits_again(home, questions, newcomer, moderator, browser_of):
    topic = make_topic(questions, newcomer)
    moderation.refuse(post=topic.first_post, by=ForumRights(moderator), reason="Te kort.")

    browser_of(newcomer).post(topic_address("topic_update", topic), {"title": "Langer", "text": "Nu met uitleg"})

    assert moderation.posts_to_decide(ForumRights(moderator)).count() == 1


def test_the_opening_post_stays_as_long_as_others_answered(
    home, questions, member, other_member, moderator, browser_of
):
    topic = make_topic(questions, member)
    make_reply(topic, other_member)
    address = post_address("post_delete", topic.first_post)

    assert browser_of(member).post(address).status_code == 403
    assert browser_of(moderator).post(address).status_code == 302
    assert not Topic.objects.get().approved


def test_deleting_asks_first(home, questions, member, browser_of):
    topic = make_topic(questions, member)
    browser = browser_of(member)

    assert "dertig dagen lang" in browser.get(post_address("post_delete", topic.first_post)).content.decode()
    assert Topic.objects.get().approved

    browser.post(post_address("post_delete", topic.first_post))
    assert not Topic.objects.get().approved


def test_a_deleted_answer_leaves_right_counts(home, questions, member, browser_of):
    topic = make_topic(questions, member)
    answer = make_reply(topic, member)

    browser_of(member).post(post_address("post_delete", answer))

    topic.refresh_from_db()
    topic.forum.refresh_from_db()
    assert (topic.posts_count, topic.last_post, topic.forum.direct_posts_count) == (1, topic.first_post, 1)


@pytest.fixture
def locked(questions, member, moderator):
    topic = make_topic(questions, member)
    make_reply(topic, member)
    rearranging.set_locked(topic=topic, by=ForumRights(moderator), locked=True)
    topic.refresh_from_db()
    return topic


def test_a_closed_topic_is_read_only_for_members(home, locked, member, moderator, browser_of):
    browser, answer = browser_of(member), locked.last_post

    assert "Dit gesprek is gesloten" in browser.get(topic_address("topic", locked)).content.decode()
    assert browser.post(topic_address("post_create", locked), {"text": "Toch"}).status_code == 403
    assert browser.post(topic_address("topic_update", locked), {"title": "T1", "text": "Toch"}).status_code == 403
    assert browser.post(post_address("post_update", answer), {"text": "Toch"}).status_code == 403
    assert browser.post(post_address("post_delete", answer)).status_code == 403
    assert browser_of(moderator).post(topic_address("post_create", locked), {"text": "Slotwoord"}).status_code == 302


def test_an_answer_does_not_undo_a_lock(questions, member, moderator):
    """The form was opened before the lock; machina wrote back the whole topic as it was then."""
    opened = make_topic(questions, member)
    rearranging.set_locked(topic=Topic.objects.get(), by=ForumRights(moderator), locked=True)

    with pytest.raises(PermissionDenied):
        writing.reply(topic=opened, by=ForumRights(member), text="Net te laat")
    writing.reply(topic=opened, by=ForumRights(moderator), text="Slotwoord")

    assert Topic.objects.get().is_locked


def test_a_topic_that_moved_to_a_closed_forum_meanwhile_takes_no_answer(forums, questions, member, moderator, close):
    opened = make_topic(questions, member)
    rearranging.move(topic=opened, by=ForumRights(moderator), to=forums["gesprekken"])
    close(forums["gesprekken"])

    with pytest.raises(PermissionDenied):
        writing.reply(topic=opened, by=ForumRights(member), text="Net te laat")


@pytest.mark.parametrize("name", ["topic_create", "post_create", "post_delete", "topic_lock"])
def test_no_form_is_taken_without_its_token(home, questions, moderator, name):
    from django.test import Client

    topic = make_topic(questions, moderator)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(moderator)
    address = {
        "topic_create": create_address(questions),
        "post_delete": post_address("post_delete", topic.first_post),
    }.get(name) or topic_address(name, topic)

    assert browser.post(address, {"title": "Vals", "text": "Vals"}).status_code == 403
    assert Topic.objects.count() == 1
    assert topic.posts.count() == 1
    topic.refresh_from_db()
    assert not topic.is_locked


def test_an_established_member_does_not_wait(questions, newcomer):
    establish(newcomer)
    establish(newcomer)

    assert make_topic(questions, newcomer).approved
