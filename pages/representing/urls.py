"""What a member keeps, below /mijn/."""

from django.urls import path

from pages.representing import views

urlpatterns = [
    path("paginas/", views.kept_entries, name="kept_entries"),
    path("paginas/<int:pk>/aanvragen/", views.claim, name="claim_entry"),
    path("paginas/<int:pk>/stoppen/", views.stop, name="stop_keeping"),
    path("paginas/<int:pk>/overdragen/<int:other>/", views.hand_over, name="hand_over_entry"),
    path("uitnodiging/<str:key>/", views.invitation, name="invitation"),
]
