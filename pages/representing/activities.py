"""Activities that representatives put forward for their entry: into the workflow, and on the agenda once published."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from cms.models import User
from pages.models import ActivityIndexPage, ActivityPage, EntryPage, Submission
from pages.representing import submitting
from pages.representing.texts import ACTIVE

MOST_WAITING = 10


class TooManyWaitingError(Exception):
    """So many activities of one entry wait that the editors come first."""


def of_entry(entry: EntryPage) -> QuerySet[ActivityPage]:
    """All that it organises, on the site or put forward for it; not what only editors work on."""
    was_put_forward = Exists(Submission.objects.filter(entry=entry.pk, activity=OuterRef("pk")))
    found = ActivityPage.objects.filter(Q(live=True) | was_put_forward, organiser_entry=entry.pk)
    return found.order_by("-starts_on", "title")


def latest(activity: ActivityPage) -> ActivityPage:
    page: ActivityPage = activity.get_latest_revision_as_object()
    return page


def under_way(activity: ActivityPage) -> Submission | None:
    """What the editors are looking at, or sent back."""
    found = Submission.objects.filter(activity=activity.pk, state__status__in=ACTIVE)
    return found.select_related("state__current_task_state", "activity", "writer", "reviewer").first()


def standings(activities: Iterable[ActivityPage]) -> list[tuple[ActivityPage, str]]:
    """Each with how far it is."""
    activities = list(activities)
    active = Submission.objects.filter(activity__in=activities, state__status__in=ACTIVE).select_related("state")
    going_on = {
        one.activity_id: "de redactie vraagt iets" if one.is_returned else "de redactie leest mee" for one in active
    }
    return [(one, going_on.get(one.pk) or ("op de site" if one.live else "nog niet op de site")) for one in activities]


@transaction.atomic
def propose(*, entry: EntryPage, page: ActivityPage, by: User) -> Submission:
    """Put a new activity before the editors; it gets the subjects of the entry. Raises TooManyWaitingError."""
    if (
        Submission.objects.filter(entry=entry.pk, state__status__in=ACTIVE).exclude(activity=None).count()
        >= MOST_WAITING
    ):
        raise TooManyWaitingError
    page.live, page.organiser_entry_id = False, entry.pk
    ActivityIndexPage.objects.get().add_child(instance=page)
    page.subjects.set(entry.subjects.all())
    return change(entry=entry, page=page, by=by)


@transaction.atomic
def change(*, entry: EntryPage, page: ActivityPage, by: User, note: str = "") -> Submission:
    """Make this the newest version and put it before the editors; the agenda keeps what it shows until they publish."""
    submission = submitting.propose(entry=entry, page=page, under_way=under_way(page), by=by)
    submitting.tell(submission, by, note)
    return submission


@transaction.atomic
def withdraw(*, entry: EntryPage, activity: ActivityPage, by: User, note: str = "") -> bool:
    """Take away what nobody read yet; of what is on the site, propose that it does not take place.

    Gives whether it is gone at once.
    """
    activity = ActivityPage.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    if activity.live:
        page = latest(activity)
        page.is_cancelled = True
        change(entry=entry, page=page, by=by, note=note)
        return False
    if workflow := activity.current_workflow_state:
        workflow.cancel(user=by)
    if activity.first_published_at is None:
        activity.delete()
    return True
