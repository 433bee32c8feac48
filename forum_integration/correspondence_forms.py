"""What a member writes to another."""

from typing import Any

from django import forms

from cms.honeypot import HONEYPOT, HoneypotField
from forum_integration.forms import TextField
from forum_integration.rights import ForumRights

LONGEST_MESSAGE = 5000


class MessageForm(forms.Form):
    text = TextField(label="Je bericht", max_length=LONGEST_MESSAGE)

    def __init__(self, *args: Any, rights: ForumRights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs["rows"] = 6
        if not rights.is_established():
            self.fields[HONEYPOT] = HoneypotField()
