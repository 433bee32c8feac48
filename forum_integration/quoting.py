"""Quoting a post in an answer: who wrote it, with a link to where it stands, and the words that are answered."""

import re
from collections.abc import Container

from django.urls import reverse
from machina.apps.forum_conversation.models import Post

from cms.accounts.erasing import FORMER_MEMBER

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
SIGNED = " schreef](/forum/bericht/"
SIGNATURE = re.compile(r"\[(?:\\.|[^\[\]\\\n])* schreef\](?=\(/forum/bericht/(\d+)/\):)")


def attribution(pk: int, name: str) -> str:
    """The line above a quotation, in Markdown; a name that looks like Markdown stays a name."""
    escaped = PUNCTUATION.sub(r"\\\1", name)
    return f"[{escaped} schreef]({reverse('forum_conversation:post', args=[pk])}):"


def without_names(text: str, posts: Container[int]) -> str:
    """The text, in which quotations of these posts no longer say who wrote them."""
    return SIGNATURE.sub(lambda found: f"[{FORMER_MEMBER} schreef]" if int(found[1]) in posts else found[0], text)


def quotation(post: Post, name: str) -> str:
    """A whole post as the beginning of an answer to it."""
    lines = "".join(f"> {line}\n" for line in post.content.raw.splitlines())
    return f"{attribution(post.pk, name)}\n\n{lines}\n"
