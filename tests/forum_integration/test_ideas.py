import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from machina.apps.forum_conversation.models import Topic

from cms.models import Restriction
from forum_integration.models import Act, EarlierText, PostDetails, ReplyRole
from forum_integration.rights import ForumRights
from forum_integration.services import ideas, moderation, news, rearranging, restrictions, writing
from search.sources import TopicSource
from tests.forum_integration.factories import make_reply, make_topic, topic_address


@pytest.fixture
def idea(forums, member):
    return writing.start_topic(
        forum=forums["ideeen-en-feedback"],
        by=ForumRights(member),
        title="Een ontwerpmiddag",
        text="Elke periode een middag samen.",
        asks="Past dit bij een deeltijdgroep?",
    )


def close_address(topic):
    return reverse("forum_ideas:close", args=[topic.pk])


def page_of(browser, topic):
    return browser.get(topic_address("topic", topic)).content.decode()


def test_who_puts_an_idea_forward_says_on_what_feedback_is_asked(home, forums, member, browser_of, visitor):
    forum = forums["ideeen-en-feedback"]
    sent = {"title": "Een ontwerpmiddag", "text": "Samen", "asks": "Hoe   houd je dit vol?"}

    browser_of(member).post(reverse("forum_conversation:topic_create", args=[forum.slug, forum.pk]), sent)

    assert "Feedback gevraagd op:</strong> <bdi>Hoe houd je dit vol?</bdi>" in page_of(visitor, Topic.objects.get())


def test_an_idea_without_a_question_comes_back_with_what_was_written(home, forums, member, browser_of):
    forum = forums["ideeen-en-feedback"]
    address = reverse("forum_conversation:topic_create", args=[forum.slug, forum.pk])

    page = browser_of(member).post(address, {"title": "Een middag", "text": "Lang verhaal"}).content.decode()

    assert "Stel de vraag waarop je een reactie wilt." in page
    assert "Lang verhaal" in page
    assert not Topic.objects.exists()


def test_only_an_idea_asks_this(home, questions, conversations, visitor):
    for forum in (questions, conversations):
        page = visitor.get(reverse("forum_conversation:topic_create", args=[forum.slug, forum.pk])).content.decode()
        assert "Waarop wil je feedback?" not in page


def test_its_writer_changes_on_what_feedback_is_asked(home, idea, member, browser_of, visitor):
    form = browser_of(member).get(topic_address("topic_update", idea)).context["form"]
    assert form["asks"].value() == "Past dit bij een deeltijdgroep?"

    sent = {"title": idea.subject, "text": "Samen", "asks": "Wie doet er mee?"}
    browser_of(member).post(topic_address("topic_update", idea), sent)

    assert "Wie doet er mee?" in page_of(visitor, idea)
    assert "deeltijdgroep" not in page_of(visitor, idea)


def test_an_idea_is_found_by_what_it_asks(home, idea):
    source = TopicSource()

    assert "deeltijdgroep" in source.document(*source.load([idea.pk])).body


def test_its_writer_closes_it_with_a_summary_that_stands_on_top(home, idea, member, other_member, browser_of, visitor):
    make_reply(idea, other_member, text="Zet het in de jaartaak.")
    assert "Rond af met een samenvatting" in page_of(browser_of(member), idea)

    browser_of(member).post(close_address(idea), {"text": "We **beginnen** in maart."})

    page = page_of(visitor, idea)
    assert (
        page.index("Dit kwam eruit") < page.index("<strong>beginnen</strong>") < page.index("Zet het in de jaartaak.")
    )
    assert page.count("<strong>beginnen</strong>") == 2  # on top, and in place in the thread
    assert "Dit gesprek is gesloten" in page
    assert idea.posts.latest("pk").details.role == ReplyRole.SUMMARY
    assert not ForumRights(other_member).may_reply(Topic.objects.get())


def test_a_summary_is_looked_at_first_and_an_empty_one_comes_back(home, idea, member, browser_of):
    browser = browser_of(member)

    preview = browser.post(close_address(idea), {"text": "Dank *allen*", "preview": "1"}).content.decode()
    empty = browser.post(close_address(idea), {"text": " "})

    assert "<em>allen</em>" in preview
    assert empty.context["form"].errors
    assert not Topic.objects.get().is_locked


@pytest.mark.parametrize("case", ["somebody else's", "closed already", "no idea at all"])
def test_nobody_else_closes_it_and_only_an_idea_once(home, idea, questions, member, other_member, browser_of, case):
    topic, user = idea, member
    match case:
        case "somebody else's":
            user = other_member
        case "closed already":
            ideas.close(topic=idea, by=ForumRights(member), text="Klaar")
        case "no idea at all":
            topic = make_topic(questions, member)

    answer = browser_of(user).post(close_address(topic), {"text": "Nog eens"})

    assert answer.status_code == 403
    with pytest.raises(PermissionDenied):
        ideas.close(topic=topic, by=ForumRights(user), text="Nog eens")
    assert not topic.posts.filter(content="Nog eens").exists()
    assert "Rond af met een samenvatting" not in page_of(browser_of(user), topic)


def test_a_visitor_is_asked_to_sign_in(home, idea, visitor):
    assert visitor.get(close_address(idea)).url.startswith(reverse("account_login"))


def test_a_moderator_closes_it_on_record_and_may_open_it_again(home, idea, moderator, browser_of, visitor):
    browser = browser_of(moderator)
    browser.post(close_address(idea), {"text": "De schrijver is weg; dit kwam eruit."})
    assert Act.objects.get(kind=Act.Kind.LOCKED).by == moderator

    browser.post(reverse("forum_moderation:topic_unlock", args=[idea.slug, idea.pk]))

    assert "Dit kwam eruit" in page_of(visitor, idea)
    assert not Topic.objects.get().is_locked


def reopen_address(topic):
    return reverse("forum_ideas:reopen", args=[topic.pk])


def test_its_writer_opens_it_again_and_a_second_summary_takes_the_place_of_the_first(
    home, idea, member, other_member, browser_of, visitor
):
    first = ideas.close(topic=idea, by=ForumRights(member), text="Dit kwam er eerst uit.")
    browser = browser_of(member)
    assert "Vraag opnieuw om reacties" in page_of(browser, idea)
    assert "Vraag opnieuw om reacties" not in page_of(browser_of(other_member), idea)

    browser.post(reopen_address(idea))
    assert "Dit kwam eruit" in page_of(visitor, idea)
    make_reply(Topic.objects.get(), other_member, text="Nog iets.")
    browser.post(close_address(idea), {"text": "Dit kwam er later uit."})

    page = page_of(visitor, idea)
    assert page.count("Dit kwam er later uit.") == 2  # on top, and in place in the thread
    assert page.count("Dit kwam er eerst uit.") == 1
    assert list(idea.posts.filter(details__role=ReplyRole.SUMMARY)) == [idea.posts.latest("pk")]
    assert PostDetails.objects.get(post=first).role == ReplyRole.ANSWER
    assert not Act.objects.exists()


@pytest.mark.parametrize("case", ["a moderator summed up", "a moderator closed it", "closed anew", "silenced"])
def test_what_a_moderator_closed_its_writer_does_not_open(home, idea, member, moderator, browser_of, case):
    by_moderator = ForumRights(moderator)
    if case == "a moderator summed up":
        ideas.close(topic=idea, by=by_moderator, text="Klaar")
    elif case == "a moderator closed it":
        rearranging.set_locked(topic=idea, by=by_moderator, locked=True)
    else:
        ideas.close(topic=idea, by=ForumRights(member), text="Klaar")
    if case == "closed anew":
        for locked in (False, True):
            rearranging.set_locked(topic=idea, by=by_moderator, locked=locked)
    if case == "silenced":
        restrictions.restrict(member=member, by=by_moderator, restriction=Restriction.SILENCED, reason="Rust")

    assert browser_of(member).post(reopen_address(idea)).status_code == 403
    assert Topic.objects.get().is_locked
    assert "Vraag opnieuw om reacties" not in page_of(browser_of(member), idea)


def test_who_follows_it_is_told_of_the_summary_once(home, idea, member, other_member):
    make_reply(idea, other_member)
    news.spread()

    post = ideas.close(topic=idea, by=ForumRights(member), text="Klaar")
    news.spread()
    news.spread()

    assert other_member.notifications.filter(post=post).count() == 1


def test_a_summary_that_is_taken_away_stands_nowhere(home, idea, member, moderator, visitor):
    post = ideas.close(topic=idea, by=ForumRights(member), text="Een naam die hier niet hoort")

    moderation.delete_post(post=post, by=ForumRights(moderator), reason="privacy")

    page = page_of(visitor, idea)
    assert "Een naam" not in page
    assert "Dit kwam eruit" not in page


def test_what_a_summary_said_before_is_kept_for_moderators(home, idea, member, moderator):
    post = ideas.close(topic=idea, by=ForumRights(member), text="Eerst dit")

    writing.edit_post(post=post, by=ForumRights(moderator), text="Toen dat")

    assert EarlierText.objects.get(post=post).text == "Eerst dit"
    post.details.refresh_from_db()
    assert post.details.role == ReplyRole.SUMMARY


def test_an_ideas_page_takes_as_many_queries_as_it_had_without_a_summary(
    home, idea, member, visitor, django_assert_max_num_queries
):
    ideas.close(topic=idea, by=ForumRights(member), text="Klaar")

    with django_assert_max_num_queries(20):
        page_of(visitor, idea)
