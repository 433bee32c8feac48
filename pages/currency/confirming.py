"""Saying that an entry still holds ("Klopt nog"), signed in or with the link of a mail; and the link to change it."""

from datetime import date, timedelta

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localdate
from wagtail.log_actions import log

from cms.models import User
from pages.models import EntryPage

PURPOSE = "pages.currency.confirm"
TO_CHANGE = "pages.currency.change"
WORKS_FOR = timedelta(days=60)
CHECKED = ["checked_on", "checked_by", "review_on", "data_from"]


class LinkGoneError(Exception):
    """The link does nothing: altered, too old, used, for something else, or of who no longer keeps the entry."""


def confirm_path(entry: EntryPage, person: User) -> str:
    """Of a link that works for this review only: once somebody confirms, the day of the next one makes it useless."""
    return reverse("confirm_by_link", args=[_token(entry, person, PURPOSE)])


def change_path(entry: EntryPage, person: User) -> str:
    """Of a link that leads this person to the form of the entry, after a code by mail; it ends as the other does."""
    return reverse("change_by_link", args=[_token(entry, person, TO_CHANGE)])


def _token(entry: EntryPage, person: User, purpose: str) -> str:
    said = [entry.pk, person.pk, entry.review_on.isoformat() if entry.review_on else ""]
    return signing.dumps(said, salt=purpose)


def find(token: str, purpose: str = PURPOSE) -> tuple[EntryPage, User]:
    """Raises LinkGoneError."""
    try:
        entry_pk, person_pk, review_on = signing.loads(token, salt=purpose, max_age=WORKS_FOR)
    except (signing.BadSignature, ValueError) as error:
        raise LinkGoneError from error
    found = EntryPage.objects.live().active().filter(pk=entry_pk, review_on=review_on or None).first()
    person = User.objects.filter(pk=person_pk, is_active=True).first()
    if found is None or person is None or not found.specific.permissions_for_user(person).can_keep():
        raise LinkGoneError
    return found.specific, person


@transaction.atomic
def confirm(*, entry: EntryPage, by: User, review_on: date | None) -> bool:
    """Note that somebody looked at it today, and when the next time is. Of two at the same moment one counts.

    What is being written stays as it is, and says the same when it is published.
    """
    existing = EntryPage.objects.live().active().select_for_update(of=("self",))
    found = existing.filter(pk=entry.pk, review_on=review_on).first()
    if found is None:
        return False
    page: EntryPage = found.specific
    keeps_it = page.permissions_for_user(by).represents()
    page.note_checked(localdate(), by=EntryPage.Checker.REPRESENTATIVE if keeps_it else EntryPage.Checker.EDITORS)
    page.save(update_fields=CHECKED)
    if newest := page.latest_revision:
        newest.content = newest.content | {name: getattr(page, name) for name in CHECKED}
        newest.save(update_fields=["content"])
    log(page, "pages.currency.confirm", user=by)
    return True
