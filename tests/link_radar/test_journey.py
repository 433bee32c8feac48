"""J10, second step: a link that fails on three days is marked, its owner mailed, and the report has a row."""

from datetime import timedelta

import time_machine
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cms import jobs
from cms.models import JobState
from pages.models import Representation
from tests.factories import NetworkPageFactory, UserFactory
from tests.search.people import browser_of

JOBS = ("gather-links", "check-links", "ask-whether-entries-still-hold", "send-mail")


def test_a_link_that_fails_on_three_days_is_marked_mailed_and_reported(home, stub, monkeypatch):
    monkeypatch.setattr(jobs, "_jobs", {name: jobs._jobs[name] for name in JOBS})
    url = f"{stub.url}/weg"
    owner = UserFactory(email="noor@example.org")
    entry = NetworkPageFactory(title="Netwerk Weg", website=url)
    Representation.objects.create(entry=entry, user=owner)
    editor = browser_of("editor", home)
    start = timezone.now()
    marked, mails = [], []
    for day in range(3):
        with time_machine.travel(start + timedelta(days=day, minutes=day), tick=True):
            JobState.objects.update(due_at=start - timedelta(days=1))  # jobs go by the clock of the database
            call_command("run_jobs")
            marked.append("werkt niet meer (gezien op" in Client().get(entry.url).content.decode().lower())
            mails.append(len(mail.outbox))

    assert marked == [False, False, True]
    assert mails == [0, 0, 1]
    assert mail.outbox[0].to == ["noor@example.org"]
    assert url in mail.outbox[0].body
    report = editor.get("/beheer/links/?stand=stuk").content.decode()
    assert url in report
    assert "Netwerk Weg" in report
    assert "de pagina is er niet (404)" in report
