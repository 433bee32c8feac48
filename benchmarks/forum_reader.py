"""``python -m benchmarks.forum_reader``: a member who opens pages of the forum, in a process of its own.

The first line it prints are the addresses by name. Each line with an address that it reads is answered with one of
JSON: how many queries the page took, its status and its number of bytes.
"""

import json
import sys
from contextlib import suppress
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402 - needs the set-up above
from django.test import Client  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402
from machina.apps.forum_conversation.models import Topic  # noqa: E402

from benchmarks.forum import LONG, MEMBER  # noqa: E402
from cms.models import User  # noqa: E402

POSTS_PER_PAGE = 20


def addresses() -> dict[str, str]:
    """The platform and machina give their pages the same names; the worklist is the platform's own."""
    topic = Topic.objects.select_related("forum").order_by("pk").filter(subject=LONG)[0]
    forum = topic.forum
    where = {"forum_slug": forum.slug, "forum_pk": forum.pk, "slug": topic.slug, "pk": topic.pk}
    long = reverse("forum_conversation:topic", kwargs=where)
    last = (topic.posts_count - 2) // POSTS_PER_PAGE + 1
    found = {
        "forum index": reverse("forum:index"),
        "forum": reverse("forum:forum", args=[forum.slug, forum.pk]),
        "topic, first page": long,
        "topic, middle page": f"{long}?pagina={last // 2}&page={last // 2}",
        "topic, last page": f"{long}?pagina={last}&page={last}",
        "unread": reverse("forum_tracking:unread_topics"),
    }
    with suppress(NoReverseMatch):
        found["unanswered"] = reverse("forum_questions:unanswered")
    return found


class Reader:
    def __init__(self) -> None:
        self.client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        self.client.force_login(User.objects.get(email=MEMBER))
        self.queries = 0

    def open(self, address: str) -> dict[str, int]:
        self.queries = 0
        with connection.execute_wrapper(self._count):
            answer = self.client.get(address)
        return {"queries": self.queries, "status": answer.status_code, "bytes": len(answer.content)}

    def _count(self, execute: Any, *arguments: Any) -> Any:
        self.queries += 1
        return execute(*arguments)


if __name__ == "__main__":
    print(json.dumps(addresses()), flush=True)
    reader = Reader()
    for line in sys.stdin:
        print(json.dumps(reader.open(line.strip())), flush=True)
