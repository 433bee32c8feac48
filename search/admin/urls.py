from cms.admin import permitted
from search.admin import explain, reports, state

app_name = "search_admin"

TELLS_SEARCHES, TELLS_INDEX, CHANGES_INDEX = "search.view_searchedtext", "search.view_indexwork", "search.rebuild_index"

PERMISSIONS = (TELLS_SEARCHES, TELLS_INDEX, CHANGES_INDEX)


urlpatterns = [
    permitted("gezocht/", reports.SearchedView.as_view(), TELLS_SEARCHES, "searched"),
    permitted(
        "gezocht/resultaten/", reports.SearchedView.as_view(results_only=True), TELLS_SEARCHES, "searched_results"
    ),
    permitted("vergeefs/", reports.SearchedInVainView.as_view(), TELLS_SEARCHES, "searched_in_vain"),
    permitted(
        "vergeefs/resultaten/",
        reports.SearchedInVainView.as_view(results_only=True),
        TELLS_SEARCHES,
        "searched_in_vain_results",
    ),
    permitted("hielp/", reports.HelpedView.as_view(), TELLS_SEARCHES, "helped"),
    permitted("hielp/resultaten/", reports.HelpedView.as_view(results_only=True), TELLS_SEARCHES, "helped_results"),
    permitted("waarom/", explain.ExplainView.as_view(), TELLS_SEARCHES, "explain"),
    permitted("index/", state.IndexStateView.as_view(), TELLS_INDEX, "index_state"),
    permitted("index/voortgang/", state.progress, TELLS_INDEX, "index_progress"),
    permitted("index/opbouwen/", state.rebuild, CHANGES_INDEX, "rebuild"),
    permitted("index/terug/", state.roll_back, CHANGES_INDEX, "roll_back"),
    permitted("index/opnieuw/", state.try_again, CHANGES_INDEX, "try_again"),
]
