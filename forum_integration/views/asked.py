"""The questions that were put to a member, and whether more may come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from cms.requests import get_or_post
from forum_integration.asked_forms import ProfileForm
from forum_integration.models import Profile
from forum_integration.rights import rights_of
from forum_integration.topics import summaries, visible_topics

LATEST = 20


@get_or_post
@login_required
def put_to_me(request: HttpRequest) -> HttpResponse:
    profile = Profile.objects.of(request.user.pk)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=profile)
    if form.is_valid():
        form.save()
        messages.success(request, "Je keuze is bewaard.")
        return redirect("put_to_me")
    asked = visible_topics(rights_of(request)).filter(approved=True, question__referrals__member=request.user.pk)
    context = {"form": form, "topics": summaries(asked.order_by("-question__referrals__asked_on")[:LATEST])}
    return TemplateResponse(request, "forum_member/put_to_me.html", context)
