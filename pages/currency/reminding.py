"""The job that asks who keeps an entry whether it still holds: one mail, and a row for each step that it tells."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from cms import mailing
from cms.mailing import Letter
from cms.models import Mail, User
from pages.currency import ladder
from pages.currency.confirming import change_path, confirm_path
from pages.currency.ladder import Kept, Reminder, Step
from pages.models import EntryPage, Representation, ReviewReminder
from pages.roles import editors

TEMPLATE = "review_entries"


def remind(today: date | None = None) -> None:
    """Ask everybody whose turn it is. Done twice, or by two at once, it asks nobody twice."""
    today = today or timezone.localdate()
    for person, reminders in _owed(today).items():
        _remind(person, reminders, today)


@transaction.atomic
def _remind(pk: int, reminders: Sequence[Reminder], today: date) -> None:
    """Owe somebody one mail. Locks the account: a process that was faster has mailed this person this week."""
    person = User.objects.select_for_update().filter(pk=pk, is_active=True).first()
    if person is None or _mailed_this_week(today).filter(person=person).exists():
        return
    ReviewReminder.objects.bulk_create(
        ReviewReminder(entry_id=one.entry, person=person, step=one.step, review_on=one.review_on, sent_on=today)
        for one in reminders
    )
    mailing.send(TEMPLATE, person, "Klopt dit nog?", {"entries": _by_entry(reminders)})


def _mailed_this_week(today: date) -> QuerySet[ReviewReminder]:
    return ReviewReminder.objects.filter(sent_on__gt=today - ladder.WEEK)


def _by_entry(reminders: Sequence[Reminder]) -> dict[str, str]:
    """For each entry the day of its review, as JSON has it."""
    return {str(one.entry): one.review_on.isoformat() for one in reminders}


def _owed(today: date) -> dict[int, list[Reminder]]:
    entries = {entry.entry: entry for entry in _kept(today)}
    made = ReviewReminder.objects.filter(entry__in=entries).values_list("entry", "person", "step", "review_on")
    mailed = _mailed_this_week(today).order_by()
    return ladder.owed(
        entries.values(),
        editors=list(editors().values_list("pk", flat=True)),
        made={Reminder(entry, person, Step(step), review_on) for entry, person, step, review_on in made},
        last_mailed=dict(mailed.values("person").annotate(last=Max("sent_on")).values_list("person", "last")),
        today=today,
    )


def due(today: date) -> QuerySet[EntryPage]:
    """Entries on the site for which the ladder has begun."""
    return EntryPage.objects.live().active(today).filter(review_on__lte=today - timedelta(days=Step.AHEAD))


def overdue(today: date) -> QuerySet[EntryPage]:
    """Entries that are now for the editors to look at, the longest overdue first."""
    asked = due(today).filter(review_on__lte=today - timedelta(days=Step.EDITORS))
    return asked.prefetch_related("representations__user").order_by("review_on", "title")


def _kept(today: date) -> list[Kept]:
    rows = due(today).order_by("review_on", "pk").values_list("pk", "review_on")
    keepers: dict[int, dict[int, int]] = {pk: {} for pk, _ in rows}
    kept = Representation.objects.filter(entry__in=keepers, user__is_active=True).order_by("rank", "pk")
    for entry, user, rank in kept.values_list("entry", "user", "rank"):
        keepers[entry][user] = rank
    found = []
    for pk, review_on in rows:
        if review_on is None:
            continue
        first, *others = keepers[pk] or [None]
        found.append(Kept(pk, review_on, first, tuple(one for one in others if one is not None)))
    return found


def compose(mail: Mail) -> Letter | None:
    """What is still to be looked at when the mail leaves."""
    person, asked = mail.receiver, mail.context["entries"]
    entries = EntryPage.objects.live().active().filter(pk__in=asked).order_by("review_on", "title")
    still = [
        {
            "title": entry.title,
            "url": entry.url,
            "review_on": entry.review_on,
            "confirm": confirm_path(entry, person),
            "is_kept": entry.permissions_for_user(person).represents(),
            "change": change_path(entry, person),
        }
        for entry in entries
        if entry.review_on
        and entry.review_on.isoformat() == asked[str(entry.pk)]
        and entry.permissions_for_user(person).can_keep()
    ]
    if not still or not person.is_active:
        return None
    subject = f"Klopt {still[0]['title']} nog?" if len(still) == 1 else f"Kloppen deze {len(still)} pagina’s nog?"
    return Letter(subject, {"entries": still})
