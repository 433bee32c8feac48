"""Entries and activities for the Weekmail, by what members follow."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from forum_integration.models import Following, MailedActivity, Notification
from pages.models import ActivityPage, EntryPage

AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class NewPages:
    """What came out for one issue: (key, subjects, entry that organises it); read once for all members."""

    entries: Sequence[tuple[int, frozenset[int]]] = ()
    activities: Sequence[tuple[int, frozenset[int], int | None]] = field(default=())

    def chosen_for(self, members: Sequence[int], since: datetime) -> Mapping[int, tuple[list[int], list[int]]]:
        """The entries and activities for each of these members, leaving out what they were mailed before."""
        if not (self.entries or self.activities):
            return {}
        subjects: dict[int, set[int]] = defaultdict(set)
        entries: dict[int, set[int]] = defaultdict(set)
        rows = Following.objects.filter(member__in=members).values_list("member_id", "subject_id", "entry_id")
        for member, subject, entry in rows.filter(topic=None, forum=None):
            (subjects if subject else entries)[member].add(subject or entry)
        told = Notification.objects.filter(member__in=members, entry__isnull=False, made_on__gt=since)
        known = set(told.values_list("member_id", "entry_id"))
        coming = [pk for pk, _, _ in self.activities]
        mailed = MailedActivity.objects.filter(member__in=members, activity__in=coming)
        had = set(mailed.values_list("member_id", "activity_id"))
        return {
            member: (
                [pk for pk, about in self.entries if about & subjects[member] and (member, pk) not in known],
                [
                    pk
                    for pk, about, organiser in self.activities
                    if (about & subjects[member] or organiser in entries[member]) and (member, pk) not in had
                ],
            )
            for member in members
        }


def new_pages(*, since: datetime, until: datetime) -> NewPages:
    """Entries that were new or changed between two issues, and what is to do in the four weeks from now."""
    today = timezone.localdate()
    entries = EntryPage.objects.listed().active().filter(last_published_at__gt=since, last_published_at__lte=until)
    activities = ActivityPage.objects.listed().coming(today).filter(starts_on__lte=today + AHEAD)
    return NewPages(
        [(entry.pk, _subjects(entry)) for entry in entries.prefetch_related("subjects")],
        [(one.pk, _subjects(one), one.organiser_entry_id) for one in activities.prefetch_related("subjects")],
    )


def _subjects(page: EntryPage | ActivityPage) -> frozenset[int]:
    return frozenset(subject.pk for subject in page.subjects.all())
