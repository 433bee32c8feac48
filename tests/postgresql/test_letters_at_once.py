"""Several processes write the same letters at the same time, over a database that they share."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

pytestmark = [pytest.mark.postgresql, pytest.mark.redis]

FOLLOWERS = 40
PREPARE = f"""
from machina.apps.forum_conversation.models import Topic

from cms.models import User
from forum_integration.models import Following, MailPreferences
from forum_integration.rights import ForumRights
from forum_integration.services import writing

topic = Topic.objects.filter(approved=True, status=Topic.TOPIC_UNLOCKED).first()
for often in ("direct", "wekelijks"):
    names = [f"{{often}}-{{number}}" for number in range({FOLLOWERS})]
    readers = [User.objects.create_user(f"{{name}}@example.org", display_name=name) for name in names]
    MailPreferences.objects.bulk_create(MailPreferences(member=reader, topic=often) for reader in readers)
    Following.objects.bulk_create(Following(topic=topic, member=reader) for reader in readers)
writing.reply(topic=topic, by=ForumRights(User.objects.get(email="expert@example.org")), text="Zo doen wij dat.")
"""
ALL_AT_ONCE = """
from datetime import timedelta

import time_machine
from django.utils import timezone

from forum_integration.services import letters, news

letters.BATCH = news.BATCH = 3
for _ in range(20):
    news.spread()
    letters.write_direct()
with time_machine.travel(timezone.now() + timedelta(days=8)):
    letters.write_weekly()
"""
OWED = """
import json

from cms.models import Mail
from forum_integration.models import News, Notification

waiting = Notification.objects.filter(member__email__startswith="direct-").exclude(letter="").count()
weekly = Mail.objects.filter(to__email__startswith="wekelijks-")
print(json.dumps({
    "left": News.objects.count() + waiting,
    "weekly": list(weekly.values_list("to__email", flat=True)),
    "items": [number for mail in weekly for number in mail.context["notifications"]],
}))
"""


def shell(site, code):
    return site.manage("shell", "--verbosity=0", "-c", code).strip()


def all_of(often):
    return sorted(f"{often}-{number}@example.org" for number in range(FOLLOWERS))


def test_nobody_gets_a_mail_twice_when_several_processes_write_at_once(postgresql_site):
    site = postgresql_site
    shell(site, PREPARE)

    with ThreadPoolExecutor(2) as others:  # beside the worker of the site
        list(others.map(lambda code: shell(site, code), [ALL_AT_ONCE] * 2))

    owed = json.loads(shell(site, OWED).splitlines()[-1])
    assert owed["left"] == 0
    assert sorted(owed["weekly"]) == all_of("wekelijks")
    assert len(owed["items"]) == len(set(owed["items"])) == FOLLOWERS
    until = time.monotonic() + 60
    while len(received := [mail["To"] for mail in site.mails() if mail["To"].startswith("direct-")]) < FOLLOWERS:
        site.manage("run_jobs")
        assert time.monotonic() < until, received
    assert sorted(received) == all_of("direct")
