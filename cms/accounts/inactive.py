"""Accounts that nobody uses: a warning by mail after 23 months without signing in, and erasure after 24."""

from datetime import datetime, timedelta
from enum import Enum, auto
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms import mailing
from cms.accounts.erasing import Way, erase
from cms.mailing import Letter
from cms.models import Mail, User

TEMPLATE = "account_unused"
WARNED_AFTER = timedelta(days=700)
ERASED_AFTER = timedelta(days=730)
NOTICE = ERASED_AFTER - WARNED_AFTER
"""So long somebody has to react, also when the warning came late."""

_kept: list[Q] = [Q(is_superuser=True), Q(is_staff=True), Q(groups__isnull=False)]


class Step(Enum):
    NOTHING = auto()
    WARN = auto()
    ERASE = auto()


def keep(those: Q) -> None:
    """Let accounts like these stay however long they are not used. Called in ``AppConfig.ready()``."""
    _kept.append(those)


def step(last_seen: datetime, warned_on: datetime | None, now: datetime) -> Step:
    """What is to be done about an account; a warning before the last visit counts for nothing."""
    if now < last_seen + WARNED_AFTER:
        return Step.NOTHING
    if warned_on is None or warned_on < last_seen:
        return Step.WARN
    is_over = now >= last_seen + ERASED_AFTER and now >= warned_on + NOTICE
    return Step.ERASE if is_over else Step.NOTHING


def unused(now: datetime) -> QuerySet[User]:
    """Whoever did not sign in for so long and is to be kept by nothing; who is blocked is for moderators to decide."""
    accounts = User.objects.filter(is_active=True).annotate(seen=Coalesce("last_login", "date_joined"))
    kept = User.objects.filter(reduce(or_, _kept)).values("pk")
    return accounts.filter(seen__lte=now - WARNED_AFTER).exclude(pk__in=kept)


def warn_and_erase() -> None:
    """The daily job; who is erased goes as by the own hand, and what was written on the forum stays."""
    now = timezone.now()
    for account in unused(now):
        match step(account.last_seen, account.unused_warned_on, now):
            case Step.WARN:
                _warn(account, now)
            case Step.ERASE:
                erase(account, way=Way.UNUSED)
            case Step.NOTHING:
                pass


def _warn(account: User, now: datetime) -> None:
    """In this order: who dies in between warns twice, not never."""
    mailing.send(TEMPLATE, account, "Wil je je account houden?", {})
    User.objects.filter(pk=account.pk).update(unused_warned_on=now)


def compose(mail: Mail) -> Letter | None:
    """Nothing for who signed in since it was owed."""
    if timezone.now() < mail.receiver.last_seen + WARNED_AFTER:
        return None
    return Letter(mail.subject, {"goes_on": timezone.localdate() + NOTICE})
