"""What every visitor reads alike is read from the database once, and again after any change.

Pages are drawn for each request; only the values they are drawn from are kept, in each process for itself. Whatever
is saved or deleted adds a row to ``Change`` in the same transaction, and a value holds only as long as no row is added:
once a page is withdrawn no process draws it again, whoever withdrew it.
"""

from collections.abc import Callable, Collection
from functools import wraps
from threading import Lock, local
from typing import Any, ParamSpec, TypeVar

from cachetools import TTLCache
from django.apps import apps
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import connection
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.utils.timezone import localdate

from cms.models import Change

MOST_VALUES = 2_000
LONGEST_SECONDS = 60
"""How long a value is kept, also after a change that sends no signal, such as one by ``QuerySet.update()``.

What is made of other remembered values may be as old as all of them together.
"""

MISSING: Any = object()
SIGN_IN = frozenset({"last_login"})

P = ParamSpec("P")
R = TypeVar("R")

_values: TTLCache[Any, Any] = TTLCache(maxsize=MOST_VALUES, ttl=LONGEST_SECONDS)
_lock = Lock()


class _Here(local):
    """What this thread knows: the version is kept as long as the request lasts."""

    in_request = False
    version: tuple[int, int] | None = None
    transaction: object = None
    noted_in: object = None
    """The transaction in which a change is on record that nothing was read after."""

    noted_at: list[str] = []
    """The savepoints within which it is."""


_here = _Here()


def remembered(read: Callable[P, R]) -> Callable[P, R]:
    """Let a function that reads what any visitor may read do so once per change and day.

    Its arguments are hashable and come in a limited number, and nobody alters what it gives: tuples and frozen
    dataclasses, no querysets. While no change is on record it reads each time.
    """

    @wraps(read)
    def remembering(*args: P.args, **kwargs: P.kwargs) -> R:
        version = _version()
        if version == (0, 0):
            return read(*args, **kwargs)
        key = (version, localdate(), read, args, *sorted(kwargs.items()))
        with _lock:
            value: R = _values.get(key, MISSING)
        if value is not MISSING:
            return value
        value = read(*args, **kwargs)
        with _lock:
            _values[key] = value
        return value

    return remembering


def forget() -> None:
    """Let this process read everything anew."""
    with _lock:
        _values.clear()


def _version() -> tuple[int, int]:
    """What tells one state of the content from another; random, so that a change that is rolled back never returns.

    A request asks once, and again when a transaction of its own begins anew or ends: then Django has another list.
    """
    if _here.version is not None and _here.transaction is connection.run_on_commit:
        return _here.version
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*), COALESCE(SUM(token), 0) FROM cms_change")
        count, total = cursor.fetchone()
    version = (count, int(total))
    _here.noted_in = None
    if _here.in_request:
        _here.version, _here.transaction = version, connection.run_on_commit
    return version


def connect() -> None:
    """Listen to all models but those of which no visitor is shown anything."""
    for model in apps.get_models(include_auto_created=True):
        if not {model._meta.app_label, model._meta.label} & settings.WITHOUT_CONTENT:
            for signal in (post_save, post_delete, m2m_changed):
                signal.connect(_note, sender=model)
    request_started.connect(_begin_request)
    request_finished.connect(_end_request)


def _begin_request(**kwargs: Any) -> None:
    _here.in_request, _here.version = True, None


def _end_request(**kwargs: Any) -> None:
    _here.in_request, _here.version = False, None


def note_change() -> None:
    """Put on record that visitors may read something else now, though nothing that they read was saved."""
    _note()


def _note(update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    """Put a change on record: once per transaction or savepoint, unless something was read in between.

    Django has another list of callbacks after each commit, rollback and undone savepoint: that tells them apart.
    """
    is_noted = _here.noted_in is connection.run_on_commit and _here.noted_at == connection.savepoint_ids
    if update_fields == SIGN_IN or is_noted:
        return
    Change.objects.bulk_create([Change()])
    _here.version = None
    _here.noted_in = connection.run_on_commit if connection.in_atomic_block else None
    _here.noted_at = list(connection.savepoint_ids)
