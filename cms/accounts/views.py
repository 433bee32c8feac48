"""The pages under /mijn/ that belong to the account itself."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from cms.accounts import own_data
from cms.accounts.erasing import LastAdministratorError, erase, is_last_administrator
from cms.accounts.forms import NameForm
from cms.models import User
from cms.requests import get_or_post


@login_required
@get_or_post
def my_page(request: HttpRequest) -> HttpResponse:
    """Everything about the own account in one place; the name is changed here itself."""
    # A form puts what was typed into its instance, and the menu shows request.user.
    form = NameForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Je naam is veranderd.")
        return redirect("my_page")
    return TemplateResponse(request, "account/my_page.html", {"form": form})


@login_required
@reauthentication_required
@require_safe
def download_own_data(request: HttpRequest) -> HttpResponse:
    """All that the platform keeps of who asks, as a file."""
    found = own_data.of(User.objects.get(pk=request.user.pk))
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return response


@login_required
@reauthentication_required
@get_or_post
def erase_account(request: HttpRequest) -> HttpResponse:
    """Say what happens when the account goes, and let it go on a press of the button."""
    account = User.objects.get(pk=request.user.pk)
    status = 200
    if request.method == "POST":
        try:
            erase(account)
        except LastAdministratorError:
            status = 403
        else:
            logout(request)
            return redirect("account_erased")
    context = {"is_last_administrator": is_last_administrator(account)}
    return TemplateResponse(request, "account/erase.html", context, status=status)


@require_safe
def account_erased(request: HttpRequest) -> HttpResponse:
    """A page of its own: a message would put a cookie in the browser of someone who just left."""
    return TemplateResponse(request, "account/erased.html")
