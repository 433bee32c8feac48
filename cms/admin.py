"""What our own lists, reports and other pages in /beheer/ share."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.admin.filters import RelatedFieldListFilter
from django.db.models import Field, Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse_lazy
from wagtail.admin import messages
from wagtail.admin.auth import permission_required
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView, IndexView

from cms.models import User
from cms.uses import uses_of

BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def permitted(route: str, view: Callable[..., HttpResponse], permission: str, name: str) -> URLPattern:
    """An address for who has a permission."""
    return path(route, permission_required(permission)(view), name=name)


def heading(title: str, *, icon: str, above: tuple[str, str] | None = None, here: str = "") -> dict[str, Any]:
    """What Wagtail's own template of a page asks for its top.

    ``above`` is the label and the address of the page over it; ``here`` what the trail calls it, if not its title.
    """
    trail = [{"url": above[1], "label": above[0]}] if above else []
    return {
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "breadcrumbs_items": [*trail, {"url": "", "label": here or title}],
    }


def enumerated(words: Sequence[str]) -> str:
    """``a, b en c``."""
    return " en ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


class PermittedMenuItem(MenuItem):
    """An item for who has a permission."""

    def __init__(self, label: str, url_name: str, *, permission: str, icon: str, order: int = 1000) -> None:
        super().__init__(label, reverse_lazy(url_name), icon_name=icon, order=order)
        self.permission = permission

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(self.permission))


def harmless(text: str) -> str:
    """As a spreadsheet shows it and does not reckon with it."""
    return f"'{text}" if text.startswith(BEGINS_FORMULA) else text


class HarmlessExport:
    """For a view that gives a spreadsheet: no text in it begins as a formula does, whoever wrote it."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        given = super().preprocess_field_value(field, value, export_format)
        return harmless(given) if isinstance(given, str) else given


class ListView(HarmlessExport, IndexView):
    """A list as editors see it, search and take along."""


class DeleteUnusedView(DeleteView):
    """Deletes what nothing refers to; of anything else it says where it is used."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.check_action_permitted(request.user) and (uses := uses_of(self.instance)):
            messages.error(
                request,
                f"‘{self.instance}’ kan niet weg: het staat nog bij {enumerated(uses)}. Haal het daar eerst af.",
            )
            return redirect(self.edit_url)
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response


class RelatedFilter(RelatedFieldListFilter):
    """Its values stand in their own order; Django would ask its own admin, which this site does without."""

    def field_admin_ordering(self, field: Field[Any, Any], request: HttpRequest, model_admin: ModelAdmin) -> list[str]:
        return []


class ListAdmin(ModelAdmin):
    """A list as editors see it."""

    list_per_page = 50
    empty_value_display = "–"
    index_view_class = ListView
    index_view_extra_css = ["css/beheer.css"]


class OnlyListed(PermissionHelper):
    """What is seen in a list, and made and changed elsewhere."""

    def user_can_create(self, user: User) -> bool:
        return False

    def user_can_edit_obj(self, user: User, obj: Model) -> bool:
        return False

    def user_can_delete_obj(self, user: User, obj: Model) -> bool:
        return False


class LabelAdmin(ListAdmin):
    """A list of things that others refer to."""

    delete_view_class = DeleteUnusedView
