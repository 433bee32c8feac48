from allauth.account.forms import SignupForm as AllauthSignupForm
from django import forms
from django.http import HttpRequest

from cms.models import User


class SignupForm(AllauthSignupForm):
    """Name, address and password: all that an account needs."""

    display_name = forms.CharField(
        label="Naam",
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="Zo zien anderen je op het platform. Je e-mailadres ziet niemand.",
    )

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.display_name = self.cleaned_data["display_name"]
        user.save(update_fields=["display_name"])
