"""The coming activities as iCalendar, for a calendar of one's own."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate, make_aware, now
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event
from icalendar.enums import STATUS

from cms.memory import remembered
from pages.models import ActivityPage

NAME = "Agenda – Platform Flexibel Opleiden"


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    headers = {"Content-Disposition": 'inline; filename="agenda.ics"'}
    return HttpResponse(coming_activities(), content_type="text/calendar; charset=utf-8", headers=headers)


@remembered
def coming_activities() -> bytes:
    """What any visitor may open and has a day of its own: words such as "in het najaar" fit no calendar."""
    activities = ActivityPage.objects.listed().coming(localdate()).exclude(starts_on=None).filter(date_text="")
    calendar = Calendar.new(
        name=NAME,
        organization="Platform Flexibel Opleiden",
        language="nl",
        uid=_uid("agenda"),
        url=f"{settings.SITE_URL}/agenda/",
        subcomponents=[_event(activity) for activity in activities],
    )
    return bytes(calendar.to_ical())


def _event(activity: Any) -> Event:
    start, end = _span(activity, activity.starts_on)
    return Event.new(
        status=STATUS.CANCELLED if activity.is_cancelled else None,
        uid=_uid(f"activiteit-{activity.pk}"),
        stamp=activity.last_published_at or now(),
        start=start,
        end=end,
        summary=activity.title,
        description=activity.description,
        location=(activity.get_mode_display() if activity.mode == activity.Mode.ONLINE else activity.place) or None,
        url=f"{settings.SITE_URL}{activity.get_url()}",
    )


def _span(activity: ActivityPage, first: date) -> tuple[date, date | None]:
    """From when to when; of whole days the end is the day after, and an end nobody knows is left out."""
    last = activity.ends_on or first
    if activity.start_time and activity.end_time and (last, activity.end_time) > (first, activity.start_time):
        return _moment(first, activity.start_time), _moment(last, activity.end_time)
    if activity.start_time and last == first:
        return _moment(first, activity.start_time), None
    return first, last + timedelta(days=1)


def _moment(day: date, at: time) -> datetime:
    """In universal time, so that the file need not explain Dutch summer time."""
    return make_aware(datetime.combine(day, at)).astimezone(UTC)


def _uid(name: str) -> str:
    return f"{name}@{urlsplit(settings.SITE_URL).hostname}"
