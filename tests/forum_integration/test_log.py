"""The log of what moderators did, for moderators."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from cms.models import Restriction
from forum_integration.models import Act, Report
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, rearranging, reports, restrictions, writing
from tests.factories import UserFactory
from tests.forum_integration.factories import make_reply, make_topic

LOG = "/forum/moderatie/logboek/"


@pytest.fixture
def topic(home, questions, member):
    return make_topic(questions, member, title="Over <i>toetsen</i>")


def test_the_log_lists_each_act_with_name_and_time(topic, newcomer, moderator, browser_of):
    by = ForumRights(moderator)
    waiting = make_reply(topic, newcomer)
    moderation.refuse(post=waiting, by=by, reason="Te <kort>.")
    writing.edit_post(post=topic.first_post, by=by, text="Netter")
    rearranging.set_locked(topic=topic, by=by, locked=True)

    page = browser_of(moderator).get(LOG).content.decode()

    assert page.index("sloot") < page.index("bewerkte") < page.index("weigerde")
    assert page.count("Mo Derator") >= 3
    assert "Over &lt;i&gt;toetsen&lt;/i&gt;" in page
    assert "Te &lt;kort&gt;." in page
    assert page.count("<time") == 3


def test_a_line_stays_without_a_name_when_the_account_goes(topic, moderator, browser_of):
    other = UserFactory(display_name="Weg Moderator", is_superuser=True)
    rearranging.set_locked(topic=topic, by=ForumRights(other), locked=True)

    other.delete()

    page = browser_of(moderator).get(LOG).content.decode()
    assert "Oud-deelnemer" in page
    assert "sloot" in page
    assert "Weg Moderator" not in page


def test_members_and_visitors_do_not_read_the_log(topic, member, browser_of):
    assert browser_of(member).get(LOG).status_code == 403
    assert browser_of().get(LOG).status_code == 302


def test_a_moderator_of_one_forum_reads_nothing_of_another(topic, moderator, conversations, set_right, browser_of):
    rearranging.set_locked(topic=topic, by=ForumRights(moderator), locked=True)
    other = UserFactory()
    set_right("can_approve_posts", conversations, granted=True, user=other)

    assert "toetsen" not in browser_of(other).get(LOG).content.decode()


def test_a_post_shows_what_befell_it(topic, newcomer, moderator, browser_of):
    waiting = make_reply(topic, newcomer)
    moderation.refuse(post=waiting, by=ForumRights(moderator), reason="Te kort.")

    page = browser_of(moderator).get(reverse("forum_moderation:queued_post", args=[waiting.pk])).content.decode()

    assert "weigerde" in page


def test_what_was_refused_by_the_rules_leaves_no_line(topic, member, other_member, browser_of):
    browser_of(other_member).post(reverse("forum_moderation:topic_lock", args=[topic.slug, topic.pk]))

    assert not Act.objects.exists()


def test_after_two_years_it_is_forgotten_but_not_why_somebody_is_blocked_now(
    topic, member, other_member, newcomer, moderator
):
    by = ForumRights(moderator)
    for person in (newcomer, other_member):
        restrictions.restrict(member=person, by=by, restriction=Restriction.BLOCKED, reason="Scheldt.")
    restrictions.lift(member=other_member, by=by)
    rearranging.set_locked(topic=topic, by=by, locked=True)
    closed, still_open = topic.first_post, make_topic(topic.forum, member).first_post
    for post in (closed, still_open):
        reports.report(post=post, by=ForumRights(UserFactory()), kind="anders", note="Kijk.")
    moderation.restore(post=closed, by=by)

    with time_machine.travel(timezone.now() + timedelta(days=729)):
        moderation.forget_decided()
        assert (Act.objects.count(), Report.objects.count()) == (5, 2)
    with time_machine.travel(timezone.now() + timedelta(days=731)):
        moderation.forget_decided()

    assert Act.objects.get().member == newcomer
    assert Report.objects.get().post == still_open
