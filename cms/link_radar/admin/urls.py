from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path
from wagtail.admin.auth import permission_required

from cms.link_radar.admin import views
from cms.link_radar.admin.reports import LinksView

app_name = "link_radar"

SEES_LINKS, MENDS_LINKS = "cms.view_checkedlink", "cms.change_checkedlink"


def permitted(route: str, view: Callable[..., HttpResponse], permission: str, name: str) -> URLPattern:
    return path(route, permission_required(permission)(view), name=name)


urlpatterns = [
    permitted("", LinksView.as_view(), SEES_LINKS, "links"),
    permitted("resultaten/", LinksView.as_view(results_only=True), SEES_LINKS, "links_results"),
    permitted("<int:pk>/", views.link, SEES_LINKS, "link"),
    permitted("<int:pk>/vervangen/", views.replace, MENDS_LINKS, "replace"),
    permitted("<int:pk>/klopt/", views.ignore, MENDS_LINKS, "ignore"),
    permitted("<int:pk>/nu/", views.check_now, MENDS_LINKS, "check_now"),
]
