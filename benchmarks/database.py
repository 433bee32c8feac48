"""``python -m benchmarks.database <count>``: what it costs to bring many things of the database into the index."""

import json
import sys
from functools import partial

import django

django.setup()

from benchmarks import things  # noqa: E402 - models need the set-up above
from benchmarks.timing import milliseconds  # noqa: E402
from cms.models import User  # noqa: E402
from forum_integration.rights import ForumRights  # noqa: E402
from forum_integration.services import writing  # noqa: E402
from forum_integration.topics import public_topics  # noqa: E402
from pages.models import NetworkPage  # noqa: E402
from search import index_work, indexing  # noqa: E402
from search.engines import get_engine  # noqa: E402

SAVES = 20


def publish(page: NetworkPage) -> None:
    page.save_revision().publish()


def main(count: int) -> None:
    things.fill(count)
    seconds = milliseconds(index_work.rebuild) / 1000
    by = ForumRights(User.objects.filter(is_superuser=True)[0])
    print(
        json.dumps(
            {
                "documents": len(get_engine().ids()),
                "seconds": seconds,
                "different": sorted(indexing.differences()),
                "page": [milliseconds(partial(publish, page)) for page in NetworkPage.objects.live()[:SAVES]],
                "reply": [
                    milliseconds(partial(writing.reply, topic=topic, by=by, text="Dat doen wij ook zo."))
                    for topic in public_topics()[:SAVES]
                ],
            }
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))
