"""What a reader fills in who sees that something in an entry is wrong."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from cms.honeypot import HONEYPOT, HoneypotField
from pages.models import Correction, EntryPage
from pages.representing.forms import AddressField
from pages.representing.text_forms import MAIL_ADDRESS, TEXTS

Part = Correction.Part


def text_of(entry: EntryPage, part: Part) -> str:
    """What the entry says there now."""
    return "" if part == Part.OTHER else str(getattr(entry, part))


class CorrectionForm(forms.Form):
    """A proposal for one part of an entry; it starts with what stands there now."""

    source = forms.CharField(
        label="Hoe weet je dit?",
        max_length=500,
        required=False,
        help_text="Bijvoorbeeld het adres van een pagina waar het staat.",
    )
    address = AddressField(
        label="Je e-mailadres",
        required=False,
        help_text="Alleen om je te laten weten wat ermee gebeurt. Een maand na dat antwoord wissen we het.",
    )

    def __init__(self, data: Any = None, *, entry: EntryPage, part: Part, about: str = "", address: str = "") -> None:
        self.entry, self.part, self.text_now = entry, part, text_of(entry, part)
        start = f"Bij ‘{about}’: " if part == Part.OTHER and about else self.text_now
        super().__init__(data, initial={"proposal": start, "address": address})
        self.fields = {"proposal": self._proposal_field()} | self.fields | {HONEYPOT: HoneypotField()}

    def _proposal_field(self) -> forms.Field:
        """As strict as the field of the entry into which it may be taken over."""
        if self.part == Part.OTHER:
            return forms.CharField(
                label="Wat klopt er niet?",
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"required": "Schrijf wat er niet klopt."},
            )
        field: Any = EntryPage._meta.get_field(self.part)
        options: dict[str, Any] = {"label": "Zo klopt het wel", "required": True, "help_text": ""}
        if isinstance(field, models.URLField):
            options["assume_scheme"] = "https"
        elif self.part in TEXTS:
            options["widget"] = forms.Textarea(attrs={"rows": TEXTS[self.part]})
        made: forms.Field = field.formfield(**options)
        made.error_messages["required"] = "Schrijf hoe het wel klopt."
        return made

    def clean_proposal(self) -> str:
        proposal: str = self.cleaned_data["proposal"].replace("\r\n", "\n").strip()
        if proposal == self.text_now.replace("\r\n", "\n").strip():
            raise ValidationError("Dit staat er al zo. Schrijf hoe het wel klopt.")
        if self.part != Part.OTHER and MAIL_ADDRESS.search(proposal):
            raise ValidationError("Zet hier geen e-mailadres: het komt op een openbare pagina te staan.")
        return proposal

    def said(self) -> dict[str, str]:
        """What of it is kept."""
        return {name: self.cleaned_data[name] for name in ("proposal", "source", "address")}


class DecisionForm(forms.Form):
    """``revision`` is the text of the entry that was on the screen when it was decided."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
