"""Addresses of things in pages/ that are not Wagtail pages themselves."""

from django.urls import path

from pages import views

app_name = "pages"

urlpatterns = [
    path("organisaties/", views.organisations, name="organisations"),
    path("organisaties/<slug:slug>/", views.organisation, name="organisation"),
]
