"""Beginning to keep an entry with the link of an invitation."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from cms.models import User
from pages.models import Invitation
from pages.representing import claims, representatives
from pages.representing.invitations import InvitationGoneError, find


def account_of(invitation: Invitation) -> User | None:
    """The account that the invited address is a confirmed address of."""
    confirmed = EmailAddress.objects.filter(email__iexact=invitation.address, verified=True)
    return User.objects.filter(emailaddress__in=confirmed).first()


@transaction.atomic
def use(*, key: str, user: User) -> bool:
    """Let ``user`` keep the entry, or ask an editor when the invitation went to an address that is not theirs.

    Gives whether the member keeps it from now on. Raises InvitationGoneError.
    """
    invitation = find(key)
    now = timezone.now()
    if not Invitation.objects.open().filter(pk=invitation.pk).update(used_at=now):  # another was faster
        raise InvitationGoneError
    if invitation.address.lower() in representatives.addresses_of(user):
        representatives.add(entry=invitation.entry, user=user, by=user)
        return True
    claims.ask(entry=invitation.entry, member=user, motive="Kreeg een uitnodiging op een ander e-mailadres.")
    return False


@transaction.atomic
def join(*, key: str, display_name: str, password: str) -> User:
    """Make an account for the invited address, which the link in the mail confirms, and use the invitation.

    An account that was begun with this address and never confirmed goes: nobody knows who began it. Raises
    InvitationGoneError, also when the address has an account.
    """
    invitation = find(key)
    if account_of(invitation):
        raise InvitationGoneError
    for begun in User.objects.unconfirmed().filter(email__iexact=invitation.address):
        begun.delete()
    user = User.objects.create_user(invitation.address, password, display_name=display_name)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    use(key=key, user=user)
    return user
