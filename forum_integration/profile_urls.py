"""What a member tells others, below /mijn/profiel/."""

from django.urls import path

from forum_integration.views import profiles

urlpatterns = [path("", profiles.edit_profile, name="edit_profile")]
