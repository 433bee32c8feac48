"""Where readers say that something in an entry is wrong."""

from django.urls import path

from pages.correcting import views

urlpatterns = [
    path("<int:pk>/", views.report_error, name="report_error"),
    path("<int:pk>/bedankt/", views.error_reported, name="error_reported"),
]
