"""Activities, with the resources that are the same thing as a link on them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from cms.demo.fixtures import Fixture, Record, WrongValueError, referred_list
from cms.models import Subject
from pages.demo.makers import maker
from pages.demo.publishing import add_page, exists, is_draft, note
from pages.demo.resources import links_of
from pages.models import ActivityIndexPage, ActivityLink, ActivityPage


@dataclass(frozen=True, kw_only=True)
class ActivityRecord(Record):
    title: str
    kind: ActivityPage.ActivityKind
    mode: ActivityPage.Mode
    description: str
    subjects: list[str]
    organiser: str | None = None
    date_start: str = ""
    date_end: str = ""
    date_text: str
    place: str = ""
    recurring: bool = False
    participants: str = ""
    url: str = ""
    domain: str = ""
    check: str = ""
    source: list[str]


ACTIVITIES = Fixture("activities.yaml", ActivityRecord)


def load_activities() -> None:
    index = ActivityIndexPage.objects.get()
    for record in ACTIVITIES:
        if exists(ActivityPage, index, record.slug):
            continue
        with ACTIVITIES.naming(record):
            first, _ = period(record.date_start, "date_start")
            _, last = period(record.date_end or record.date_start, "date_end")
            organiser, organiser_entry = maker(record.organiser, "organiser")
            has_days = len(record.date_start) == len("2023-03-14")
            page = ActivityPage(
                slug=record.slug,
                title=record.title,
                kind=record.kind,
                mode=record.mode,
                description=record.description,
                starts_on=first,
                ends_on=last,
                date_text="" if has_days else record.date_text,
                is_recurring=record.recurring,
                place=record.place,
                participants=record.participants,
                website=record.url,
                source_text="" if record.url else record.domain,
                editor_note=note(record.check),
                organiser=organiser,
                organiser_entry=organiser_entry,
            )
            page.subjects = referred_list(Subject, record.subjects, "subjects")
            page.links = [ActivityLink(**link) for link in links_of(f"activities/{record.slug}")]
            add_page(page, under=index, draft=is_draft(record.title, record.check))


def period(text: str, field_name: str) -> tuple[date | None, date | None]:
    """First and last day of a day, month or year such as 2023-03-14, 2023-03 or 2023."""
    if not text:
        return None, None
    try:
        year, month, day = [*map(int, text.split("-")), 0, 0][:3]
        first = date(year, month or 1, day or 1)
        if day:
            return first, first
        month = month or 12
        return first, date(year, month, monthrange(year, month)[1])
    except ValueError:
        raise WrongValueError(field_name, f"expected a day, month or year such as 2023-03, not {text!r}") from None
