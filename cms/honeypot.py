"""A field that people do not see and robots fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

HONEYPOT = "website"
"""What the field is called, in every form: robots like to fill in such a one."""

HONEYPOT_LABEL = "Laat dit veld leeg"


class HoneypotInput(forms.TextInput):
    """Drawn out of sight by the component form_field, and empty: a second try is a fresh one."""

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off", "tabindex": "-1"})

    def format_value(self, value: Any) -> None:
        return None


class HoneypotField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(label=HONEYPOT_LABEL, required=False, widget=HoneypotInput())

    def validate(self, value: str) -> None:
        if value:
            raise ValidationError("Dit veld is voor robots. Ben jij er geen, stuur je bericht dan nog een keer.")
