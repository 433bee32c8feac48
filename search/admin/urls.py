from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path
from wagtail.admin.auth import permission_required

from search.admin import state

app_name = "search_admin"

TELLS_INDEX, CHANGES_INDEX = "search.view_indexwork", "search.rebuild_index"


def permitted(route: str, view: Callable[..., HttpResponse], permission: str, name: str) -> URLPattern:
    return path(route, permission_required(permission)(view), name=name)


urlpatterns = [
    permitted("index/", state.IndexStateView.as_view(), TELLS_INDEX, "index_state"),
    permitted("index/voortgang/", state.progress, TELLS_INDEX, "index_progress"),
    permitted("index/opbouwen/", state.rebuild, CHANGES_INDEX, "rebuild"),
    permitted("index/terug/", state.roll_back, CHANGES_INDEX, "roll_back"),
    permitted("index/opnieuw/", state.try_again, CHANGES_INDEX, "try_again"),
]
