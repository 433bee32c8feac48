"""What the history of an entry says about who keeps it; no address of anybody gets into it."""

from functools import partial
from typing import Any

from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from cms.models import User
from pages.models import EntryPage

ACTIONS = {
    "invite": ("Nodig uit", "Vertegenwoordiger uitgenodigd"),
    "withdraw": ("Trek in", "Uitnodiging ingetrokken"),
    "join": ("Begin", "Houdt deze vermelding nu bij"),
    "revoke": ("Neem af", "Houdt deze vermelding niet meer bij"),
    "leave": ("Stop", "Stopte met bijhouden"),
    "promote": ("Maak eerste", "Is nu de eerste vertegenwoordiger"),
    "claim": ("Vraag aan", "Wil deze vermelding bijhouden"),
    "refuse_claim": ("Wijs af", "Aanvraag afgewezen"),
}


def record(action: str, entry: EntryPage, by: User | None, *, about: User | None = None) -> None:
    """``about`` is who it happened to, if not ``by``; kept as a number, so that the name goes with the account."""
    log(entry, f"pages.representation.{action}", user=by, data={"user": about.pk} if about else {})


def register(actions: LogActionRegistry) -> None:
    actions.register_action("pages.currency.confirm", "Klopt nog", "Bevestigd dat alles nog klopt")
    for name, (label, message) in ACTIONS.items():
        actions.register_action(f"pages.representation.{name}")(partial(Told, label, message))


class Told(LogFormatter):
    """A line that names who it is about, if that is somebody else."""

    def __init__(self, label: str, message: str) -> None:
        self.label, self.message = label, message

    def format_message(self, log_entry: Any) -> str:
        person = User.objects.filter(pk=log_entry.data.get("user")).first()
        return f"{self.message}: {person}" if person else self.message
