"""Addresses of pages, and of things in pages/ that are no Wagtail page themselves."""

from django.urls import path, re_path
from django.views.decorators.http import require_safe

from pages import calendar, feeds, people, views
from pages.representing import logo_views

app_name = "pages"

urlpatterns = [
    path("agenda.ics", calendar.agenda, name="calendar"),
    path("logo/<int:pk>/", logo_views.logo, name="logo"),
    path("mensen/", people.people, name="people"),
    re_path(rf"^(?P<category>{'|'.join(feeds.CATEGORIES)})/feed/$", require_safe(feeds.NewEntries()), name="feed"),
    path("organisaties/", views.organisations, name="organisations"),
    path("organisaties/<slug:slug>/", views.organisation, name="organisation"),
    re_path(r"^((?:[\w\-]+/)*)$", views.serve, name="page"),
]
