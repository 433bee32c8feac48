"""The events after which the index may no longer be right; each one writes to the outbox."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_save, pre_delete, pre_save
from wagtail.models import PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from cms.categories import Kind
from cms.models import Organisation, Region, Sector, SubjectTerm, User
from forum_integration.receivers import topics_changed
from forum_integration.topics import Topic
from pages.models import EntryName, EntryPerson, Succession
from search import dependents, outbox, sources
from search.documents import document_id

PARTS: dict[type[Model], str] = {EntryName: "entry", EntryPerson: "entry", Succession: "predecessor"}
ALSO: tuple[type[Model], ...] = (PageViewRestriction, Region, Sector, SubjectTerm)


def connect() -> None:
    for model in (*sources.BY_MODEL, *ALSO):
        post_save.connect(remember, sender=model)
        # Before the deletion, while what the thing reaches can still be read.
        pre_delete.connect(remember, sender=model)
    for part in PARTS:
        post_save.connect(remember_whole, sender=part)
        pre_delete.connect(remember_whole, sender=part)
    for field in Organisation._meta.many_to_many:
        m2m_changed.connect(remember, sender=field.remote_field.through)
    for signal in (page_published, page_unpublished):
        signal.connect(remember)
    for signal in (post_page_move, page_slug_changed):
        signal.connect(remember_branch)
    topics_changed.connect(remember_topics)
    post_save.connect(remember_name, sender=User)
    # By name, since only forum_integration imports machina.
    pre_save.connect(notice_new_place, sender="forum.Forum")
    post_save.connect(remember_forum, sender="forum.Forum")


def remember(instance: Model, **kwargs: Any) -> None:
    outbox.remember(instance)


def remember_name(instance: User, update_fields: Collection[str] | None = None, **kwargs: Any) -> None:
    """Signing in saves a user too, and changes nothing that can be found."""
    if update_fields is None or "display_name" in update_fields:
        outbox.remember(instance)


def remember_whole(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    outbox.remember(getattr(instance, PARTS[sender]))


def remember_branch(instance: Any, **kwargs: Any) -> None:
    outbox.remember_ids(dependents.branch(instance))


def notice_new_place(instance: Any, **kwargs: Any) -> None:
    """A forum is saved at every post; only another place, kind or address changes who finds its topics, and where."""
    before = type(instance)._default_manager.filter(pk=instance.pk).values_list("parent_id", "type", "slug").first()
    instance.has_new_place = before is not None and before != (instance.parent_id, instance.type, instance.slug)


def remember_forum(instance: Any, **kwargs: Any) -> None:
    if getattr(instance, "has_new_place", False):
        below = instance.get_descendants(include_self=True)
        remember_topics(Topic.objects.filter(forum__in=below).values_list("pk", flat=True))


def remember_topics(topic_ids: Iterable[int], **kwargs: Any) -> None:
    outbox.remember_ids(document_id(Kind.TOPIC, pk) for pk in topic_ids)
