from django.urls import path

from search import views

app_name = "search"

urlpatterns = [
    path("zoeken/", views.results, name="search"),
    path("zoeken/suggesties/", views.suggestions, name="suggestions"),
    path("zoeken/bij-je-vraag/", views.asked_before, name="asked_before"),
    path("zoeken/dit-helpt/", views.helped, name="helped"),
    path("api/zoeken/", views.api, name="api"),
    path("onderwerpen/", views.wegwijzer, name="wegwijzer"),
    path("onderwerpen/<slug:slug>/", views.subject, name="subject"),
]
