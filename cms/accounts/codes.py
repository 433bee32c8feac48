"""Signing in with a code that is sent by mail, for who followed a link out of a mail to one place of the site.

The code works in the browser that asked for it, for a quarter of an hour, and goes after three wrong guesses. Who
speaks for the platform gets none: a mailbox alone opens no door to /beheer/.
"""

from typing import Any

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.views import ConfirmLoginCodeView
from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from cms.models import User

ACTION = "request_login_code"


def may_use_code(user: User) -> bool:
    return user.is_active and not user.is_staff_member


def send_code(request: HttpRequest, user: User, *, onward: str) -> HttpResponse:
    """Mail a code to ``user``, and ask for it; with it this browser goes ``onward`` and nowhere else."""
    if not ratelimit.consume(request, action=ACTION, key=user.email.lower()):
        return ratelimit.respond_429(request)
    process = LoginCodeVerificationProcess.initiate(request=request, user=user, email=user.email)
    process.state["onward"] = onward
    process.persist()
    return HttpResponseRedirect(reverse("account_confirm_login_code"))


class CodeView(ConfirmLoginCodeView):
    """Asks for the code. What ended it, age or wrong guesses or use, is nobody's business."""

    template_name = "account/code.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().dispatch(request, *args, **kwargs)
        if getattr(response, "url", "") == reverse("account_login"):
            return code_gone(request)
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Asked again: somebody may have begun to speak for the platform since the code was sent."""
        user = self._process.user
        if not isinstance(user, User) or not may_use_code(user):
            self._process.abort()
            return code_gone(self.request)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        if self._process.record_invalid_attempt():
            return self.render_to_response(self.get_context_data(form=form))
        return code_gone(self.request)

    def get_next_url(self) -> str:
        """Fixed when the code was sent, whatever the address says now."""
        return str(self._process.state["onward"])


@never_cache
def code_gone(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "account/code_gone.html", status=410)
