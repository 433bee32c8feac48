"""The shared cache of several machines, without which the site goes on."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

REST_SECONDS = 10
"""How long nobody asks Redis again after it did not answer, so that not every page waits for it."""

logger = logging.getLogger(__name__)


def _or_memory(operation: str) -> Callable[..., Any]:
    def ask(self: "RedisOrMemory", *args: Any, **kwargs: Any) -> Any:
        if not self.is_away:
            try:
                return getattr(RedisCache, operation)(self, *args, **kwargs)
            except RedisError as error:
                logger.warning("Redis is away, each process remembers for itself: %s", error)
                RedisOrMemory.away_until = time.monotonic() + REST_SECONDS
        return getattr(self.memory, operation)(*args, **kwargs)

    return ask


class RedisOrMemory(RedisCache):
    """Redis, and while it is away the memory of this process: limits then hold in each process by itself."""

    away_until = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.memory = LocMemCache("while Redis is away", {"OPTIONS": {"MAX_ENTRIES": 10_000}})

    @property
    def is_away(self) -> bool:
        return time.monotonic() < RedisOrMemory.away_until

    add = _or_memory("add")
    get = _or_memory("get")
    set = _or_memory("set")
    touch = _or_memory("touch")
    delete = _or_memory("delete")
    incr = _or_memory("incr")
    has_key = _or_memory("has_key")
    get_many = _or_memory("get_many")
    set_many = _or_memory("set_many")
    delete_many = _or_memory("delete_many")
    clear = _or_memory("clear")
