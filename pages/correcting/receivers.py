"""When a text goes on the site, and when an account goes; connected by pages/apps.py."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import page_published

from cms.accounts.erasing import erasing
from cms.models import User
from pages.correcting import deciding, reporting
from pages.models import EntryPage
from pages.representing import representatives


@receiver(page_published)
def thank_readers(instance: Any, revision: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, EntryPage):
        deciding.thank_for(instance, revision)


@receiver(erasing)
def forget_address(user: User, **kwargs: Any) -> None:
    reporting.forget_addresses({user.email.lower(), *representatives.addresses_of(user)})
