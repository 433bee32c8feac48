"""``python -m benchmarks.memory <index>``: what a process holds in memory before, with and after using an index."""

import json
import sys
from pathlib import Path

import django

django.setup()

from benchmarks import generated  # noqa: E402 - models need the set-up above
from search.engines.embedded import EmbeddedEngine  # noqa: E402
from search.queries import SearchQuery  # noqa: E402


def megabytes() -> dict[str, int]:
    """Of this process's own, and of files that the system can drop from memory again (Linux)."""
    lines = (line.split() for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    found = {words[0]: int(words[1]) // 1024 for words in lines if words[0] in {"RssAnon:", "RssFile:"}}
    return {"own": found["RssAnon:"], "files": found["RssFile:"]}


def main(folder: str) -> None:
    steps = {"before": megabytes()}
    engine = EmbeddedEngine(Path(folder))
    engine.search(SearchQuery())
    steps["opened"] = megabytes()
    for text in generated.queries(200):
        engine.search(SearchQuery(text=text))
    steps["200 searches"] = megabytes()
    print(json.dumps(steps))


if __name__ == "__main__":
    main(sys.argv[1])
