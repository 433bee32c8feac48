from cms.admin import permitted
from cms.link_radar.admin import views
from cms.link_radar.admin.reports import LinksView

app_name = "link_radar"

SEES_LINKS, MENDS_LINKS = "cms.view_checkedlink", "cms.change_checkedlink"


urlpatterns = [
    permitted("", LinksView.as_view(), SEES_LINKS, "links"),
    permitted("resultaten/", LinksView.as_view(results_only=True), SEES_LINKS, "links_results"),
    permitted("<int:pk>/", views.link, SEES_LINKS, "link"),
    permitted("<int:pk>/vervangen/", views.replace, MENDS_LINKS, "replace"),
    permitted("<int:pk>/klopt/", views.ignore, MENDS_LINKS, "ignore"),
    permitted("<int:pk>/nu/", views.check_now, MENDS_LINKS, "check_now"),
]
