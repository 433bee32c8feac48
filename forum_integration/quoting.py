"""Quoting a post in an answer: who wrote it, with a link to where it stands, and the words that are answered."""

import re

from django.urls import reverse
from machina.apps.forum_conversation.models import Post

PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def attribution(pk: int, name: str) -> str:
    """The line above a quotation, in Markdown; a name that looks like Markdown stays a name."""
    escaped = PUNCTUATION.sub(r"\\\1", name)
    return f"[{escaped} schreef]({reverse('forum_conversation:post', args=[pk])}):"


def quotation(post: Post, name: str) -> str:
    """A whole post as the beginning of an answer to it."""
    lines = "".join(f"> {line}\n" for line in post.content.raw.splitlines())
    return f"{attribution(post.pk, name)}\n\n{lines}\n"
