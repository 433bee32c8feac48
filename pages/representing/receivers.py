"""What goes with an account of somebody who keeps entries; connected by pages/apps.py."""

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver

from cms.accounts.erasing import erasing
from cms.models import User
from pages.models import Logo
from pages.representing import invitations, logos, representatives


@receiver(erasing)
def let_go_of_entries(user: User, **kwargs: Any) -> None:
    representatives.let_go(user)
    logos.forget(Logo.objects.filter(uploaded_by=user))
    invitations.forget(representatives.addresses_of(user))


@receiver(post_delete, sender=Logo)
def remove_file(instance: Logo, **kwargs: Any) -> None:
    """The file goes with its row, once that is certain."""
    storage, name = instance.file.storage, str(instance.file.name)
    transaction.on_commit(lambda: storage.delete(name))
