"""How fast documents get into an index: in bulk beside raw Elasticsearch, out of the database, and one at a time."""

import json
import secrets
import shutil
import statistics
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import generated, raw
from benchmarks.report import print_table
from benchmarks.search import batches, fill, on_elasticsearch, remove
from benchmarks.servers import elasticsearch, run
from benchmarks.timing import milliseconds, p95
from search.engines.elasticsearch_index import body_of, index_settings, mapping
from search.engines.embedded import EmbeddedEngine

COUNT = 20_000
ROUNDS = 2


def measure(folder: Path) -> None:
    with elasticsearch() as address:
        measure_bulk(folder, address)
        measure_database(folder, address)


def measure_bulk(folder: Path, address: str) -> None:
    """The best of a few rounds, in which everything has its turn; the documents are made beforehand."""
    documents = list(generated.documents(COUNT))
    work: dict[str, Callable[[], object]] = {}
    if address:
        bodies = [raw.bulk((document.id, body_of(document)) for document in batch) for batch in batches(documents)]
        plain = list(raw.plain_chunks(batches(documents)))
        for connections in (1, 2):
            fill_raw = partial(_fill_raw, raw.Server(address, connections))
            how = f"{connections} at once"
            work[f"raw: the same bodies, {how}"] = partial(fill_raw, mapping().to_dict(), index_settings(), bodies)
            work[f"raw: plain documents, {how}"] = partial(fill_raw, raw.PLAIN_MAPPING, {}, plain)
        work["elasticsearch: rebuild()"] = lambda: _fill_engine(address)
        work["elasticsearch: making the bodies"] = lambda: [body_of(document) for document in documents]
    work["embedded: rebuild()"] = lambda: fill(EmbeddedEngine(folder / "bulk"), documents)

    def _fill_engine(address: str) -> None:
        engine = on_elasticsearch(address, f"bench-{secrets.token_hex(4)}")
        fill(engine, documents)
        remove(engine)

    seconds = {
        name: min(times) / 1000
        for name, times in {name: [milliseconds(act) for _ in range(ROUNDS)] for name, act in work.items()}.items()
    }
    reference = seconds.get("raw: the same bodies, 1 at once")
    print_table(
        f"{COUNT:,} documents of {generated.WORDS_A_BODY} words in bulk, best of {ROUNDS}",
        ("", "seconds", "documents/s", "times raw"),
        [
            (name, f"{time:.1f}", f"{COUNT / time:,.0f}", f"{time / reference:.2f}" if reference else "")
            for name, time in seconds.items()
        ],
    )


def _fill_raw(server: raw.Server, mappings: raw.Line, options: raw.Line, chunks: list[bytes]) -> None:
    index = f"bench-{secrets.token_hex(4)}"
    server.create(index, mappings, options)
    server.fill(index, chunks)
    server.delete(index)


def measure_database(folder: Path, address: str) -> None:
    first = folder / "embedded"
    run(first, "-m", "tools.prepare")
    other = shutil.copytree(first, folder / "elasticsearch")
    rebuilds, saves = [], []
    for name, data in {"embedded": first, "elasticsearch": other}.items():
        index = f"bench-{secrets.token_hex(4)}"
        here = {"ELASTICSEARCH_URL": address, "ELASTICSEARCH_INDEX": index} if name == "elasticsearch" else {}
        if name == "elasticsearch" and not address:
            continue
        found = json.loads(run(data, "-m", "benchmarks.database", str(COUNT), **here))
        if here:
            remove(on_elasticsearch(address, index))
        if found["different"]:
            raise SystemExit(f"Not as in the database: {found['different'][:10]}")
        rate = found["documents"] / found["seconds"]
        rebuilds.append((name, f"{found['documents']:,}", f"{found['seconds']:.1f}", f"{rate:,.0f}"))
        for what in ("page", "reply"):
            times = found[what]
            saves.append((f"{name}: a {what}", f"{statistics.median(times):.0f}", f"{p95(times):.0f}"))
    print_table("rebuild_search from the database", ("", "documents", "seconds", "documents/s"), rebuilds)
    print_table("One save, until it can be found", ("", "p50 ms", "p95 ms"), saves)
