"""How good the answers are: the judged queries over the demo content, per engine and family of queries."""

import secrets
from pathlib import Path

from benchmarks.search import fill, on_elasticsearch, remove
from benchmarks.servers import elasticsearch, run
from search.engines.base import SearchEngine
from search.engines.clauses import AllOf
from search.engines.embedded import EmbeddedEngine
from tests.search.quality import Judge, load_judgements, table


def measure(data_dir: Path) -> None:
    run(data_dir, "-m", "tools.prepare")
    embedded = EmbeddedEngine(data_dir / "search")
    report(embedded)
    with elasticsearch() as address:
        if address:
            engine = on_elasticsearch(address, f"bench-{secrets.token_hex(4)}")
            try:
                fill(engine, embedded._read().best(AllOf(()), 10_000))
                report(engine)
            finally:
                remove(engine)


def report(engine: SearchEngine) -> None:
    print(f"\nSearch quality of {engine.name} over the demo content (see tests/search/quality.py for the measures)")
    print(table(Judge(engine.search).score_all(load_judgements())))
