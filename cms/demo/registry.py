"""Which loaders there are, and in which order they run."""

from collections.abc import Callable

from django.db import transaction

_loaders: dict[str, tuple[int, Callable[[], None]]] = {}


def register(name: str, load: Callable[[], None], *, order: int) -> None:
    """Let ``load_demo`` call ``load``, after the loaders with a lower ``order``. Called in ``AppConfig.ready()``."""
    _loaders[name] = (order, load)


@transaction.atomic
def load_all(report: Callable[[str], None] = lambda line: None) -> None:
    """Run all loaders in one transaction; raises FixtureError, and then nothing has changed."""
    for name, (_order, load) in sorted(_loaders.items(), key=lambda item: item[1][0]):
        report(name)
        load()
