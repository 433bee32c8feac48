"""How long a search takes over many documents: both engines and the whole request, beside raw Elasticsearch."""

import http.client
import json
import secrets
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.test import override_settings

from benchmarks import generated, raw
from benchmarks.report import print_table
from benchmarks.servers import elasticsearch, run, site_alone
from benchmarks.timing import Act, in_turns, milliseconds, p95
from search.documents import Facet, SearchDocument
from search.engines.base import SearchEngine, SearchUnavailable
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_lexicon import read_lexicon
from search.engines.embedded import EmbeddedEngine
from search.queries import SearchQuery

BATCH = 500
QUERIES = 200
WARM_UP = 40
PATIENCE = 300  # seconds
REFERENCE = "raw: the same body"
REQUEST = "/api/zoeken/ with "

Asking = Callable[[SearchQuery], Act]


def batches(documents: Iterable[SearchDocument]) -> Iterator[list[SearchDocument]]:
    documents = iter(documents)
    while batch := list(islice(documents, BATCH)):
        yield batch


def fill(engine: SearchEngine, documents: Iterable[SearchDocument]) -> None:
    with engine.rebuild() as index:
        for batch in batches(documents):
            index.add(batch)


def scenarios() -> dict[str, list[SearchQuery]]:
    asked = generated.queries(QUERIES)
    two = {Facet.SUBJECT: ["onderwerp-0", "onderwerp-3"]}
    return {
        "text": [SearchQuery(text=text) for text in asked],
        "text, under two subjects": [SearchQuery(text=text, filters=two) for text in asked],
        "no text, newest first": [SearchQuery()] * 40,
    }


def request(site: str, engine: str, query: SearchQuery) -> None:
    """Ask the site; raises SearchUnavailable when not its engine answered."""
    filters = [(facet.value, value) for facet, values in query.filters.items() for value in values]
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=60)
    connection.request("GET", f"/api/zoeken/?{urlencode([('q', query.text), *filters])}")
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status != 200 or (found := json.loads(content)["motor"]) != engine:
        raise SearchUnavailable(f"{query.text!r}: {answer.status}, answered by {found}")


def on_elasticsearch(address: str, index: str) -> ElasticsearchEngine:
    with override_settings(ELASTICSEARCH_URLS=[address]):
        return ElasticsearchEngine(index)


def measure(folder: Path, sizes: Sequence[int]) -> None:
    run(folder, "-m", "tools.prepare")
    with elasticsearch() as address:
        for size in sizes:
            with ExitStack() as stack:
                measure_size(folder, size, address, stack)
            report_memory(folder, size)


def measure_size(folder: Path, size: int, address: str, stack: ExitStack) -> None:
    """Without an address the embedded engine only; ``stack`` ends what is started."""
    embedded = EmbeddedEngine(folder / "search")
    engines: dict[str, SearchEngine] = {embedded.name: embedded}
    sites = {embedded.name: stack.enter_context(site_alone(folder))}
    seconds = {"embedded engine": milliseconds(lambda: fill(embedded, generated.documents(size))) / 1000}
    asking: dict[str, Asking] = {}
    if address:
        name, server = f"bench-{secrets.token_hex(4)}", raw.Server(address)
        engine = on_elasticsearch(address, name)
        stack.callback(remove, engine)
        seconds["elasticsearch engine"] = milliseconds(lambda: fill(engine, generated.documents(size))) / 1000
        plain = f"{name}-plain"
        server.create(plain, raw.PLAIN_MAPPING, {})
        stack.callback(server.delete, plain)
        chunks = raw.plain_chunks(batches(generated.documents(size)))
        seconds["raw: plain documents"] = milliseconds(lambda: server.fill(plain, chunks)) / 1000
        seconds["elasticsearch engine, its words read"] = milliseconds(partial(learn, engine)) / 1000
        engines[engine.name] = engine
        settings = {"ELASTICSEARCH_URL": address, "ELASTICSEARCH_INDEX": name}
        sites[engine.name] = stack.enter_context(site_alone(folder, **settings))
        same = partial(server.ask, "POST", f"{engine.versions.alias}/_msearch")
        asking[REFERENCE] = lambda query: partial(same, patiently(partial(raw.as_sent, engine, query)))
        asking["raw: a plain query"] = lambda query: partial(
            server.ask, "POST", f"{plain}/_search", raw.plain_query(query)
        )
    for name, asked in engines.items():
        asking[f"{name} engine"] = lambda query, asked=asked: partial(asked.search, query)
        asking[REQUEST + name] = lambda query, name=name: partial(request, sites[name], name, query)

    print_table(
        f"{size:,} documents of {generated.WORDS_A_BODY} words, made while an index is filled",
        ("filling", "seconds", "documents/s"),
        [(name, f"{time:.0f}", f"{size / time:,.0f}") for name, time in seconds.items()],
    )
    everything = {
        scenario: {name: [ask(query) for query in queries] for name, ask in asking.items()}
        for scenario, queries in scenarios().items()
    }
    for acts in everything.values():
        in_turns({name: [partial(patiently, act) for act in some[:WARM_UP]] for name, some in acts.items()})
    for scenario, acts in everything.items():
        missed: Counter[str] = Counter()
        counted = {name: [partial(counting, missed, name, act) for act in some] for name, some in acts.items()}
        report(f"{size:,} documents: {scenario}", in_turns(counted))
        for name, number in missed.items():
            print(f"{name}: {number} times no answer from the engine")
    report(f"{size:,} documents: beside a search", small_work(engines))


def patiently(act: Act) -> Any:
    """What it gives once the engine answers: the first search over an index that was just made is a slow one."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return act()
        except SearchUnavailable:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.5)


def counting(missed: Counter[str], name: str, act: Act) -> None:
    """A search that the engine does not answer is told beside the times, in which it counts like any other."""
    try:
        act()
    except SearchUnavailable:
        missed[name] += 1


def learn(engine: ElasticsearchEngine) -> None:
    """What the first search after a start does, with patience."""
    read_lexicon(engine.client.options(request_timeout=600), engine.versions.alias)


def small_work(engines: Mapping[str, SearchEngine]) -> dict[str, list[float]]:
    """What visitors and editors wait for apart from a search."""
    beginnings = [query.text[:6] for query in scenarios()["text"]]
    found: dict[str, list[float]] = {}
    for name, engine in engines.items():
        found[f"{name}: suggestions while typing"] = [
            milliseconds(partial(engine.suggest, text)) for text in beginnings
        ]
        found[f"{name}: one document stored"] = [
            milliseconds(partial(engine.index, [document])) for document in generated.documents(20)
        ]
    return found


def remove(engine: ElasticsearchEngine) -> None:
    for index in filter(None, [engine.versions.current(), *engine.versions.others()]):
        engine.client.indices.delete(index=index)


def report(title: str, times: Mapping[str, Sequence[float]]) -> None:
    """Times beside those of the reference, where there is one."""
    reference = statistics.median(times[REFERENCE]) if REFERENCE in times else None
    rows = []
    for name, measured in times.items():
        median = statistics.median(measured)
        beside = (f"{median / reference:.2f}", f"{median - reference:+.1f}") if reference else ("", "")
        rows.append((name, f"{median:.1f}", f"{p95(measured):.1f}", *beside))
    print_table(title, ("", "p50 ms", "p95 ms", "times raw", "ms above raw"), rows)


def report_memory(folder: Path, size: int) -> None:
    index = folder / "search"
    held = json.loads(run(folder, "-m", "benchmarks.memory", str(index)))
    on_disk = sum(path.stat().st_size for path in EmbeddedEngine(index).index_folder.open()[0].iterdir())
    print_table(
        f"{size:,} documents: memory of a process with the embedded engine, whose index is {on_disk / 1e6:,.0f} MB",
        ("", "own MB", "MB of files"),
        [(step, f"{memory['own']:,}", f"{memory['files']:,}") for step, memory in held.items()],
    )
