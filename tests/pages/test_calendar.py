"""/agenda.ics, read back with another eye than it was written with: the lines of the file, and the library's parser."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils.timezone import localdate
from icalendar import Calendar
from wagtail.models import PageViewRestriction

from tests.factories import ActivityPageFactory

DAY = date(2031, 6, 12)  # in summer time


@pytest.fixture
def events(home, client):
    """The events of the file as it is now."""

    def read():
        response = client.get("/agenda.ics")
        assert response.status_code == 200
        return Calendar.from_ical(response.content).walk("VEVENT")

    return read


def test_a_coming_activity_stands_in_the_calendar_with_all_that_a_calendar_shows(events):
    activity = ActivityPageFactory(
        title="Studiedag; flexibel, of niet",
        place="Utrecht, Jaarbeurs",
        starts_on=DAY,
        start_time=time(9, 30),
        end_time=time(16),
    )

    [event] = events()

    assert event["SUMMARY"] == "Studiedag; flexibel, of niet"
    assert event["LOCATION"] == "Utrecht, Jaarbeurs"
    assert event["URL"] == f"{settings.SITE_URL}{activity.url}"
    assert event["UID"] == f"activiteit-{activity.pk}@127.0.0.1"
    assert event["DTSTAMP"].dt.tzinfo
    assert event["DTSTART"].dt == datetime(2031, 6, 12, 7, 30, tzinfo=UTC)
    assert event["DTEND"].dt == datetime(2031, 6, 12, 14, tzinfo=UTC)


def test_the_file_follows_the_standard(home, client):
    ActivityPageFactory(title="Een lange dag " * 15, starts_on=DAY, description="Eerste regel\nTweede, met ë; en \\")

    response = client.get("/agenda.ics")

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.split(b"\r\n")
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    unfolded = response.content.decode().replace("\r\n ", "").split("\r\n")
    assert {"VERSION:2.0", "NAME:Agenda – Platform Flexibel Opleiden"} <= set(unfolded)
    assert "DESCRIPTION:Eerste regel\\nTweede\\, met ë\\; en \\\\" in unfolded
    assert [line for line in unfolded if line.startswith("PRODID:")]
    calendar = Calendar.from_ical(response.content)
    assert not [component.errors for component in calendar.walk() if component.errors]


def test_whole_days_end_on_the_day_after(events):
    ActivityPageFactory(starts_on=DAY, ends_on=DAY + timedelta(days=1))

    [event] = events()

    assert event["DTSTART"].to_ical() == b"20310612"
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert event["DTEND"].to_ical() == b"20310614"


@pytest.mark.parametrize("end", [None, time(9)])
def test_an_end_that_is_unknown_or_before_the_start_is_left_out(events, end):
    ActivityPageFactory(starts_on=DAY, start_time=time(9, 30), end_time=end)

    [event] = events()

    assert event["DTSTART"].dt == datetime(2031, 6, 12, 7, 30, tzinfo=UTC)
    assert "DTEND" not in event


def test_an_online_activity_is_online_and_one_without_a_place_has_none(events):
    ActivityPageFactory(starts_on=DAY, mode="online")
    ActivityPageFactory(starts_on=DAY + timedelta(days=1))

    assert [event.get("LOCATION") for event in events()] == ["Online", None]


def test_what_has_no_day_or_has_been_stands_in_no_calendar(events):
    ActivityPageFactory()
    ActivityPageFactory(date_text="in het najaar", starts_on=DAY, ends_on=DAY + timedelta(days=90))
    ActivityPageFactory(starts_on=localdate() - timedelta(days=1))
    ActivityPageFactory(title="Vandaag", starts_on=localdate())

    assert [event["SUMMARY"] for event in events()] == ["Vandaag"]


def test_a_draft_and_a_closed_activity_stand_in_no_calendar(events):
    ActivityPageFactory(starts_on=DAY, live=False)
    closed = ActivityPageFactory(title="Besloten", starts_on=DAY)
    assert [event["SUMMARY"] for event in events()] == ["Besloten"]

    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    assert events() == []


def test_an_activity_keeps_its_uid_when_it_changes(events):
    activity = ActivityPageFactory(starts_on=DAY)
    [before] = events()

    activity.title, activity.slug = "Verplaatst", "verplaatst"
    activity.save_revision().publish()

    [after] = events()
    assert after["SUMMARY"] == "Verplaatst"
    assert after["UID"] == before["UID"]
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_the_agenda_leads_to_the_calendar(home, client):
    assert 'href="/agenda.ics">Zet wat er komt' in client.get("/agenda/").content.decode()


def test_the_calendar_is_only_read(home, client):
    assert client.post("/agenda.ics").status_code == 405
