"""Members are told on the site what is new in what they follow, and where somebody names them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from forum_integration.models import Handle, MailPreferences, News, Notification, PostDetails, Withheld
from forum_integration.rights import ForumRights
from forum_integration.services import letters, moderation, news, questions, writing
from forum_integration.services.following import set_following
from tests.factories import NetworkPageFactory, SubjectFactory, UserFactory
from tests.forum_integration.factories import make_reply, make_topic, topic_address

PAGE = "/forum/meldingen/"


def told(member):
    """What a member was told: (kind, channel) in the order of the posts."""
    rows = Notification.objects.filter(member=member).order_by("post", "pk")
    return [(str(kind), str(channel)) for kind, channel in rows.values_list("kind", "channel")]


@pytest.fixture
def subject(db):
    return SubjectFactory(name="Toetsing")


@pytest.fixture
def topic(home, conversations, member):
    return make_topic(conversations, member, title="Hoe toets je?")


def test_who_follows_a_topic_is_told_of_a_reply_and_its_writer_is_not(topic, member, other_member, browser_of):
    make_reply(topic, other_member, text="Met een **portfolio**.")
    news.spread()

    assert told(member) == [("bericht", "gesprek")]
    assert told(other_member) == []
    page = browser_of(member).get(PAGE).content.decode()
    assert "Hoe toets je?" in page
    assert "Anton Ander" in page
    assert "Met een portfolio." in page
    assert "Er zijn geen meldingen" in browser_of(other_member).get(PAGE).content.decode()


@pytest.mark.parametrize("thing", ["subject", "forum"])
def test_who_follows_a_subject_or_forum_is_told_of_new_topics_only(
    home, conversations, member, other_member, subject, thing
):
    set_following(member, subject if thing == "subject" else conversations, follows=True)

    make_reply(make_topic(conversations, other_member, subjects=[subject]), other_member)
    news.spread()

    assert told(member) == [("bericht", "onderwerp")]


def test_followers_of_a_question_and_its_subject_are_told_that_it_is_solved(
    home, forums, member, other_member, newcomer, subject
):
    set_following(newcomer, subject, follows=True)
    question = make_topic(forums["vragen"], member, subjects=[subject])
    answer = make_reply(question, other_member)
    for _ in range(2):
        questions.accept(post=answer, by=ForumRights(member))
        news.spread()

    assert ("geaccepteerd", "gesprek") in told(other_member)
    assert told(newcomer) == [("bericht", "onderwerp"), ("geaccepteerd", "onderwerp")]
    assert ("geaccepteerd", "gesprek") not in told(member)


def test_who_follows_an_entry_is_told_once_that_it_changed_until_that_was_seen(home, forums, member, browser_of):
    entry = NetworkPageFactory(title="Netwerk toetsen")
    set_following(member, entry, follows=True)

    for blurb in ("Eerst dit.", "Dan dat."):
        entry.blurb = blurb
        entry.save_revision().publish()
        news.spread()

    assert told(member) == [("vermelding", "vermelding")]
    assert "Netwerk toetsen" in browser_of(member).get(PAGE).content.decode()


def test_a_waiting_post_is_news_once_it_is_approved_and_then_once(topic, member, newcomer, moderator):
    post = make_reply(topic, newcomer)
    news.spread()
    assert told(member) == []

    moderation.approve(post=post, by=ForumRights(moderator))
    news.spread()
    moderation.withhold(post, "verborgen")
    moderation.restore(post=post, by=ForumRights(moderator))
    news.spread()

    assert told(member) == [("bericht", "gesprek")]


def test_a_post_hidden_before_it_was_told_is_told_when_it_is_back(topic, member, other_member, moderator):
    post = make_reply(topic, other_member)
    moderation.withhold(post, "verborgen")
    news.spread()
    assert told(member) == []

    moderation.restore(post=post, by=ForumRights(moderator))
    news.spread()

    assert told(member) == [("bericht", "gesprek")]


def test_what_a_member_may_no_longer_read_is_not_shown_and_not_counted(
    topic, conversations, member, other_member, close, browser_of
):
    make_reply(topic, other_member)
    news.spread()
    assert "ongelezen</span>" in browser_of(member).get("/mijn/").content.decode()

    close(conversations)

    assert "Hoe toets je?" not in browser_of(member).get(PAGE).content.decode()
    assert "ongelezen</span>" not in browser_of(member).get("/mijn/").content.decode()


def test_notifications_are_read_by_opening_the_topic_or_by_a_button_of_ones_own(
    topic, member, other_member, browser_of
):
    browser = browser_of(member)
    make_reply(topic, other_member)
    make_reply(make_topic(topic.forum, member, title="Nog iets"), other_member)
    news.spread()
    browser.get(PAGE)
    _, second = Notification.objects.filter(member=member, read_on=None).order_by("pk")

    browser_of(other_member).post(reverse("forum_member:notification_read", args=[second.pk]))
    browser_of(other_member).post(reverse("forum_member:notifications_read"))
    assert browser.get(reverse("forum_member:notifications_read")).status_code == 405
    assert Notification.objects.filter(member=member, read_on=None).count() == 2

    browser.get(topic_address("topic", topic))
    assert list(Notification.objects.filter(member=member, read_on=None)) == [second]
    browser.post(reverse("forum_member:notification_read", args=[second.pk]))
    assert not Notification.objects.filter(member=member, read_on=None).exists()


def test_the_count_in_the_menu_costs_a_visitor_nothing_and_a_member_who_read_all_one_query(
    topic, member, visitor, browser_of
):
    visitor.get("/netwerken/")
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/netwerken/")
    assert not [query for query in queries if "notification" in query["sql"]]

    browser = browser_of(member)
    with CaptureQueriesContext(connection) as queries:
        browser.get("/netwerken/")
    assert len([query for query in queries if "notification" in query["sql"]]) == 1
    assert not [query for query in queries if "forumpermission" in query["sql"]]


def test_the_page_asks_the_database_no_more_when_there_is_more_to_tell(topic, member, other_member, browser_of):
    browser = browser_of(member)
    numbers = []
    for _ in range(2):
        for _ in range(5):
            make_reply(topic, other_member)
        news.spread()
        with CaptureQueriesContext(connection) as queries:
            browser.get(PAGE)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1] <= 20


def test_news_goes_to_many_followers_in_batches_each_once(topic, member, other_member, monkeypatch):
    monkeypatch.setattr(news, "BATCH", 3)
    followers = [UserFactory() for _ in range(8)]
    for follower in followers:
        set_following(follower, topic, follows=True)
    make_reply(topic, other_member)

    news.spread()

    assert all(told(follower) == [("bericht", "gesprek")] for follower in followers)
    assert not News.objects.exists()


def test_spreading_that_dies_at_any_batch_is_finished_later_and_tells_nobody_twice(
    topic, member, other_member, monkeypatch
):
    monkeypatch.setattr(news, "BATCH", 2)
    followers = [UserFactory() for _ in range(5)]
    for follower in followers:
        set_following(follower, topic, follows=True)
    make_reply(topic, other_member)
    save = News.save

    def die(self, *args, **kwargs):
        save(self, *args, **kwargs)
        raise KeyboardInterrupt

    for _ in range(3):
        with monkeypatch.context() as patched:
            patched.setattr(News, "save", die)
            with pytest.raises(KeyboardInterrupt):
                news.spread()
    news.spread()

    assert Notification.objects.filter(member__in=[member, *followers]).count() == 6


def test_a_name_with_spaces_has_a_handle_that_is_nobody_elses(forums):
    one, two = UserFactory(display_name="Jan-Willem de Vríes"), UserFactory(display_name="Jan Willem de Vries")

    assert Handle.objects.get(member=one).name == "jan-willem-de-vries"
    assert Handle.objects.get(member=two).name == "jan-willem-de-vries-2"
    two.display_name = "Wim de Vries"
    two.save()
    assert Handle.objects.get(member=two).name == "wim-de-vries"


@pytest.mark.parametrize(
    ("text", "is_called"),
    [
        ("Wat denk jij, @anton-ander?", True),
        ("(@Anton-Ander) weet het", True),
        ("@anton-ander-2 of @anton", False),
        ("mail naar jan@anton-ander.nl", False),
        ("> @anton-ander zei iets", False),
        ("`@anton-ander`", False),
        ("```\n@anton-ander\n```", False),
        ("Anton Ander", False),
    ],
)
def test_who_is_named_by_handle_is_told(topic, member, other_member, text, is_called):
    make_reply(topic, member, text=text)
    news.spread()

    assert told(other_member) == ([("bericht", "genoemd")] if is_called else [])


def test_among_those_who_write_in_a_topic_the_name_itself_will_do_when_one_person_has_it(
    topic, conversations, member, other_member
):
    make_reply(topic, other_member)
    make_reply(topic, member, text="Wat denk jij, @Anton Ander?")
    make_reply(make_topic(conversations, member), member, text="Wat denk jij, @Anton Ander?")
    news.spread()

    assert told(other_member) == [("bericht", "genoemd")]


def test_nobody_is_named_into_a_forum_that_is_closed_to_them(home, conversations, moderator, other_member, close):
    make_reply(make_topic(conversations, moderator), moderator, text="Dit gaat over @anton-ander.")
    close(conversations)
    news.spread()

    assert told(other_member) == []


def test_the_form_shows_how_to_name_who_writes_in_the_topic(topic, member, other_member, visitor, browser_of):
    make_reply(topic, other_member)

    assert "Noem iemand met @anton-ander." in browser_of(member).get(topic_address("topic", topic)).content.decode()
    assert "@anton-ander" not in visitor.get(topic_address("topic", topic)).content.decode()


def test_a_preference_is_kept_with_the_notification(topic, member, other_member):
    MailPreferences.objects.create(member=member, topic="niet")
    make_reply(topic, other_member)
    news.spread()

    assert Notification.objects.get(member=member).letter == ""


def test_who_is_named_by_a_change_is_told_once(topic, member, other_member, moderator):
    post = make_reply(topic, moderator, text="Dit weet vast iemand.")
    news.spread()
    handle = Handle.objects.get(member=other_member).name

    for words in (f"Dit weet @{handle} vast.", f"Dit weet @{handle} vast wel."):
        writing.edit_post(post=post, by=ForumRights(moderator), text=words)
    news.spread()

    assert told(other_member) == [("bericht", "genoemd")]


def test_who_follows_and_is_named_by_a_change_hears_that_as_well_and_once(topic, member, other_member):
    """``member`` started the topic, and follows it."""
    MailPreferences.objects.create(member=member, topic="niet", mention="direct")
    post = make_reply(topic, other_member, text="Dit weet vast iemand.")
    news.spread()
    Notification.objects.filter(member=member).update(read_on=timezone.now())
    handle = Handle.objects.get(member=member).name

    writing.edit_post(post=post, by=ForumRights(other_member), text=f"Dit weet @{handle} vast.")

    named = Notification.objects.get(member=member)
    assert (named.channel, named.read_on, named.letter) == ("genoemd", None, "direct")
    letters.write_direct()
    writing.edit_post(post=post, by=ForumRights(other_member), text=f"Dit weet @{handle} vast wel.")
    news.spread()
    assert Notification.objects.get(member=member).letter == ""


def test_who_is_named_in_a_post_that_waits_again_is_told_when_it_stands_there(topic, newcomer, other_member, moderator):
    post = make_reply(topic, newcomer, text="Dit weet vast iemand.")
    moderation.approve(post=post, by=ForumRights(moderator))
    news.spread()
    moderation.withhold(post, Withheld.State.HIDDEN)

    handle = Handle.objects.get(member=other_member).name
    writing.edit_post(post=post, by=ForumRights(newcomer), text=f"Dit weet @{handle} vast.")
    assert told(other_member) == []
    moderation.restore(post=post, by=ForumRights(moderator))

    assert told(other_member) == [("bericht", "genoemd")]


def test_a_change_of_an_old_post_tells_nobody_again(topic, other_member, moderator):
    handle = Handle.objects.get(member=other_member).name
    post = make_reply(topic, moderator, text=f"Dit weet @{handle} vast.")
    news.spread()
    long_ago = timezone.now() - news.KEPT - timedelta(days=1)
    PostDetails.objects.filter(post=post).update(announced_on=long_ago)
    Notification.objects.all().update(made_on=long_ago)
    news.forget_old_notifications()

    writing.edit_post(post=post, by=ForumRights(moderator), text=f"Dit weet @{handle} heel zeker.")

    assert told(other_member) == []
