"""``python -m benchmarks.letter_run <step> [<members>]``: one step of a letter run, in a process of its own."""

import json
import os
import random
import resource
import signal
import sys
from collections import Counter
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 - models need the set-up above
from django.utils import timezone  # noqa: E402
from machina.apps.forum.models import Forum  # noqa: E402

from benchmarks.timing import milliseconds  # noqa: E402
from cms import mailing  # noqa: E402
from cms.models import Mail, Subject, User  # noqa: E402
from forum_integration.letters import issue_of  # noqa: E402
from forum_integration.models import Following, Frequency, News, Notification  # noqa: E402
from forum_integration.rights import ForumRights  # noqa: E402
from forum_integration.services import letters, news, writing  # noqa: E402
from pages.models import ActivityPage, EntryPage  # noqa: E402

SUBJECTS_EACH = 5
TOPICS, ENTRIES, ACTIVITIES = 60, 12, 6


def fill(members: int) -> dict[str, Any]:
    """Members with subjects that they follow, and a week in which things happened about these."""
    chance = random.Random(2023)
    before = issue_of(Frequency.WEEKLY, timezone.now()) - timedelta(days=1)
    subjects = list(Subject.objects.all())
    author = ForumRights(User.objects.filter(is_superuser=True)[0])
    readers = [User(email=f"lezer{number}@example.org", display_name=f"Lezer {number}") for number in range(members)]
    with transaction.atomic():
        readers = User.objects.bulk_create(readers, batch_size=1000)
        picked = ((reader, subject) for reader in readers for subject in chance.sample(subjects, SUBJECTS_EACH))
        Following.objects.bulk_create(
            (Following(member=reader, subject=subject, since=before) for reader, subject in picked), batch_size=1000
        )
    forum = Forum.objects.get(details__key="vragen")
    for number in range(TOPICS):
        about = chance.sample(subjects, chance.randint(1, 2))
        writing.start_topic(forum=forum, by=author, title=f"Vraag {number}", text="Vertel eens.", subjects=about)
    News.objects.update(at=before)
    changed = EntryPage.objects.filter(subjects__isnull=False).order_by("pk").distinct().values("pk")[:ENTRIES]
    EntryPage.objects.filter(pk__in=list(changed.values_list("pk", flat=True))).update(last_published_at=before)
    coming = ActivityPage.objects.order_by("pk").values_list("pk", flat=True)[:ACTIVITIES]
    ActivityPage.objects.filter(pk__in=list(coming)).update(
        starts_on=timezone.localdate() + timedelta(days=9), ends_on=None
    )
    return {}


def spread() -> dict[str, Any]:
    seconds = milliseconds(news.spread) / 1000
    return {"seconds": seconds, "notifications": Notification.objects.count()}


def write_and_die() -> dict[str, Any]:
    """Be gone, as by a power cut, in the middle of the batch that lies halfway."""
    keep, batches = letters._keep, 0
    halfway = User.objects.count() // letters.BATCH // 2

    def die_halfway(*arguments: Any) -> None:
        nonlocal batches
        keep(*arguments)
        batches += 1
        if batches > halfway:
            os.kill(os.getpid(), signal.SIGKILL)

    letters._keep = die_halfway  # type: ignore[assignment]
    letters.write_weekly()
    return {}


def write() -> dict[str, Any]:
    queries = 0

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    there = Mail.objects.count()
    with connection.execute_wrapper(count):
        seconds = milliseconds(letters.write_weekly) / 1000
    owed: Counter[tuple[int, str, int]] = Counter()
    receivers: Counter[int] = Counter()
    for mail in Mail.objects.filter(template="letter").select_related("to").iterator(chunk_size=500):
        member = mail.receiver.pk
        receivers[member] += 1
        for kind in ("notifications", "entries", "activities"):
            owed.update((member, kind, pk) for pk in mail.context[kind])
    twice = sum(number > 1 for number in (*owed.values(), *receivers.values()))
    left = Notification.objects.exclude(letter="").count()
    written = len(receivers) - there
    return {
        "seconds": seconds,
        "there": there,
        "letters": len(receivers),
        "items": len(owed),
        "twice": twice,
        "left": left,
        "queries": queries / max(written, 1),
    }


def send() -> dict[str, Any]:
    seconds = milliseconds(mailing.deliver_waiting) / 1000
    return {"seconds": seconds, "waiting": Mail.objects.count()}


STEPS = {"spread": spread, "write-and-die": write_and_die, "write": write, "send": send}


def main(step: str, *numbers: str) -> None:
    found = fill(int(numbers[0])) if step == "fill" else STEPS[step]()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({**found, "megabytes": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])
