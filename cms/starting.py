"""What a server or a worker looks at once, when it starts; management commands do not."""

from collections.abc import Callable

_looks: list[Callable[[], None]] = []


def register(look: Callable[[], None]) -> None:
    """Let ``look`` log what somebody who starts the site should know; it answers soon and raises nothing."""
    _looks.append(look)


def look_around() -> None:
    for look in _looks:
        look()
