"""Editors and what they may do in the admin: data that is brought up to date, never guessed at elsewhere."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from django.db.models import QuerySet
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from cms.models import User
from pages.models import HomePage

EDITORS = "Redacteuren"
WAGTAILS_OWN_GROUPS = ["Moderators", "Editors"]

APPS = [
    *("cms", "pages", "wagtailadmin", "wagtailcore", "wagtaildocs", "wagtailimages", "wagtailredirects"),
    *("search", "wagtailsearchpromotions"),
]

PAGE_RIGHTS = ["add_page", "change_page", "publish_page", "bulk_delete_page"]
COLLECTION_RIGHTS = [
    f"{action}_{model}" for model in ("image", "document") for action in ("add", "change", "delete", "choose")
]
MODEL_RIGHTS = [
    "access_admin",
    *("view_searchedtext", "view_indexwork", "rebuild_index", "view_representation", "view_claim"),
    *("change_submission", "view_checkedlink", "change_checkedlink", "add_lifecycleact"),
    *(
        f"{action}_{model}"
        for model in ("subject", "sector", "region", "organisation", "criterion", "redirect", "searchpromotion")
        for action in ("add", "change", "delete", "view")
    ),
]


def editors() -> QuerySet[User]:
    """Everyone who is an editor now."""
    return User.objects.filter(groups__name=EDITORS, is_active=True)


def _permissions(codenames: Iterable[str]) -> list[Permission]:
    wanted = set(codenames)
    found = list(Permission.objects.filter(codename__in=wanted, content_type__app_label__in=APPS))
    if missing := wanted - {permission.codename for permission in found}:
        raise Permission.DoesNotExist(", ".join(sorted(missing)))
    return found


def sync_editors(home: Page) -> Group:
    """The group of editors, with its rights over pages, images, documents and labels; it replaces Wagtail's two.

    Also in the workflow that Wagtail made for those: a step that is nobody's is for editors.
    """
    Group.objects.filter(name__in=WAGTAILS_OWN_GROUPS, user__isnull=True).delete()
    group, _created = Group.objects.get_or_create(name=EDITORS)
    for permission in _permissions(PAGE_RIGHTS):
        GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
    for permission in _permissions(COLLECTION_RIGHTS):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    group.permissions.add(*_permissions(MODEL_RIGHTS))
    for task in GroupApprovalTask.objects.filter(groups=None):
        task.groups.add(group)
    return group


def sync_after_migrating(using: str, **_signal: object) -> None:
    """Give the editors of a site that is brought up to date what they may do in the new version."""
    migrations = MigrationExecutor(connections[using])
    is_whole = not migrations.migration_plan(migrations.loader.graph.leaf_nodes())
    if is_whole and (home := HomePage.objects.first()):
        sync_editors(home)
