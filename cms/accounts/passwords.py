"""A new password on the way to somewhere: each step hands on where this person was going."""

from allauth.account import views


class PasswordResetView(views.PasswordResetView):
    """Next comes the mail, whatever the address of the form says; that is for after signing in."""

    def get_success_url(self) -> str:
        return str(self.passthrough_next_url(str(self.success_url)))


class PasswordResetFromKeyView(views.PasswordResetFromKeyView):
    """As above: who chose a new password still has to sign in with it."""

    def get_success_url(self) -> str:
        return str(self.passthrough_next_url(str(self.success_url)))
