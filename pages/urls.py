"""Addresses of pages, and of things in pages/ that are no Wagtail page themselves."""

from django.urls import path, re_path

from pages import views

app_name = "pages"

urlpatterns = [
    path("organisaties/", views.organisations, name="organisations"),
    path("organisaties/<slug:slug>/", views.organisation, name="organisation"),
    re_path(r"^((?:[\w\-]+/)*)$", views.serve, name="page"),
]
