"""What goes with an account of somebody who keeps entries; connected by pages/apps.py."""

from typing import Any

from django.dispatch import receiver

from cms.accounts.erasing import erasing
from cms.models import User
from pages.representing import invitations, representatives


@receiver(erasing)
def let_go_of_entries(user: User, **kwargs: Any) -> None:
    representatives.let_go(user)
    invitations.forget(representatives.addresses_of(user))
