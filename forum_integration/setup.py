"""Making the forums and their rights as roles.py describes them; a second run changes nothing."""

from collections.abc import Iterator

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
            ForumDetails.objects.filter(forum=forum).update(key=spec.key, topic_kind=spec.topic_kind)
            forums[spec.key] = forum
    for audience, forum_key, codename, granted in _wanted_rights():
        _set_right(audience, codename, forums[forum_key] if forum_key else None, granted=granted)
    return forums


def _wanted_rights() -> Iterator[tuple[str, str, str, bool]]:
    """(whom, key of the forum or nothing for all, codename, given or withheld)"""
    for audience, codenames in roles.EVERYWHERE.items():
        for codename in codenames:
            yield audience, "", codename, True
    for spec in roles.FORUMS:
        if spec.starters:
            yield roles.MEMBERS, spec.key, "can_start_new_topics", False
            for group in spec.starters:
                yield group, spec.key, "can_start_new_topics", True


def _set_right(audience: str, codename: str, forum: Forum | None, *, granted: bool) -> None:
    right = {"permission": ForumPermission.objects.get(codename=codename), "forum": forum}
    if audience in {roles.VISITORS, roles.MEMBERS}:
        whom = {"anonymous_user": audience == roles.VISITORS, "authenticated_user": audience == roles.MEMBERS}
        found, made = UserForumPermission.objects.get_or_create(
            **right, **whom, user=None, defaults={"has_perm": granted}
        )
    else:
        group, _ = Group.objects.get_or_create(name=audience)
        found, made = GroupForumPermission.objects.get_or_create(**right, group=group, defaults={"has_perm": granted})
    if not made and found.has_perm != granted:
        found.has_perm = granted
        found.save(update_fields=["has_perm"])


def establish(user: User) -> None:
    """Let what this member writes stand there at once, from now on; every first approved post does this."""
    permission = ForumPermission.objects.get(codename=roles.ESTABLISHED)
    UserForumPermission.objects.get_or_create(user=user, permission=permission, forum=None)
