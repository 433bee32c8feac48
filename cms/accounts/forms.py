"""The forms of an account, with every label, hint and message in the platform's own words."""

from dataclasses import dataclass
from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from cms.accounts.names import clean_display_name, refuse_impersonation
from cms.honeypot import HONEYPOT, HONEYPOT_LABEL, HoneypotInput
from cms.models import User

LONGEST_PASSWORD = 256


@dataclass(frozen=True)
class Wording:
    label: str
    missing: str
    hint: str = ""


NEW_PASSWORD_HINT = "Minstens 12 tekens. Een paar woorden achter elkaar onthoud je makkelijk."  # noqa: S105
NO_ADDRESS = "Vul een volledig e-mailadres in, zoals naam@voorbeeld.nl."
WORDINGS = {
    "display_name": Wording("Naam", "Vul je naam in.", "Zo zien anderen je op het platform."),
    "email": Wording("E-mailadres", "Vul je e-mailadres in.", "Niemand anders krijgt dit te zien."),
    "login": Wording("E-mailadres", "Vul je e-mailadres in."),
    "password": Wording("Wachtwoord", "Vul je wachtwoord in."),
    "oldpassword": Wording("Je huidige wachtwoord", "Vul je huidige wachtwoord in."),
    "password1": Wording("Nieuw wachtwoord", "Kies een wachtwoord.", NEW_PASSWORD_HINT),
    "code": Wording("Code uit de mail", "Vul de code uit de mail in.", "Met of zonder streepje, dat maakt niet uit."),
    HONEYPOT: Wording(HONEYPOT_LABEL, ""),
}


class WordedForm(forms.Form):
    """A form of allauth in our words: a label that stays visible instead of one inside the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            wording = WORDINGS[name]
            field.label, field.help_text = wording.label, wording.hint
            field.error_messages["required"] = wording.missing
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = NO_ADDRESS
            if name == "password1":
                field.validators.append(not_endless)


def not_endless(password: str) -> None:
    if len(password) > LONGEST_PASSWORD:
        raise ValidationError(f"Een wachtwoord heeft hoogstens {LONGEST_PASSWORD} tekens.")


class DisplayNameField(forms.CharField):
    """A name that people can read; the form that knows who asks for it refuses impersonation."""

    def __init__(self) -> None:
        wording = WORDINGS["display_name"]
        super().__init__(
            label=wording.label,
            help_text=wording.hint,
            error_messages={"required": wording.missing},
            max_length=80,
            widget=forms.TextInput(attrs={"autocomplete": "name"}),
        )

    def clean(self, value: Any) -> str:
        return clean_display_name(super().clean(value))


def not_of_the_staff(name: str) -> str:
    refuse_impersonation(name, User.objects.staff().values_list("display_name", flat=True))
    return name


class SignupForm(WordedForm, allauth_forms.SignupForm):
    """Name, address and password: all that an account needs. The adapter keeps the name."""

    display_name = DisplayNameField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "Wachtwoord"
        self.fields[HONEYPOT].widget = HoneypotInput()

    def clean_display_name(self) -> str:
        return not_of_the_staff(self.cleaned_data["display_name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        name, password = cleaned.get("display_name"), cleaned.get("password1")
        if name and password:  # allauth compares the password with the address only
            try:
                UserAttributeSimilarityValidator(["display_name"]).validate(password, User(display_name=name))
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])  # a known address must not answer sooner than a new one
        user, response = super().try_save(request)
        return user, response


class LoginForm(WordedForm, allauth_forms.LoginForm):
    pass


class CodeForm(WordedForm, allauth_forms.ConfirmLoginCodeForm):
    pass


class ReauthenticateForm(WordedForm, allauth_forms.ReauthenticateForm):
    pass


class ResetPasswordForm(WordedForm, allauth_forms.ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "Het adres waarmee je inlogt."


class ChangeEmailForm(WordedForm, allauth_forms.AddEmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "Nieuw e-mailadres"


class ResetPasswordKeyForm(WordedForm, allauth_forms.ResetPasswordKeyForm):
    password2 = None


class ChangePasswordForm(WordedForm, allauth_forms.ChangePasswordForm):
    password2 = None


class SetPasswordForm(WordedForm, allauth_forms.SetPasswordForm):
    password2 = None


class NameForm(forms.ModelForm[User]):
    """A member's own display name."""

    display_name = DisplayNameField()

    class Meta:
        model = User
        fields = ["display_name"]

    def clean_display_name(self) -> str:
        name: str = self.cleaned_data["display_name"]
        return name if self.instance.is_staff_member else not_of_the_staff(name)
