"""Editors who end and undo at the same moment, on a database that serves many at once: no circle, and once is once."""

import json

import pytest

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]

AT_ONCE = """
import json
from functools import partial

from django.utils.timezone import localdate

from forum_integration.models import Following, Notification
from pages.lifecycle import acts, state
from pages.models import LifecycleAct
from tests.factories import PartnershipPageFactory, UserFactory
from tests.postgresql.at_once import at_once

at_once = partial(at_once, refusals=acts.RefusedError)

ring = [PartnershipPageFactory(title=f"Verband {n}") for n in range(4)]
follower = UserFactory()
Following.objects.create(member=follower, entry=ring[0])

def into(entry, successor):
    return acts.end(entries=[entry], how="opgegaan", on=localdate(), successors=[successor], by=None)

# Each goes on in the next, the last in the first: one of them must be refused.
ended = at_once([lambda n=n: into(ring[n], ring[(n + 1) % 4]) for n in range(4)])
line = state.read_lineage()
circles = [entry.pk for entry in ring if line.leads_to(entry.pk, {entry.pk})]
living = {tuple(line.living_ends(entry.pk, localdate())) for entry in ring if line.has_ended(entry.pk, localdate())}
while LifecycleAct.objects.filter(undone_at=None).exists():
    last = next(act for act in LifecycleAct.objects.filter(undone_at=None) if not acts.why_it_stays(act))
    undone = at_once([lambda: acts.undo(act=last, by=None) for _ in range(5)])
    assert undone == 1, undone
back = sorted(Following.objects.filter(member=follower).values_list("entry__title", flat=True))
twice = at_once([lambda: into(ring[0], ring[1]) for _ in range(5)])
told = Notification.objects.filter(member=follower, kind="beeindigd", entry=ring[0].pk).count()
print(json.dumps(
    {"ended": ended, "circles": circles, "living": len(living), "back": back, "twice": twice, "told": told}
))
"""


def test_of_all_that_comes_at_once_nothing_follows_itself(postgresql_site):
    said = json.loads(postgresql_site.manage("shell", "--verbosity=0", "-c", AT_ONCE).splitlines()[-1])

    assert said == {"ended": 3, "circles": [], "living": 1, "back": ["Verband 0"], "twice": 1, "told": 1}
