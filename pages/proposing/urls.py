"""Where somebody proposes what should stand on the site too."""

from django.urls import path

from pages.proposing import views

urlpatterns = [
    path("", views.propose, name="propose_entry"),
    path("lijkt-op/", views.look_alikes, name="look_alikes"),
    path("<str:key>/", views.unsent_proposal, name="unsent_proposal"),
]
