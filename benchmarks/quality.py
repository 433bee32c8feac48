"""How good the answers are: the judged queries over the demo content, per family."""

from pathlib import Path

from benchmarks.servers import demo_site
from search.engines.embedded import EmbeddedEngine
from tests.search.quality import Judge, load_judgements, table


def measure(data_dir: Path) -> None:
    with demo_site(data_dir):
        engine = EmbeddedEngine(data_dir / "search")
        print("\nSearch quality over the demo content (see tests/search/quality.py for the measures)")
        print(table(Judge(engine.search).score_all(load_judgements())))
