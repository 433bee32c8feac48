"""Where django-allauth asks how this site does things."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from django import forms
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest
from django.urls import reverse

from cms.models import User

TOO_OFTEN = "Het is te vaak mislukt. Wacht vijf minuten en probeer het dan opnieuw."


def display_name(user: User) -> str:
    return user.display_name


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "Dit account is uitgezet.",
        "duplicate_email": "Dit is al je e-mailadres.",
        "email_password_mismatch": "Dit e-mailadres en wachtwoord horen niet bij elkaar. Kijk ze allebei nog eens na.",
        "email_taken": "Dit e-mailadres is al in gebruik.",
        "enter_current_password": "Dit is niet je huidige wachtwoord.",
        "incorrect_code": "Deze code klopt niet. Kijk hem nog eens na.",
        "incorrect_password": "Dit is niet je wachtwoord.",
        "invalid_password_reset": "Deze link werkt niet meer.",
        "same_as_current": "Dit is al je e-mailadres.",
        "too_many_login_attempts": TOO_OFTEN,
        "rate_limited": TOO_OFTEN,
    }

    def save_user(self, request: HttpRequest, user: User, form: forms.Form, commit: bool = True) -> User:
        user.display_name = form.cleaned_data["display_name"]
        return super().save_user(request, user, form, commit)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Whatever a request asks for, it gets a page: there is one way to sign in, not a second one in JSON."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        more = {"site_url": settings.SITE_URL, "onward": self._onward()}
        super().send_mail(template_prefix, email, {**context, **more})

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Links in mails lead to SITE_URL, never to the host that a request claims to be for."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key]) + self._onward()

    def _onward(self) -> str:
        """Where this person was going, for the end of a link that may be opened on another device."""
        onward = get_next_redirect_url(self.request) if self.request else None
        return f"?{urlencode({REDIRECT_FIELD_NAME: onward})}" if onward else ""

    def get_reset_password_from_key_url(self, key: str) -> str:
        user_id, _, token = key.partition("-")
        return settings.SITE_URL + reverse("account_reset_password_from_key", args=[user_id, token]) + self._onward()

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Failures count per account and network address, so that nobody can lock another out of the site."""
        return f"{self.get_client_ip(request)}:{credentials.get('email', '').lower()}"
