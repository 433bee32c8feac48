"""The member's choices about mail, below /mijn/mail/."""

from django.urls import path

from forum_integration.views import mail

urlpatterns = [
    path("", mail.preferences, name="mail_preferences"),
    path("afmelden/<str:token>/", mail.unsubscribe, name="unsubscribe"),
]
