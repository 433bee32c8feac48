"""People with an account, for tests."""

from allauth.account.models import EmailAddress

from cms.models import User

PASSWORD = "een goed wachtwoord"
NEW_PASSWORD = "nog een beter wachtwoord"


def member(email="lid@example.org", *, display_name="Lid", **fields):
    """Someone whose address is confirmed."""
    user = User.objects.create_user(email, PASSWORD, display_name=display_name, **fields)
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user
