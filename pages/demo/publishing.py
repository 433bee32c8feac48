"""Putting a page in its place, with a first version in its history."""

from collections.abc import Sequence
from typing import TypeVar

from wagtail.models import Page

from cms.demo.adding import check_children

P = TypeVar("P", bound=Page)


def exists(model: type[Page], parent: Page, slug: str) -> bool:
    """Whether this page was loaded before; another type of page at its address is no reason to pass it by."""
    return bool(model.objects.child_of(parent).filter(slug=slug).exists())


def add_page(page: P, *, under: Page, draft: bool = False) -> P:
    """Save a new page, as a draft or published, with its links, names and other children."""
    place(page, under=under)
    write_first_version(page, draft=draft)
    return page


def place(page: Page, *, under: Page) -> None:
    """Give a page its place in the tree, unpublished and without a version yet."""
    check_children(page)
    page.live = False
    under.add_child(instance=page)


def write_first_version(page: Page, *, draft: bool) -> None:
    revision = page.save_revision()
    if not draft:
        revision.publish()
        page.refresh_from_db(fields=["live"])


def is_draft(*texts: str | None) -> bool:
    """An editor must look at it before anyone else may: the record says so, or does not know its own name."""
    return any(sign in text.lower() for text in texts if text for sign in ("niet publiceren", "onbekend)"))


def note(*parts: str | None) -> str:
    """What an editor should know, a line each."""
    return "\n".join(part for part in parts if part)


def lines(values: Sequence[str]) -> str:
    return "\n".join(value[:1].upper() + value[1:] for value in values)
