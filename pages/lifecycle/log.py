"""What the history of an entry says about its end."""

from functools import partial
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter


class Told(LogFormatter):
    """A line that says how it ended, when, and what continues it."""

    def __init__(self, label: str, message: str) -> None:
        self.label, self.message = label, message

    def format_message(self, log_entry: Any) -> str:
        said = log_entry.data
        names = f"; opvolger: {', '.join(said['successors'])}" if said.get("successors") else ""
        return f"{self.message}: {str(said.get('how', '')).lower()} per {said.get('on', '')}{names}"


def register(actions: LogActionRegistry) -> None:
    actions.register_action("pages.lifecycle.end")(partial(Told, "Beëindig", "Beëindigd"))
    actions.register_action("pages.lifecycle.undo")(partial(Told, "Maak ongedaan", "Beëindiging ongedaan gemaakt"))
