"""What members write to each other, below /mijn/berichten/."""

from django.urls import path

from forum_integration.views import correspondence

urlpatterns = [
    path("", correspondence.correspondents, name="correspondents"),
    path("<int:pk>/", correspondence.correspondence, name="correspondence"),
    path("<int:pk>/weiger/", correspondence.refuse, {"refuses": True}, name="refuse_messages"),
    path("<int:pk>/weiger-niet/", correspondence.refuse, {"refuses": False}, name="take_messages"),
    path("bericht/<int:pk>/meld/", correspondence.report, name="report_message"),
]
