"""Asking many websites at the same time and each of them slowly: one request at once, a pause in between."""

import asyncio
import logging
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urljoin

from protego import Protego

from cms.link_radar import asking
from cms.link_radar.addresses import Trouble
from cms.link_radar.asking import Reply
from cms.link_radar.checking import ELSEWHERE, MOST_REDIRECTS, Answer, check
from cms.link_radar.sources import host_of
from cms.models import Outcome

PAUSE_SECONDS = 5.0
LONGEST_PAUSE = 60.0
LONGEST_LEAVE = 24 * 3600.0
"""How long at most a website is left alone that asks for it."""

AT_ONCE = 8
ROBOTS_KEPT_SECONDS = 24 * 3600
MOST_ROBOTS_BYTES = 200_000
ROBOT = "linkradar"
TOO_BUSY = {429, 503}

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Host:
    """What we know of a website; moments in seconds since 1970."""

    free_at: float = 0.0
    robots: str = ""
    robots_until: float = 0.0
    pause: float = PAUSE_SECONDS


class PoliteWeb:
    """The web as the radar asks it; ``hosts`` is kept up to date for the next round."""

    def __init__(self, hosts: Mapping[str, Host], pool: ThreadPoolExecutor, ask: Callable[..., Reply]) -> None:
        self.hosts: defaultdict[str, Host] = defaultdict(Host, hosts)
        self._pool, self._ask = pool, ask
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._reading: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._rules: dict[str, Any] = {}

    async def ask(self, method: str, url: str, *, most_bytes: int = 0) -> Reply:
        name = host_of(url)
        host = self.hosts[name]
        async with self._turns[name]:
            await asyncio.sleep(max(0.0, host.free_at - time.time()))
            leave = 0.0
            try:
                loop = asyncio.get_running_loop()
                reply = await loop.run_in_executor(self._pool, partial(self._ask, method, url, most_bytes=most_bytes))
                if reply.status in TOO_BUSY and reply.retry_after.isdecimal():
                    leave = min(float(reply.retry_after[:9]), LONGEST_LEAVE)
                return reply
            finally:
                host.free_at = time.time() + max(host.pause, leave)

    async def allows(self, url: str) -> bool:
        name = host_of(url)
        async with self._reading[name]:
            host = self.hosts[name]
            if host.robots_until < time.time():
                host.robots = await self._read_robots(url)
                host.robots_until = time.time() + ROBOTS_KEPT_SECONDS
                self._rules.pop(name, None)
            if name not in self._rules:
                rules = self._rules[name] = Protego.parse(host.robots)
                host.pause = min(max(PAUSE_SECONDS, rules.crawl_delay(ROBOT) or 0.0), LONGEST_PAUSE)
        return bool(self._rules[name].can_fetch(url, ROBOT))

    async def _read_robots(self, url: str) -> str:
        """Without an answer everything may be asked: then what is asked will hardly be answered either."""
        robots = urljoin(url, "/robots.txt")
        try:
            for _ in range(MOST_REDIRECTS + 1):
                reply = await self.ask("GET", robots, most_bytes=MOST_ROBOTS_BYTES)
                if reply.status not in ELSEWHERE or not reply.location:
                    return reply.body.decode("utf-8", "replace").replace("\0", "") if reply.status == 200 else ""
                robots = urljoin(robots, reply.location)
        except (Trouble, ValueError):
            return ""
        return ""


def check_all(
    urls: Iterable[str], hosts: Mapping[str, Host], *, seconds: float, ask: Callable[..., Reply] = asking.ask
) -> tuple[dict[str, Answer], dict[str, Host]]:
    """What could be found out within so many seconds, and what we know of the websites now.

    The event loop has a thread of its own: in the one that calls, another may be running.
    """
    with (
        ThreadPoolExecutor(AT_ONCE, thread_name_prefix="link-radar") as pool,
        ThreadPoolExecutor(1, thread_name_prefix="link-radar-loop") as loop,
    ):
        web = PoliteWeb(hosts, pool, ask)
        answers = loop.submit(asyncio.run, _check_all(list(urls), web, seconds)).result()
    return answers, dict(web.hosts)


async def _checked(url: str, web: PoliteWeb) -> Answer:
    """What is wrong with us says nothing of the address, and holds up no other."""
    try:
        return await check(url, web)
    except Exception:
        logger.exception("The link radar could not handle an address of %s", host_of(url))
        return Answer(Outcome.UNCLEAR, "we konden dit adres niet bekijken")


async def _check_all(urls: list[str], web: PoliteWeb, seconds: float) -> dict[str, Answer]:
    tasks = {asyncio.create_task(_checked(url, web)): url for url in urls}
    if not tasks:
        return {}
    done, late = await asyncio.wait(tasks, timeout=seconds)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    return {tasks[task]: task.result() for task in done}
