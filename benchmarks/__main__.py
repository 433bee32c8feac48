"""``make bench``: pages under load, search, search while others write, quality, a large forum, the Weekmail, links.

``ARGS="search"`` runs one of them, ``ARGS="search 1000000"`` over that many documents.
"""

import os
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

FOLDER = tempfile.TemporaryDirectory(prefix="platform-bench-")
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.dev"
os.environ["DATA_DIR"] = FOLDER.name

import django  # noqa: E402 - reads the environment that is set above

django.setup()

from benchmarks import forum, indexing, letters, links, pages, quality, search, writing  # noqa: E402 - models need the set-up above

SIZES = (10_000, 100_000)


def main(arguments: Sequence[str]) -> None:
    names = [argument for argument in arguments if not argument.isdecimal()]
    sizes = [int(argument) for argument in arguments if argument.isdecimal()] or SIZES
    parts: dict[str, Callable[[Path], None]] = {
        "pages": pages.measure,
        "search": partial(search.measure, sizes=sizes),
        "indexing": indexing.measure,
        "writing": writing.measure,
        "quality": quality.measure,
        "forum": forum.measure,
        "letters": letters.measure,
        "links": links.measure,
    }
    if unknown := set(names) - parts.keys():
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}. Choose from: {', '.join(parts)}.")
    with FOLDER:
        for name in names or parts:
            folder = Path(FOLDER.name, name)
            folder.mkdir()
            parts[name](folder)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what was started is ended as well
    main(sys.argv[1:])
