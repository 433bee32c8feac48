"""What a member keeps, below /mijn/."""

from django.urls import path

from pages.correcting import views as correcting
from pages.currency import views as currency
from pages.representing import activity_views, logo_views, text_views, views

urlpatterns = [
    path("paginas/", views.kept_entries, name="kept_entries"),
    path("paginas/<int:pk>/", text_views.keep_entry, name="keep_entry"),
    path("paginas/klopt-nog/<str:token>/", currency.confirm_by_link, name="confirm_by_link"),
    path("paginas/aanpassen/<str:token>/", currency.change_by_link, name="change_by_link"),
    path("paginas/<int:pk>/klopt-nog/", currency.confirm, name="confirm_entry"),
    path("paginas/<int:pk>/logo/", logo_views.send_logo, name="send_logo"),
    path("paginas/<int:pk>/activiteiten/", activity_views.own_activities, name="own_activities"),
    path("paginas/<int:pk>/activiteiten/nieuw/", activity_views.propose_activity, name="propose_activity"),
    path("paginas/<int:pk>/activiteiten/<int:activity>/", activity_views.change_activity, name="change_activity"),
    path(
        "paginas/<int:pk>/activiteiten/<int:activity>/intrekken/",
        activity_views.withdraw_activity,
        name="withdraw_activity",
    ),
    path("paginas/<int:pk>/voorbeeld/", text_views.preview_entry, name="preview_entry"),
    path("paginas/<int:pk>/geschiedenis/", text_views.history, name="entry_history"),
    path("paginas/<int:pk>/geschiedenis/<int:revision>/", text_views.version, name="entry_version"),
    path("paginas/<int:pk>/correcties/", correcting.corrections_of_entry, name="corrections_of_entry"),
    path("paginas/<int:pk>/correcties/<int:correction>/", correcting.decide, name="decide_correction"),
    path("paginas/<int:pk>/bericht/", text_views.add_note, name="entry_note"),
    path("paginas/<int:pk>/aanvragen/", views.claim, name="claim_entry"),
    path("paginas/<int:pk>/stoppen/", views.stop, name="stop_keeping"),
    path("paginas/<int:pk>/overdragen/<int:other>/", views.hand_over, name="hand_over_entry"),
    path("uitnodiging/<str:key>/", views.invitation, name="invitation"),
]
