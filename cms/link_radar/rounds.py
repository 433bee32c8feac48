"""The work of the radar: gathering which addresses there are, and a round past those that are due.

A round takes little of the minute that it shares with other jobs; the next one goes on where it stopped, in whatever
process. Two at once never ask after the same address.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from cms import jobs, memory
from cms.link_radar.checking import Answer
from cms.link_radar.marks import read_marks
from cms.link_radar.polite import Host, check_all
from cms.link_radar.sources import Use, all_sources, host_of, is_watched
from cms.link_radar.verdict import Attempt, judge
from cms.models import CheckedLink, LinkAttempt, LinkHost, LinkUse, Outcome

ROUND_SECONDS = 20.0
MOST_PER_ROUND = 400
MOST_PER_HOST = 2
"""A link takes two requests and a pause as a rule; more of one website would not fit in a round."""

CLAIMED_FOR = timedelta(minutes=10)
KEPT = timedelta(days=120)
BATCH = 500


def gather() -> None:
    """Let the radar know every address that the site leads to now, and forget all others."""
    uses = {(source.name, use.thing, use.field, use.url): use for source in all_sources() for use in source.uses()}
    uses = {key: use for key, use in uses.items() if is_watched(use.url)}
    with transaction.atomic():
        known = set(CheckedLink.objects.values_list("url", flat=True))
        found = {use.url for use in uses.values()}
        new = [CheckedLink(url=url, host=host_of(url)) for url in sorted(found - known)]
        CheckedLink.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)
        for urls in _batches(sorted(known - found)):
            CheckedLink.objects.filter(url__in=urls).delete()
        _note_uses(uses)
    old = timezone.now() - KEPT
    LinkAttempt.objects.filter(at__lt=old).delete()
    LinkHost.objects.filter(free_at__lt=old).delete()


def _note_uses(uses: dict[tuple[str, int, str, str], Use]) -> None:
    links = dict(CheckedLink.objects.values_list("url", "pk"))
    wanted = {
        (links[url], name, thing, field[:120], use.title[:255], use.edit_path)
        for (name, thing, field, url), use in uses.items()
    }
    columns = ["link_id", "source", "thing", "field", "title", "edit_path"]
    stored = {tuple(row): pk for pk, *row in LinkUse.objects.values_list("pk", *columns)}
    for pks in _batches([pk for row, pk in stored.items() if row not in wanted]):
        LinkUse.objects.filter(pk__in=pks).delete()
    new = [LinkUse(**dict(zip(columns, row, strict=True))) for row in sorted(wanted - stored.keys())]
    LinkUse.objects.bulk_create(new, ignore_conflicts=True, batch_size=BATCH)


def go_round() -> None:
    """Ask after the addresses that are due, as many as fit."""
    if settings.DEMO or not (due := _claim(timezone.now())):
        return
    answers: dict[str, Answer] = {}
    try:
        answers, hosts = check_all(due, _hosts(due), seconds=ROUND_SECONDS)
        _keep_hosts(hosts)
        keep_answers(answers, timezone.now())
    finally:
        left = [url for url in due if url not in answers]
        CheckedLink.objects.filter(url__in=left).update(next_check_at=timezone.now())


def _claim(now: datetime) -> list[str]:
    """Some addresses that are due, longest first, put off so that no other round takes them."""
    skip_locked = connection.features.has_select_for_update_skip_locked
    busy = LinkHost.objects.filter(free_at__gt=now + timedelta(seconds=ROUND_SECONDS)).values("name")
    with transaction.atomic():
        due = CheckedLink.objects.filter(next_check_at__lte=now).exclude(host__in=busy).order_by("next_check_at", "pk")
        rows = due.select_for_update(skip_locked=skip_locked).values_list("url", "host")[: MOST_PER_ROUND * 10]
        chosen: list[str] = []
        per_host = Counter[str]()
        for url, host in rows:
            if per_host[host] < MOST_PER_HOST and len(chosen) < MOST_PER_ROUND:
                per_host[host] += 1
                chosen.append(url)
        CheckedLink.objects.filter(url__in=chosen).update(next_check_at=now + CLAIMED_FOR)
    return chosen


def _hosts(urls: Iterable[str]) -> dict[str, Host]:
    stored = LinkHost.objects.filter(name__in={host_of(url) for url in urls})
    return {
        one.name: Host(one.free_at.timestamp(), one.robots, one.robots_until.timestamp() if one.robots_until else 0.0)
        for one in stored
    }


def _keep_hosts(hosts: dict[str, Host]) -> None:
    LinkHost.objects.bulk_create(
        [
            LinkHost(
                name=name,
                free_at=datetime.fromtimestamp(host.free_at, UTC),
                robots=host.robots,
                robots_until=datetime.fromtimestamp(host.robots_until, UTC),
            )
            for name, host in hosts.items()
        ],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["free_at", "robots", "robots_until"],
        batch_size=BATCH,
    )


@transaction.atomic
def keep_answers(answers: dict[str, Answer], now: datetime) -> None:
    """Add what was found out to the history of each address, and judge it anew."""
    before = read_marks()
    links = {link.url: link for link in CheckedLink.objects.filter(url__in=answers).select_for_update()}
    LinkAttempt.objects.bulk_create(
        LinkAttempt(link=link, at=now, outcome=answer.outcome, reason=answer.reason, moved_to=answer.moved_to)
        for url, answer in answers.items()
        if (link := links.get(url))
    )
    histories: dict[int, list[Attempt]] = {link.pk: [] for link in links.values()}
    for row in LinkAttempt.objects.filter(link__in=histories).order_by("at", "pk"):
        histories[row.link_id].append(Attempt(row.at, Outcome(row.outcome), row.moved_to))
    for url, link in links.items():
        verdict = judge(histories[link.pk], now)
        if (link.state, link.moved_to) != (verdict.state, verdict.moved_to):
            link.since = verdict.since
        link.state, link.moved_to = verdict.state, verdict.moved_to
        link.next_check_at, link.checked_at, link.reason = verdict.next_check_at, now, answers[url].reason
    fields = ["state", "since", "moved_to", "next_check_at", "checked_at", "reason"]
    CheckedLink.objects.bulk_update(links.values(), fields, batch_size=BATCH)
    if read_marks() != before:
        memory.note_change()


def _batches(things: list[Any]) -> Iterable[list[Any]]:
    return (things[start : start + BATCH] for start in range(0, len(things), BATCH))


def register() -> None:
    jobs.register("gather-links", gather, every=timedelta(hours=1))
    jobs.register("check-links", go_round, every=jobs.EVERY_RUN)
