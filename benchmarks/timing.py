"""How long things take, told as the median and the 95th percentile."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Act = Callable[[], Any]


def milliseconds(act: Act) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def in_turns(acts: Mapping[str, Sequence[Act]]) -> dict[str, list[float]]:
    """Do the first of each, then the second of each, every time beginning with another one.

    So whatever else this machine does, or remembers of the one before, falls to all of them alike.
    """
    times: dict[str, list[float]] = {name: [] for name in acts}
    names = list(acts)
    for turn, row in enumerate(zip(*acts.values(), strict=True)):
        start = turn % len(names)
        for place in [*range(start, len(names)), *range(start)]:
            times[names[place]].append(milliseconds(row[place]))
    return times


def p95(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
