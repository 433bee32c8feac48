"""Sign-up, sign-in and passwords: allauth's views at Dutch addresses."""

from allauth.account import views
from django.urls import path

from cms.accounts.codes import CodeView
from cms.accounts.passwords import PasswordResetFromKeyView, PasswordResetView

urlpatterns = [
    path("registreren/", views.signup, name="account_signup"),
    path("inloggen/", views.login, name="account_login"),
    path("code/", CodeView.as_view(), name="account_confirm_login_code"),
    path("uitloggen/", views.logout, name="account_logout"),
    path("niet-actief/", views.account_inactive, name="account_inactive"),
    path("opnieuw-inloggen/", views.reauthenticate, name="account_reauthenticate"),
    path("e-mailadres/", views.email, name="account_email"),
    path("bevestig/", views.email_verification_sent, name="account_email_verification_sent"),
    path("bevestig/<str:key>/", views.confirm_email, name="account_confirm_email"),
    path("wachtwoord/", views.password_change, name="account_change_password"),
    path("wachtwoord/instellen/", views.password_set, name="account_set_password"),
    path("wachtwoord/vergeten/", PasswordResetView.as_view(), name="account_reset_password"),
    path("wachtwoord/vergeten/verstuurd/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "wachtwoord/nieuw/<str:uidb36>/<str:key>/",
        PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/nieuw/klaar/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
