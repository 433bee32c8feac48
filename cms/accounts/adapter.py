"""Where django-allauth asks how this site does things."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from cms.models import User


def display_name(user: User) -> str:
    return user.display_name


class AccountAdapter(DefaultAccountAdapter):
    """Mails link to SITE_URL, never to the host that a request claims to be for."""

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: object) -> str:
        return settings.SITE_URL + super().get_email_confirmation_url(None, emailconfirmation)
