"""The form for what a member tells others."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cms.requests import get_or_post
from forum_integration.models import Profile
from forum_integration.profile_forms import PublicProfileForm


@get_or_post
@login_required
def edit_profile(request: HttpRequest) -> HttpResponse:
    profile = Profile.objects.of(request.user.pk)
    form = PublicProfileForm(request.POST if request.method == "POST" else None, instance=profile)
    if form.is_valid():
        form.save()
        messages.success(request, "Je profiel is bewaard.")
        return redirect("edit_profile")
    context = {"form": form, "subjects": profile.expertise.all()}
    return TemplateResponse(request, "forum_member/edit_profile.html", context)
