"""The list "Te doen" on the home of /beheer/."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.forms import Media
from django.http import HttpRequest
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel

from cms import todo
from cms.requests import member_of

WAGTAILS_OWN = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel)
"""They tell a part of the same once more, with some queries for every line."""


class TodoPanel(Component):
    """Everything that waits, or one kind of it (``?soort=``), or what the reader took up (``?van=mij``)."""

    name = "todo"
    template_name = "admin/todo.html"
    order = 100

    @property
    def media(self) -> Media:
        return Media(css={"all": ["css/beheer.css"]})

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request: HttpRequest = parent_context["request"]
        own = request.GET.get("van") == "mij"
        sorts = todo.waiting_for(member_of(request), own=own)
        chosen = sorts.get(request.GET.get("soort", ""))
        shown = [chosen] if chosen else list(sorts.values())
        found = sorted((one for sort in shown for one in sort.todos), key=lambda one: one.since)
        return {
            "todos": found[: todo.MOST],
            "number": sum(sort.number for sort in shown),
            "own": own,
            "chosen": chosen,
            "kinds": [
                {"label": "Alles", "number": sum(sort.number for sort in sorts.values()), **_link("", own, not chosen)},
                *(
                    {"label": sort.source.label, "number": sort.number, **_link(key, own, sort is chosen)}
                    for key, sort in sorts.items()
                    if sort.number or sort is chosen
                ),
            ],
            "owners": [
                {"label": "Van iedereen", **_link(chosen.source.key if chosen else "", False, not own)},
                {"label": "Wat ik oppakte", **_link("", True, own)},
            ],
        }


def _link(kind: str, own: bool, is_current: bool) -> dict[str, Any]:
    """Where a filter leads, and whether it is the one that is shown."""
    chosen = {name: value for name, value in {"soort": kind, "van": "mij" if own else ""}.items() if value}
    return {"url": f"?{urlencode(chosen)}", "is_current": is_current}


def put_first(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [panel for panel in panels if not isinstance(panel, WAGTAILS_OWN)]
    panels.append(TodoPanel())
