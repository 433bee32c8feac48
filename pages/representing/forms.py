"""What somebody fills in to keep an entry, and an editor to invite or to refuse."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.files.base import File

from cms.accounts.forms import NEW_PASSWORD_HINT, NO_ADDRESS, WORDINGS, DisplayNameField, not_endless, not_of_the_staff
from cms.models import User
from pages.models import Claim
from pages.representing import logos

ADDRESS_ERRORS = {
    "required": "Vul een e-mailadres in.",
    "invalid": NO_ADDRESS,
}
REASON = {"required": "Schrijf er een reden bij: de ander leest die."}


class AddressField(forms.EmailField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(error_messages=ADDRESS_ERRORS, **kwargs)


class JoinForm(forms.Form):
    """An account for somebody who was invited: the address is known."""

    display_name = DisplayNameField()
    password = forms.CharField(
        label="Wachtwoord",
        help_text=NEW_PASSWORD_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": WORDINGS["password1"].missing},
    )

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address

    def clean_display_name(self) -> str:
        return not_of_the_staff(self.cleaned_data["display_name"])

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        not_endless(password)
        validate_password(password, User(email=self.address, display_name=self.cleaned_data.get("display_name", "")))
        return password


class ClaimForm(forms.ModelForm[Claim]):
    class Meta:
        model = Claim
        fields = ["motive"]
        labels = {"motive": "Wat heb je ermee te maken?"}
        help_texts = {"motive": "Bijvoorbeeld: ik trek dit netwerk sinds 2024. De redactie leest dit."}
        error_messages = {"motive": {"required": "Schrijf in een zin wat je ermee te maken hebt."}}
        widgets = {"motive": forms.Textarea(attrs={"rows": 3})}


class StopForm(forms.Form):
    successor = AddressField(
        label="E-mailadres van wie het overneemt",
        required=False,
        help_text="De redactie nodigt diegene uit. Weet je niemand? Laat het dan leeg.",
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Je bericht",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Schrijf eerst je bericht."},
    )


class LogoForm(forms.Form):
    file = forms.FileField(
        label="Het logo",
        help_text="Een png, jpg of webp van hoogstens 2 MB. Het mooist is een png zonder achtergrond.",
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        error_messages={"required": "Kies eerst een bestand.", "empty": "Dit bestand is leeg. Kies een ander."},
    )
    alt = forms.CharField(
        label="Wat staat er op het logo?",
        max_length=120,
        help_text="Voor wie het niet kan zien. Meestal is dat: Logo van, en dan jullie naam.",
        error_messages={"required": "Schrijf wat er op het logo staat, voor wie het niet kan zien."},
    )

    def clean_file(self) -> File[bytes]:
        return logos.drawn(self.cleaned_data["file"])


class InviteForm(forms.Form):
    address = AddressField(label="E-mailadres")


class RefuseForm(forms.Form):
    reason = forms.CharField(
        label="Waarom niet?", max_length=600, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REASON
    )
