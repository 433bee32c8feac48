"""The job that asks who keeps an entry whether it still holds: one mail, and a row for each step that it tells.

The same mail tells which links of what somebody keeps work no more, so that nobody gets two in a week.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from cms import mailing
from cms.link_radar.marks import words_of
from cms.mailing import Letter
from cms.models import DeadLinksLetter, LinkUse, Mail, User
from pages.currency import dead_links, ladder
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
    if person is None or pk in _last_mailed(today):
        return
    ReviewReminder.objects.bulk_create(
        ReviewReminder(entry_id=one.entry, person=person, step=one.step, review_on=one.review_on, sent_on=today)
        for one in reminders
    )
    if dead_links.of_entries(dead_links.entries_of(person)):
        DeadLinksLetter.objects.update_or_create(owner=person, defaults={"told_at": timezone.now()})
    mailing.send(TEMPLATE, person, "Klopt dit nog?", {"entries": _by_entry(reminders)})


def _last_mailed(today: date) -> dict[int, date]:
    """Who had a mail this week, and on which day."""
    reminded = ReviewReminder.objects.filter(sent_on__gt=today - ladder.WEEK).order_by()
    found = dict(reminded.values("person").annotate(last=Max("sent_on")).values_list("person", "last"))
    for owner, told_at in DeadLinksLetter.objects.values_list("owner_id", "told_at"):
        if (day := timezone.localdate(told_at)) > today - ladder.WEEK:
            found[owner] = max(day, found.get(owner, day))
    return found


def _by_entry(reminders: Sequence[Reminder]) -> dict[str, str]:
    """For each entry the day of its review, as JSON has it."""
    return {str(one.entry): one.review_on.isoformat() for one in reminders}


def _owed(today: date) -> dict[int, list[Reminder]]:
    entries = {entry.entry: entry for entry in _kept(today)}
    made = ReviewReminder.objects.filter(entry__in=entries).values_list("entry", "person", "step", "review_on")
    return ladder.owed(
        entries.values(),
        editors=list(editors().values_list("pk", flat=True)),
        made={Reminder(entry, person, Step(step), review_on) for entry, person, step, review_on in made},
        last_mailed=_last_mailed(today),
        today=today,
        with_news=dead_links.with_news(),
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
    """What is still to be looked at when the mail leaves, and which links work no more by then."""
    person, asked = mail.receiver, mail.context["entries"]
    told = {*map(int, asked), *dead_links.entries_of(person)}
    broken = dead_links.of_entries(told)
    entries = EntryPage.objects.live().active().filter(pk__in=told)
    entries = entries.order_by(F("review_on").asc(nulls_last=True), "title")
    kept = set(Representation.objects.filter(user=person, entry__in=told).values_list("entry_id", flat=True))
    telling = [entry for entry in entries if entry.pk in kept or entry.permissions_for_user(person).can_edit()]
    rows = [row for entry in telling if (row := _row(entry, person, asked, broken.get(entry.pk, [])))]
    for row in rows:
        row["is_kept"] = row["pk"] in kept
    if not rows or not person.is_active:
        return None
    return Letter(_subject(rows), {"entries": rows, "is_review": any(row["review_on"] for row in rows)})


def _row(entry: EntryPage, person: User, asked: dict[str, str], broken: list[LinkUse]) -> dict[str, Any] | None:
    """What the mail says of one entry, if there is anything to say to this person."""
    review_on = entry.review_on if entry.review_on and asked.get(str(entry.pk)) == str(entry.review_on) else None
    if not (review_on or broken):
        return None
    return {
        "title": entry.title,
        "url": entry.url,
        "review_on": review_on,
        "confirm": confirm_path(entry, person),
        "change": change_path(entry, person),
        "pk": entry.pk,
        "links": [
            {"field": use.field, "url": use.link.url, "said": words_of(timezone.localdate(use.link.since))}
            for use in broken
        ],
    }


def _subject(rows: Sequence[dict[str, Any]]) -> str:
    asked = [row["title"] for row in rows if row["review_on"]]
    if asked:
        return f"Klopt {asked[0]} nog?" if len(asked) == 1 else f"Kloppen deze {len(asked)} pagina’s nog?"
    number = len({link["url"] for row in rows for link in row["links"]})
    return "1 link werkt niet meer" if number == 1 else f"{number} links werken niet meer"
