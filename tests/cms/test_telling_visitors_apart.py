"""Visitors are told apart for a day, by a mark that nobody can make again afterwards."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from cms import jobs
from cms.models import DailyKey
from cms.visitors import Visitor, marker_of_today

pytestmark = pytest.mark.django_db

SOMEBODY = Visitor("192.0.2.1", "Firefox")


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to("2026-11-23 12:00", tick=False)
    return time_machine


def mark(visitor=SOMEBODY, purpose="search toetsing"):
    return marker_of_today().mark(visitor, purpose)


def test_a_visitor_has_the_same_mark_all_day():
    assert mark() == mark()


@pytest.mark.parametrize("other", [Visitor("192.0.2.2", "Firefox"), Visitor("192.0.2.1", "Chromium")])
def test_another_address_or_browser_is_another_visitor(other):
    assert mark(other) != mark()


def test_marks_for_two_purposes_do_not_show_that_it_was_one_visitor():
    assert mark(purpose="search toetsing") != mark(purpose="search loting")


def test_a_mark_holds_neither_address_nor_browser():
    assert not {"192", "Firefox"} & set(mark().split())
    assert len(mark()) == 64


def test_the_next_day_the_same_visitor_has_another_mark_and_the_key_is_gone(noon):
    before = mark()

    noon.move_to("2026-11-24 00:30", tick=False)

    assert mark() != before
    assert [key.day for key in DailyKey.objects.all()] == [date(2026, 11, 24)]


def test_the_key_goes_at_the_end_of_the_day_also_when_nobody_comes(noon):
    mark()

    noon.move_to("2026-11-24 12:00", tick=False)
    jobs.run_due()

    assert not DailyKey.objects.exists()


def test_a_visitor_is_known_by_the_address_that_limits_go_by(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7", "User-Agent": "Firefox"})

    assert Visitor.of(request) == Visitor("198.51.100.7", "Firefox")


def test_a_request_from_nowhere_is_no_visitor(rf):
    with pytest.raises(PermissionDenied):
        Visitor.of(rf.get("/", REMOTE_ADDR=""))
