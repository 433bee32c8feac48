"""``python -m benchmarks.saver <number> <seconds>``: publishes pages and posts in the forum, evenly over that time.

Each has a word that stands nowhere else. At the moment of its commit a line tells the word, where it will be found,
and the time.
"""

import json
import sys
import time
from collections.abc import Callable
from random import Random

import django

django.setup()

from django.db import transaction  # noqa: E402 - models need the set-up above
from machina.apps.forum.models import Forum  # noqa: E402

from cms.models import User  # noqa: E402
from forum_integration.rights import ForumRights  # noqa: E402
from forum_integration.services import writing  # noqa: E402
from forum_integration.topics import public_topics, topic_url  # noqa: E402
from pages.models import Criterion, NetworkIndexPage, NetworkPage  # noqa: E402

LETTERS = "bdfgklmnprstvz"


def publish(word: str, by: ForumRights) -> str:
    parent = NetworkIndexPage.objects.get()
    kind = NetworkPage.NetworkKind.NETWORK
    accepted = {"kind": kind, "criterion": Criterion.objects.first()}
    page = parent.add_child(instance=NetworkPage(title=f"Netwerk {word}", blurb="Samen opleiden.", **accepted))
    page.save_revision(user=by.user).publish()
    return str(page.get_url())


def start_topic(word: str, by: ForumRights) -> str:
    forum = Forum.objects.get(details__key="vragen")
    return topic_url(writing.start_topic(forum=forum, by=by, title=f"Wie kent {word}?", text="Ik hoor het graag."))


def reply(word: str, by: ForumRights) -> str:
    topic = public_topics()[0]
    writing.reply(topic=topic, by=by, text=f"Vraag het bij {word}.")
    return topic_url(topic)


SAVES: list[Callable[[str, ForumRights], str]] = [publish, start_topic, publish, reply]


def save(number: int, word: str, by: ForumRights) -> None:
    saved: dict[str, str] = {}

    def tell() -> None:
        print(json.dumps({"word": word, "url": saved["url"], "at": time.time()}), flush=True)

    with transaction.atomic():
        transaction.on_commit(tell)  # the first, so before the change is brought into the index
        saved["url"] = SAVES[number % len(SAVES)](word, by)


def main(count: int, seconds: float) -> None:
    chance, start = Random(), time.monotonic()
    by = ForumRights(User.objects.filter(is_superuser=True)[0])
    for number in range(count):
        time.sleep(max(0.0, start + number * seconds / count - time.monotonic()))
        save(number, "".join(chance.choices(LETTERS, k=14)), by)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
