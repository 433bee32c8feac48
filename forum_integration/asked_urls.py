"""What a member is asked, below /mijn/vragen/."""

from django.urls import path

from forum_integration.views import asked

urlpatterns = [path("", asked.put_to_me, name="put_to_me")]
