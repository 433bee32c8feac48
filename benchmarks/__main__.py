"""``make bench``: pages under load, search latency, search quality. ``ARGS="search"`` runs one of them."""

import os
import sys
import tempfile
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.dev")

import django

django.setup()

from benchmarks import pages, quality, search  # noqa: E402 - models need the set-up above

PARTS = {"pages": pages.measure, "search": search.measure, "quality": quality.measure}


def main(names: list[str]) -> None:
    if unknown := set(names) - PARTS.keys():
        sys.exit(f"Unknown: {', '.join(sorted(unknown))}. Choose from: {', '.join(PARTS)}.")
    with tempfile.TemporaryDirectory() as folder:
        for name in names or PARTS:
            PARTS[name](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
