"""How long a search takes over many documents, and how good the answers are over the demo content."""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from benchmarks import generated
from benchmarks.report import print_table
from search.documents import Facet, SearchDocument
from search.engines.embedded import EmbeddedEngine
from search.queries import SearchQuery

Asked = TypeVar("Asked")

SIZE = 10_000
BATCH = 1_000
QUERIES = 200


def milliseconds(act: Callable[[Asked], object], asked: Iterable[Asked]) -> list[float]:
    """How long each act took."""
    times = []
    for one in asked:
        start = time.perf_counter()
        act(one)
        times.append((time.perf_counter() - start) * 1000)
    return times


def batches(documents: Iterator[SearchDocument]) -> Iterator[list[SearchDocument]]:
    while batch := list(islice(documents, BATCH)):
        yield batch


def fill(engine: EmbeddedEngine, count: int) -> float:
    """Build the index and give the number of documents a second."""
    made = list(generated.documents(count))
    start = time.perf_counter()
    with engine.rebuild() as index:
        for batch in batches(iter(made)):
            index.add(batch)
    return count / (time.perf_counter() - start)


def row(name: str, times: Sequence[float], reference: float) -> tuple[str, ...]:
    median, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return name, f"{median:.2f}", f"{p95:.2f}", f"{median / reference:.1f}"


def measure(data_dir: Path) -> None:
    with tempfile.TemporaryDirectory(dir=data_dir) as folder:
        engine = EmbeddedEngine(Path(folder))
        rate = fill(engine, SIZE)
        asked = generated.queries(QUERIES)
        by_id = [SearchQuery(filters={Facet.SUBJECT: ["onderwerp-24"]}, page_size=1)] * QUERIES
        plain = [SearchQuery(text=text) for text in asked]
        narrowed = [SearchQuery(text=text, filters={Facet.SUBJECT: ["onderwerp-0", "onderwerp-3"]}) for text in asked]
        everything = [SearchQuery()] * 50
        for query in plain[:20]:
            engine.search(query)
        times = {
            "a filter, no text (reference)": milliseconds(engine.search, by_id),
            "text, five facets, fragments": milliseconds(engine.search, plain),
            "text under two subjects": milliseconds(engine.search, narrowed),
            "everything, newest first": milliseconds(engine.search, everything),
            "suggestions while typing": milliseconds(engine.suggest, [text[:6] for text in asked]),
            "saving one document": milliseconds(engine.index, [[document] for document in generated.documents(20)]),
        }
        reference = statistics.median(times["a filter, no text (reference)"])
        print_table(
            f"Embedded engine, {SIZE:,} documents of {generated.WORDS_A_BODY} words, filled at {rate:,.0f} documents/s",
            ("search", "p50 ms", "p95 ms", "times the reference"),
            [row(name, measured, reference) for name, measured in times.items()],
        )
