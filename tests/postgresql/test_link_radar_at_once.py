"""Several rounds of the link radar at the same moment share the work, and none overwrites what another found."""

import json

import pytest

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]

AT_ONCE = """
import json
from datetime import timedelta
from threading import Barrier, Thread

from django.db import connection
from django.utils import timezone

from cms.link_radar import rounds
from cms.link_radar.checking import Answer
from cms.link_radar.marks import read_marks
from cms.models import CheckedLink, LinkAttempt, Outcome

def at_once(act, times):
    start, found = Barrier(times), []
    def run():
        start.wait()
        found.append(act())
        connection.close()
    threads = [Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found

rounds.gather()
now = timezone.now()
CheckedLink.objects.update(next_check_at=now - timedelta(minutes=1))
claims = at_once(lambda: rounds._claim(now), 6)
claimed = [url for claim in claims for url in claim]
url = claimed[0]
LinkAttempt.objects.filter(link__url=url).delete()
for days in (2, 1, 0):
    at = now - timedelta(days=days)
    at_once(lambda: rounds.keep_answers({url: Answer(Outcome.FAILED, "de pagina is er niet (404)")}, at), 4)
print(json.dumps({
    "rounds": len(claims),
    "claimed": [len(claimed), len(set(claimed))],
    "attempts": LinkAttempt.objects.filter(link__url=url).count(),
    "state": CheckedLink.objects.get(url=url).state,
    "is marked": url in read_marks(),
    "left for later": CheckedLink.objects.filter(url__in=claimed, next_check_at__lte=now).count(),
}))
CheckedLink.objects.filter(url=url).update(state="nieuw")
LinkAttempt.objects.filter(link__url=url).delete()
"""


def test_of_rounds_at_once_each_takes_other_addresses_and_all_they_find_counts(postgresql_site):
    said = json.loads(postgresql_site.manage("shell", "--verbosity=0", "-c", AT_ONCE).splitlines()[-1])

    claimed, different = said.pop("claimed")
    assert claimed == different > 0
    assert said == {"rounds": 6, "attempts": 12, "state": "stuk", "is marked": True, "left for later": 0}
