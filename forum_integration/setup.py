"""Making the forums and their rights as roles.py describes them; a second run changes nothing."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from machina.apps.forum.models import Forum
from machina.apps.forum_permission.models import ForumPermission, GroupForumPermission, UserForumPermission

from cms.models import User
from forum_integration import roles
from forum_integration.models import ForumDetails


@transaction.atomic
def ensure_forums() -> dict[str, Forum]:
    """Make the forums that are missing and set the rights in all of them; forums by their key.

    What an administrator renamed or moved stays so; rights that roles.py does not name are left alone.
    """
    forums = {details.key: details.forum for details in ForumDetails.objects.select_related("forum")}
    for spec in roles.FORUMS:
        if spec.key not in forums:
            forum = Forum.objects.create(name=spec.name, type=Forum.FORUM_POST, description=spec.description)
            forum.details.key, forum.details.topic_kind = spec.key, spec.topic_kind
            forum.details.save()
            forums[spec.key] = forum
    codenames = dict(ForumPermission.objects.values_list("codename", "pk"))
    for audience, rights in _wanted_rights().items():
        wanted = {(forums[key].pk if key else None, codenames[codename]): granted for key, codename, granted in rights}
        _set_rights(audience, wanted)
    return forums


def _wanted_rights() -> Mapping[str, list[tuple[str, str, bool]]]:
    """(key of the forum or nothing for all, codename, given or withheld) of each audience."""
    wanted: dict[str, list[tuple[str, str, bool]]] = defaultdict(list)
    for audience, codenames in roles.EVERYWHERE.items():
        wanted[audience] += [("", codename, True) for codename in codenames]
    for spec in roles.FORUMS:
        if spec.starters:
            wanted[roles.MEMBERS].append((spec.key, "can_start_new_topics", False))
            for group in spec.starters:
                wanted[group].append((spec.key, "can_start_new_topics", True))
    return wanted


def _set_rights(audience: str, wanted: Mapping[tuple[int | None, int], bool]) -> None:
    """Bring the rows of one audience in line; ``wanted`` says of (forum, permission) whether it is given."""
    model: type[UserForumPermission | GroupForumPermission] = UserForumPermission
    whom: dict[str, Any] = {"user": None, "anonymous_user": audience == roles.VISITORS}
    if audience not in {roles.VISITORS, roles.MEMBERS}:
        model, whom = GroupForumPermission, {"group": Group.objects.get_or_create(name=audience)[0]}
    there = {(row.forum_id, row.permission_id): row for row in model.objects.filter(**whom)}
    if model is UserForumPermission:
        whom["authenticated_user"] = audience == roles.MEMBERS
    for (forum_id, permission_id), granted in wanted.items():
        row = there.get((forum_id, permission_id)) or model(forum_id=forum_id, permission_id=permission_id, **whom)
        if row.pk is None or row.has_perm != granted:
            row.has_perm = granted
            row.save()


def establish(user: User) -> None:
    """Let what this member writes stand there at once, from now on; every first approved post does this."""
    permission = ForumPermission.objects.get(codename=roles.ESTABLISHED)
    UserForumPermission.objects.get_or_create(user=user, permission=permission, forum=None)
