"""The look around for who writes a question, on a page of the forum."""

import logging
from typing import Any

from django import template

from search import asking

register = template.Library()

logger = logging.getLogger(__name__)


@register.inclusion_tag("search/asked_before.html")
def asked_before(title: str | None) -> dict[str, Any]:
    """Whatever is the matter with search, the form around it is drawn and can be sent."""
    try:
        found = asking.asked_before(title or "")
    except Exception:
        logger.exception("Somebody writes a question and search does not answer")
        found = asking.AskedBefore()
    return {"found": found}
