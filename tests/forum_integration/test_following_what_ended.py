"""Who follows an entry that ends follows what continues it, and is told once; undoing moves everybody back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import localdate, now

from cms import mailing
from forum_integration.models import BroughtAlong, Following, MailPreferences, Notification
from forum_integration.services import letters, news
from forum_integration.services.following import set_following
from pages.lifecycle import acts
from pages.models import EntryPage
from tests.factories import PartnershipPageFactory, UserFactory

TODAY = localdate()
TOMORROW = TODAY + timedelta(days=1)
LAST_YEAR = now() - timedelta(days=365)


@pytest.fixture
def region(home):
    return PartnershipPageFactory(title="Onderwijsregio Noord")


@pytest.fixture
def alliance(home):
    return PartnershipPageFactory(title="Alliantie Wad")


@pytest.fixture
def circle(home):
    return PartnershipPageFactory(title="Kring Eems")


def end(*entries, into=(), how="opgegaan", on=TODAY):
    return acts.end(entries=entries, how=how, on=on, successors=into, by=None).act


def follow(member, entry, since=LAST_YEAR):
    set_following(member, entry, follows=True)
    Following.objects.filter(member=member, entry=entry).update(since=since)


def followings():
    """Who follows what since when."""
    return sorted(Following.objects.exclude(entry=None).values_list("member_id", "entry_id", "since"))


def followed_by(member):
    return set(EntryPage.objects.filter(pk__in=Following.objects.filter(member=member).values("entry")))


def told(member):
    return [
        one.entry.title for one in Notification.objects.filter(member=member, kind="beeindigd").order_by("entry_id")
    ]


def titles(entries):
    return {entry.title for entry in entries}


def test_who_follows_what_ends_follows_what_continues_it(region, alliance, circle, member, other_member):
    follow(member, alliance)
    follow(member, circle)
    follow(other_member, circle)
    follow(other_member, region)

    end(alliance, circle, into=[region])

    assert titles(followed_by(member)) == titles(followed_by(other_member)) == {"Onderwijsregio Noord"}
    assert told(member) == ["Alliantie Wad", "Kring Eems"]
    assert told(other_member) == ["Kring Eems"]


def test_undoing_gives_everybody_exactly_what_they_followed_since_the_same_day(
    region, alliance, circle, member, other_member
):
    follow(member, alliance)
    follow(member, circle, since=LAST_YEAR - timedelta(days=3))
    follow(other_member, circle)
    follow(other_member, region)
    before = followings()

    act = end(alliance, circle, into=[region])
    assert followings() != before
    acts.undo(act=act, by=None)

    assert followings() == before
    assert not told(member)
    assert not BroughtAlong.objects.exists()


def test_a_line_of_successors_is_followed_to_its_end_and_back(region, alliance, circle, member):
    follow(member, alliance)
    before = followings()

    first = end(alliance, into=[circle])
    second = end(circle, into=[region])
    assert titles(followed_by(member)) == {"Onderwijsregio Noord"}
    acts.undo(act=second, by=None)
    assert titles(followed_by(member)) == {"Kring Eems"}
    acts.undo(act=first, by=None)

    assert followings() == before


def test_who_stopped_following_the_successor_is_not_brought_back(region, alliance, member):
    follow(member, alliance)
    act = end(alliance, into=[region])
    set_following(member, region, follows=False)

    acts.undo(act=act, by=None)

    assert not followed_by(member)


def test_of_what_was_dissolved_the_followers_are_told_and_stay(alliance, region, member):
    follow(member, alliance)

    end(alliance, how="opgeheven")
    assert titles(followed_by(member)) == {"Alliantie Wad"}
    assert told(member) == ["Alliantie Wad"]
    end(alliance, how="deels-overgenomen", into=[region])

    assert titles(followed_by(member)) == {"Onderwijsregio Noord"}


def test_what_ends_later_keeps_its_followers_until_that_day(region, alliance, member, time_machine):
    follow(member, alliance)

    end(alliance, into=[region], on=TOMORROW)
    acts.bring_into_force()
    assert titles(followed_by(member)) == {"Alliantie Wad"}
    assert not told(member)

    time_machine.move_to(TOMORROW)
    acts.bring_into_force()
    acts.bring_into_force()

    assert titles(followed_by(member)) == {"Onderwijsregio Noord"}
    assert told(member) == ["Alliantie Wad"]


def test_an_undone_end_of_a_day_to_come_leaves_followers_where_they_are(region, alliance, member):
    follow(member, alliance)
    before = followings()
    act = end(alliance, into=[region], on=TOMORROW)

    acts.undo(act=act, by=None)

    assert followings() == before


def test_it_is_told_on_the_site_and_once_by_mail(region, alliance, member, browser_of):
    follow(member, alliance)
    MailPreferences.objects.create(member=member, entry="direct")

    end(alliance, into=[region])
    for _ in range(2):
        news.spread()
        letters.write_direct()
        mailing.deliver_waiting()

    [sent] = [one for one in mail.outbox if one.to == [member.email]]
    assert sent.subject == "Beëindigd: Alliantie Wad"
    for body in (sent.body, sent.alternatives[0][0]):
        assert "opgegaan in een ander verband" in body
        assert region.url in body
    assert "Vanaf nu volg je Onderwijsregio Noord" in sent.body
    page = browser_of(member).get("/forum/meldingen/").content.decode()
    assert "Dit bestaat niet meer; je volgt nu" in page
    assert f'<a href="{region.url}">Onderwijsregio Noord</a>' in page


def test_what_was_undone_before_the_mail_went_out_is_not_mailed(region, alliance, member):
    follow(member, alliance)
    MailPreferences.objects.create(member=member, entry="direct")
    act = end(alliance, into=[region])
    letters.write_direct()

    acts.undo(act=act, by=None)
    mailing.deliver_waiting()

    assert not mail.outbox


def test_nobody_begins_to_follow_what_ended_and_who_does_may_stop(alliance, member, browser_of):
    follow(member, alliance)
    end(alliance, how="opgeheven")
    newcomer = browser_of(UserFactory())

    assert "/forum/volg/" not in Client().get(alliance.url).content.decode()
    assert newcomer.post(f"/forum/volg/vermelding/{alliance.pk}/").status_code == 404
    assert browser_of(member).post(f"/forum/ontvolg/vermelding/{alliance.pk}/").status_code == 302

    assert not Following.objects.exists()


def test_moving_followers_costs_as_many_queries_for_many_as_for_one(
    region, alliance, circle, django_assert_max_num_queries
):
    follow(UserFactory(), alliance)
    for _ in range(20):
        follow(UserFactory(), circle)

    counts = []
    for entry in (alliance, circle):
        with django_assert_max_num_queries(90) as ending:
            act = end(entry, into=[region])
        with django_assert_max_num_queries(90) as undoing:
            acts.undo(act=act, by=None)
        counts.append((len(ending), len(undoing)))

    assert counts[0] == counts[1]


def test_the_page_of_notifications_costs_no_more_queries_for_many_ends(
    region, alliance, member, browser_of, django_assert_max_num_queries
):
    def asked():
        browser_of(member).get("/forum/meldingen/")
        with django_assert_max_num_queries(40) as queries:
            browser_of(member).get("/forum/meldingen/")
        return len(queries)

    follow(member, alliance)
    end(alliance, into=[region])
    before = asked()
    for _ in range(9):
        entry = PartnershipPageFactory()
        follow(member, entry)
        end(entry, into=[PartnershipPageFactory()])

    assert asked() == before
