"""The pages under /mijn/ that belong to the account itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from cms.accounts.forms import NameForm
from cms.models import User


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_page(request: HttpRequest) -> HttpResponse:
    """Everything about the own account in one place; the name is changed here itself."""
    # A form puts what was typed into its instance, and the menu shows request.user.
    form = NameForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Je naam is veranderd.")
        return redirect("my_page")
    return TemplateResponse(request, "account/my_page.html", {"form": form})
