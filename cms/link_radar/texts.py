"""Addresses inside rich text, StreamFields and what members wrote."""

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

HREF = re.compile(r'href="(https?://[^"]*)"')


def addresses_in(value: Any) -> Iterator[str]:
    """Of the links in markup, or in what a StreamField keeps, at whatever depth."""
    if isinstance(value, str):
        for found in HREF.finditer(value):
            yield html.unescape(found[1])
    elif isinstance(value, dict):
        for inside in value.values():
            yield from addresses_in(inside)
    elif isinstance(value, list | tuple):
        for inside in value:
            yield from addresses_in(inside)


def replaced(value: Any, old: str, new: str) -> Any:
    """The same markup or StreamField with one address in the place of another."""
    return _mapped(value, lambda text: HREF.sub(lambda found: _href(found, old, new), text))


def _href(found: re.Match[str], old: str, new: str) -> str:
    return f'href="{html.escape(new)}"' if html.unescape(found[1]) == old else found[0]


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(inside, change) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(inside, change) for inside in value]
    return value


def replaced_in_markdown(text: str, old: str, new: str) -> str:
    """Only where the whole address stands, not one that goes on behind it."""
    whole = re.compile(rf"(?<![\w/]){re.escape(old)}(?=$|[\s<>()\[\]\"'|*]|[.,;:!?](?:\s|$))")
    return whole.sub(lambda _found: new, text)
