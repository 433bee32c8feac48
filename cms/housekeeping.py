"""The site's own periodic jobs."""

from datetime import timedelta

from django.core.management import call_command
from django.db.models.functions import Now
from django.utils import timezone

from cms import jobs, mailing, visitors
from cms.accounts import inactive
from cms.accounts.erasing import Way
from cms.models import Change, User

UNCONFIRMED_KEPT = timedelta(days=14)


def clear_sessions() -> None:
    call_command("clearsessions")


def publish_scheduled() -> None:
    """Publish and withdraw pages on the moment that an editor set."""
    call_command("publish_scheduled")


def forget_finished_tasks() -> None:
    call_command("prune_db_task_results", min_age_days=14, verbosity=0)


def forget_unconfirmed_accounts() -> None:
    """Whoever still wants an account signs up again."""
    for user in User.objects.unconfirmed().filter(date_joined__lt=timezone.now() - UNCONFIRMED_KEPT):
        user.delete(way=Way.UNCONFIRMED)


def forget_old_changes() -> None:
    """What they made invalid is long gone; the newest stays, since nothing is remembered while none is on record."""
    newest = Change.objects.order_by("-pk").values_list("pk", flat=True).first()
    Change.objects.filter(at__lt=Now() - timedelta(days=1)).exclude(pk=newest).delete()


def register() -> None:
    jobs.register("publish-scheduled", publish_scheduled, every=jobs.EVERY_RUN)
    jobs.register("send-mail", mailing.deliver_waiting, every=jobs.EVERY_RUN)
    jobs.register("clear-sessions", clear_sessions, every=timedelta(days=1))
    jobs.register("forget-old-keys", visitors.forget_old_keys, every=jobs.EVERY_RUN)
    jobs.register("forget-unconfirmed-accounts", forget_unconfirmed_accounts, every=timedelta(days=1))
    jobs.register("erase-unused-accounts", inactive.warn_and_erase, every=timedelta(days=1))
    mailing.register(inactive.TEMPLATE, inactive.compose)
    jobs.register("forget-old-changes", forget_old_changes, every=timedelta(days=1))
    jobs.register("forget-finished-tasks", forget_finished_tasks, every=timedelta(days=1))
