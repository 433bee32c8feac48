"""Members report a post; three reports hide it until a moderator has looked."""

import pytest
from django.core import mail
from django.urls import reverse

from cms import mailing
from forum_integration.models import Act, Report
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, reports
from forum_integration.topics import public_topics
from tests.factories import UserFactory
from tests.forum_integration.factories import make_reply, make_topic, post_address, topic_address
from tests.forum_integration.test_visibility import SECRET, surfaces

QUEUE = "/forum/moderatie/wachtrij/"


@pytest.fixture
def topic(home, questions, member):
    return make_topic(questions, member, title=SECRET, text=SECRET)


@pytest.fixture
def answer(home, questions, member, other_member):
    return make_reply(make_topic(questions, other_member), member, text=SECRET)


def send_report(browser, post, **fields):
    return browser.post(post_address("post_report", post), {"kind": "reclame", "note": "", **fields}, follow=True)


def hide(post, browser_of, *, names=("Melder Een", "Melder Twee", "Melder Drie")):
    for name in names:
        send_report(browser_of(UserFactory(display_name=name)), post)


def mails():
    mailing.deliver_waiting()
    sent = [(message.to, message.subject) for message in mail.outbox]
    mail.outbox.clear()
    return sent


def test_a_member_reports_a_post_with_a_reason_that_the_moderators_read(answer, other_member, moderator, browser_of):
    link = post_address("post_report", answer)
    browser = browser_of(other_member)
    assert link in browser.get(topic_address("topic", answer.topic)).content.decode()
    assert SECRET in browser.get(link).content.decode()

    page = send_report(browser, answer, kind="privacy", note="Er staat een <b>student</b> in.").content.decode()

    assert "Dank je. Een moderator kijkt ernaar" in page
    queue = browser_of(moderator).get(QUEUE).content.decode()
    assert "noemt iemand" in queue
    assert "Er staat een &lt;b&gt;student&lt;/b&gt; in." in queue
    assert "Anton Ander" in queue
    assert not mails()


@pytest.mark.parametrize("fields", [{"kind": ""}, {"kind": "verzonnen"}, {"kind": "anders"}])
def test_a_report_says_what_is_wrong(answer, other_member, browser_of, fields):
    page = send_report(browser_of(other_member), answer, **fields)

    assert "Dit klopt nog niet" in page.content.decode()
    assert not Report.objects.exists()


def test_nobody_reports_an_own_post_or_the_same_post_twice(answer, member, other_member, browser_of):
    assert browser_of(member).post(post_address("post_report", answer), {"kind": "reclame"}).status_code == 403

    send_report(browser_of(other_member), answer)
    again = send_report(browser_of(other_member), answer)

    assert "al gemeld" in again.content.decode()
    assert Report.objects.count() == 1


def test_a_visitor_signs_in_before_reporting(answer, visitor):
    address = post_address("post_report", answer)

    assert visitor.get(address).url.startswith("/account/inloggen/?next=")
    assert visitor.post(address, {"kind": "reclame"}).status_code == 302
    assert not Report.objects.exists()


def test_what_somebody_may_not_read_cannot_be_reported(home, questions, newcomer, other_member, browser_of):
    waiting = make_topic(questions, newcomer).first_post

    assert browser_of(other_member).get(post_address("post_report", waiting)).status_code == 404
    assert browser_of(newcomer).post(post_address("post_report", waiting), {"kind": "reclame"}).status_code == 403


def test_two_reports_do_not_hide_a_post(answer, browser_of, visitor):
    hide(answer, browser_of, names=("Melder Een", "Melder Twee"))

    assert SECRET in visitor.get(topic_address("topic", answer.topic)).content.decode()


@pytest.mark.parametrize("who", ["visitor", "other_member"])
def test_three_reports_hide_a_topic_without_a_trace(topic, member, other_member, browser_of, who):
    hide(topic.first_post, browser_of)
    browser = browser_of(other_member if who == "other_member" else None)

    for address in surfaces(topic, member):
        assert SECRET not in browser.get(address, follow=True).content.decode(), address
    assert browser.get(topic_address("topic", topic)).status_code == 404
    assert not public_topics().exists()


def test_who_reports_a_topic_as_the_third_is_thanked_and_not_lost(topic, browser_of):
    hide(topic.first_post, browser_of, names=("Melder Een", "Melder Twee"))

    answer = send_report(browser_of(UserFactory()), topic.first_post)

    assert answer.status_code == 200
    assert "Dank je. Een moderator kijkt ernaar" in answer.content.decode()
    assert SECRET not in answer.content.decode()


def test_the_author_is_told_that_a_post_is_hidden_and_never_by_whom(answer, member, browser_of):
    hide(answer, browser_of)

    mailing.deliver_waiting()
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == ([member.email], "Je bericht is even niet te lezen")
    page = browser_of(member).get(topic_address("topic", answer.topic)).content.decode()
    assert "Dit bericht is gemeld" in page
    assert SECRET in page
    for name in ("Melder Een", "Melder Twee", "Melder Drie"):
        assert name not in sent.body
        assert name not in page


def test_a_hidden_post_that_its_author_changes_stays_hidden(answer, member, browser_of, visitor):
    hide(answer, browser_of)

    browser_of(member).post(post_address("post_update", answer), {"text": "Nu netjes"})

    assert "Nu netjes" not in visitor.get(topic_address("topic", answer.topic)).content.decode()


def test_a_moderator_puts_a_hidden_post_back_and_its_reports_are_closed(answer, member, moderator, browser_of, visitor):
    hide(answer, browser_of)
    mails()
    browser = browser_of(moderator)
    assert "Zet dit bericht terug" in browser.get(QUEUE).content.decode()

    browser.post(reverse("forum_moderation:restore_post", args=[answer.pk]))

    assert SECRET in visitor.get(topic_address("topic", answer.topic)).content.decode()
    assert "Niets wacht op je" in browser.get(QUEUE).content.decode()
    assert not Report.objects.filter(closed_on=None).exists()
    assert mails() == [([member.email], "Je bericht staat weer op het forum")]
    hide(answer, browser_of, names=("Melder Vier", "Melder Vijf"))
    assert SECRET in visitor.get(topic_address("topic", answer.topic)).content.decode()


def test_a_moderator_lets_a_reported_post_stand(answer, moderator, other_member, browser_of, visitor):
    send_report(browser_of(other_member), answer)
    browser = browser_of(moderator)
    assert "Laat dit bericht staan" in browser.get(QUEUE).content.decode()

    browser.post(reverse("forum_moderation:restore_post", args=[answer.pk]))

    assert "Niets wacht op je" in browser.get(QUEUE).content.decode()
    assert Act.objects.get().kind == "laten-staan"
    assert not mails()


def test_a_moderator_deletes_a_reported_post_and_its_author_reads_why(
    answer, member, moderator, other_member, browser_of, visitor
):
    send_report(browser_of(other_member), answer)
    browser = browser_of(moderator)

    browser.post(reverse("forum_moderation:delete_post", args=[answer.pk]), {"reason": "Dit noemt een student."})

    assert SECRET not in visitor.get(topic_address("topic", answer.topic)).content.decode()
    assert "Niets wacht op je" in browser.get(QUEUE).content.decode()
    assert mails() == [([member.email], "Je bericht is van het forum gehaald")]


@pytest.mark.parametrize("name", ["restore_post", "delete_post"])
def test_members_decide_nothing_about_reports(answer, member, other_member, browser_of, name):
    send_report(browser_of(other_member), answer)
    address = reverse(f"forum_moderation:{name}", args=[answer.pk])

    assert browser_of(member).post(address).status_code == 403
    assert browser_of().post(address).status_code == 302
    assert Report.objects.filter(closed_on=None).exists()


def test_reports_in_a_forum_of_others_are_not_for_a_moderator_of_one(
    answer, other_member, conversations, set_right, browser_of
):
    reports.report(post=answer, by=ForumRights(other_member), kind=Report.Kind.OTHER, note="Geheim")
    moderator = UserFactory()
    set_right("can_approve_posts", conversations, granted=True, user=moderator)
    browser = browser_of(moderator)

    assert "Geheim" not in browser.get(QUEUE).content.decode()
    assert browser.get(reverse("forum_moderation:queued_post", args=[answer.pk])).status_code == 404
    assert browser.post(reverse("forum_moderation:restore_post", args=[answer.pk])).status_code == 404


def test_the_queue_takes_as_many_queries_for_many_posts_as_for_few(
    home, questions, member, newcomer, moderator, browser_of, django_assert_max_num_queries
):
    topic = make_topic(questions, member)
    for number in range(6):
        post = make_reply(topic, member)
        reports.report(post=post, by=ForumRights(UserFactory()), kind=Report.Kind.UNKIND)
        make_reply(topic, newcomer, text=f"Nieuw {number}")
    assert moderation.posts_to_decide(ForumRights(moderator)).count() == 12

    browser = browser_of(moderator)

    with django_assert_max_num_queries(11):
        browser.get(QUEUE)
