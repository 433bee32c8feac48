"""The periodic work: done when due, by one process only, and tried again when it failed."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from cms import housekeeping, jobs
from cms.models import Change, JobState
from tests.factories import NetworkPageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch):
    """Which jobs ran; a test registers its own in the place of those of the site."""
    monkeypatch.setattr(jobs, "_jobs", {})
    return []


def let_time_pass(name, time):
    JobState.objects.filter(name=name).update(due_at=timezone.now() - time)


def test_a_job_runs_once_until_it_is_due_again(done):
    jobs.register("tellen", lambda: done.append("tellen"), every=timedelta(days=1))

    call_command("run_jobs")
    call_command("run_jobs")
    assert done == ["tellen"]

    let_time_pass("tellen", timedelta(seconds=1))
    call_command("run_jobs")
    assert done == ["tellen", "tellen"]


def test_a_job_for_every_run_runs_every_time(done):
    jobs.register("tellen", lambda: done.append("tellen"), every=jobs.EVERY_RUN)

    call_command("run_jobs")
    call_command("run_jobs")

    assert done == ["tellen", "tellen"]


def test_a_job_that_another_process_is_busy_with_is_passed_by(done):
    def run():
        done.append("begonnen")
        assert jobs.run_due() == []  # a second process, in the middle of the first

    jobs.register("lang", run, every=jobs.EVERY_RUN)

    assert jobs.run_due() == []
    assert done == ["begonnen"]


def test_a_job_whose_process_died_is_taken_over_after_a_while(done):
    jobs.register("lang", lambda: done.append("lang"), every=timedelta(days=1))
    an_hour_ago = timezone.now() - timedelta(hours=1)
    JobState.objects.create(
        name="lang", due_at=an_hour_ago, holder="dood", held_until=timezone.now() + timedelta(minutes=5)
    )

    jobs.run_due()
    assert done == []

    JobState.objects.update(held_until=an_hour_ago)
    jobs.run_due()
    assert done == ["lang"]


def test_a_process_that_lost_its_claim_does_not_end_that_of_another(done):
    def run():
        JobState.objects.update(holder="een ander")

    jobs.register("lang", run, every=timedelta(days=1))
    jobs.run_due()

    assert JobState.objects.get().holder == "een ander"


def test_a_job_that_fails_is_named_and_due_again_and_the_others_go_on(done):
    def fail():
        done.append("mislukt")
        raise ValueError("kapot")

    jobs.register("mislukt", fail, every=timedelta(days=1))
    jobs.register("lukt", lambda: done.append("lukt"), every=timedelta(days=1))

    with pytest.raises(CommandError, match="mislukt"):
        call_command("run_jobs")
    with pytest.raises(CommandError, match="mislukt"):
        call_command("run_jobs")

    assert done == ["mislukt", "lukt", "mislukt"]


def test_the_site_registers_its_own_jobs():
    assert {"publish-scheduled", "clear-sessions", "forget-finished-tasks"} <= jobs._jobs.keys()


def test_a_page_is_published_on_the_moment_that_an_editor_set(home):
    page = NetworkPageFactory(live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()

    housekeeping.publish_scheduled()
    page.refresh_from_db()
    assert not page.live

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        housekeeping.publish_scheduled()
    page.refresh_from_db()
    assert page.live


def test_expired_sessions_are_cleared():
    Session.objects.create(session_key="oud", session_data="", expire_date=timezone.now() - timedelta(days=1))
    Session.objects.create(session_key="nieuw", session_data="", expire_date=timezone.now() + timedelta(days=1))

    housekeeping.clear_sessions()

    assert [session.session_key for session in Session.objects.all()] == ["nieuw"]


def test_old_changes_are_forgotten_but_never_the_newest():
    Change.objects.all().delete()
    long_ago = timezone.now() - timedelta(days=3)
    _, newest = Change.objects.bulk_create([Change(at=long_ago), Change(at=long_ago)])

    housekeeping.forget_old_changes()

    assert list(Change.objects.values_list("pk", flat=True)) == [newest.pk]
