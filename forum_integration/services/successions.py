"""Who follows an entry that ends follows what continues it from then on, and is told once; undoing takes that back."""

from collections import defaultdict

from django.utils.timezone import localdate

from forum_integration.models import BroughtAlong, Following
from forum_integration.services import news
from pages.lifecycle.state import read_lineage
from pages.models import LifecycleAct


def bring_along(act: LifecycleAct) -> None:
    """Move all who follow what ended to what lives now; where nothing does, they keep following the old entry."""
    lineage, today = read_lineage(), localdate()
    for entry in act.ended.all():
        heirs = lineage.living_ends(entry.pk, today)
        followings = Following.objects.filter(entry=entry.pk)
        since = dict(followings.order_by("member_id").values_list("member_id", "since"))
        news.tell_of_end(entry, since)
        if not heirs:
            continue
        known: dict[int, set[int]] = defaultdict(set)
        by_heirs = Following.objects.filter(entry__in=heirs, member__in=followings.values("member"))
        for member, heir in by_heirs.values_list("member_id", "entry_id"):
            known[member].add(heir)
        moved = [
            BroughtAlong(
                member_id=member,
                act=act,
                entry=entry,
                since=day,
                gained=[heir for heir in heirs if heir not in known[member]],
            )
            for member, day in since.items()
        ]
        BroughtAlong.objects.bulk_create(moved)
        Following.objects.bulk_create(
            (Following(member_id=one.member_id, entry_id=heir) for one in moved for heir in one.gained),
            ignore_conflicts=True,
        )
        followings.delete()


def bring_back(act: LifecycleAct) -> None:
    """As it was before. Who stopped following what continued it since, did so on purpose, and follows neither."""
    news.forget_end([entry.pk for entry in act.ended.all()])
    moved = list(BroughtAlong.objects.filter(act=act).order_by("pk"))
    heirs = act.successors.all()
    still = set(Following.objects.filter(entry__in=heirs).values_list("member_id", flat=True))
    gained: dict[int, list[int]] = defaultdict(list)
    for one in moved:
        for heir in one.gained:
            gained[heir].append(one.member_id)
    for heir, members in gained.items():
        Following.objects.filter(entry=heir, member__in=members).delete()
    Following.objects.bulk_create(
        (
            Following(member_id=one.member_id, entry_id=one.entry_id, since=one.since)
            for one in moved
            if one.member_id in still
        ),
        ignore_conflicts=True,
    )
    BroughtAlong.objects.filter(act=act).delete()
