"""The rows of ours that belong to machina's, and the word to whoever follows topics.

``topics_changed`` is sent inside the transaction, with ``topic_ids``, whenever what a visitor can read of these topics
may have changed: a topic or post was made, approved, edited, moved, locked or deleted, an answer was
accepted, or rights in a forum changed.
"""

from collections.abc import Collection
from typing import Any

from allauth.account.signals import user_signed_up
from allauth.account.utils import get_next_redirect_url
from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from django.dispatch import Signal, receiver
from django.http import HttpRequest
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic
from machina.apps.forum_permission.models import UserForumPermission
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from cms.accounts.erasing import erasing
from cms.models import User
from forum_integration import markup, mentions
from forum_integration.models import Attachment, ForumDetails, PostDetails, Question, TopicDetails, UnsentFile
from forum_integration.models.attachments import KeptFile
from forum_integration.services import members, news, questions, successions, unsent
from pages.lifecycle.signals import in_force, undone
from pages.models import EntryPage, LifecycleAct

topics_changed = Signal()


@receiver(post_save, sender=Forum)
def keep_forum_details(instance: Forum, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        ForumDetails.objects.get_or_create(forum=instance, defaults={"key": f"forum-{instance.pk}"})


@receiver(post_save, sender=Topic)
def keep_topic_details(instance: Topic, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if created and not raw:
        kind = ForumDetails.objects.values_list("topic_kind", flat=True).get(forum=instance.forum_id)
        TopicDetails.objects.get_or_create(topic=instance, defaults={"kind": kind})


@receiver(post_save, sender=Post)
def keep_post_details(instance: Post, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        details, _ = PostDetails.objects.update_or_create(post=instance, defaults={"markup_version": markup.VERSION})
        details.post = instance
        news.announce_post(details)


@receiver(post_save, sender=TopicDetails)
def keep_question(instance: TopicDetails, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        questions.keep_row(instance)


@receiver(post_save, sender=PostDetails)
def tell_question_of_post(instance: PostDetails, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        questions.refresh(instance.post.topic_id)


@receiver(post_delete, sender=Post)
def tell_question_of_deletion(instance: Post, **kwargs: Any) -> None:
    questions.refresh(instance.topic_id)


@receiver(post_save, sender=User)
def keep_handle(instance: User, update_fields: Collection[str] | None = None, raw: bool = False, **kwargs: Any) -> None:
    if not raw and (update_fields is None or "display_name" in update_fields):
        mentions.keep_handle(instance)


@receiver(page_published)
def tell_of_entry(instance: Page, revision: Revision | None = None, **kwargs: Any) -> None:
    if isinstance(instance, EntryPage):
        news.announce_entry(instance, by=revision.user_id if revision else None)


@receiver(in_force)
def bring_followers_along(act: LifecycleAct, **kwargs: Any) -> None:
    successions.bring_along(act)


@receiver(undone)
def bring_followers_back(act: LifecycleAct, **kwargs: Any) -> None:
    successions.bring_back(act)


@receiver(post_delete, sender=Attachment)
@receiver(post_delete, sender=UnsentFile)
def remove_file(instance: KeptFile, **kwargs: Any) -> None:
    transaction.on_commit(lambda: instance.file.storage.delete(str(instance.file.name)))


@receiver(user_signed_up)
def give_what_was_written(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Who signs up to send something finds it on any device."""
    onward = get_next_redirect_url(request)
    if topic := unsent.unsent_at(onward or ""):
        unsent.give(topic, user)


@receiver(erasing)
def let_go_of_posts(user: User, **kwargs: Any) -> None:
    topics = members.let_go(user)
    topics_changed.send(Topic, topic_ids=topics)


@receiver(pre_delete, sender=User)
def keep_threads(instance: User, **kwargs: Any) -> None:
    """Machina's tables would take along every thread that somebody started, with the answers of all others."""
    if written := {*Topic.objects.filter(poster=instance)[:1], *Post.objects.filter(poster=instance)[:1]}:
        raise ProtectedError("Delete users by User.delete() or User.objects: these let go of what was written", written)


@receiver([post_save, post_delete], sender=Topic)
def tell_of_topic(instance: Topic, **kwargs: Any) -> None:
    topics_changed.send(Topic, topic_ids=[instance.pk])


@receiver([post_save, post_delete], sender=Post)
def tell_of_post(instance: Post, **kwargs: Any) -> None:
    topics_changed.send(Topic, topic_ids=[instance.topic_id])


@receiver(post_save, sender=Question)
def tell_of_question(instance: Question, **kwargs: Any) -> None:
    topics_changed.send(Topic, topic_ids=[instance.pk])


@receiver(m2m_changed, sender=TopicDetails.subjects.through)
@receiver(m2m_changed, sender=TopicDetails.sectors.through)
def tell_of_labels(instance: TopicDetails, action: str, reverse: bool, **kwargs: Any) -> None:
    if action.startswith("post_") and not reverse:
        topics_changed.send(Topic, topic_ids=[instance.pk])


@receiver([post_save, post_delete], sender=UserForumPermission)
def tell_of_rights(instance: UserForumPermission, **kwargs: Any) -> None:
    if instance.anonymous_user:
        topics = Topic.objects.filter(forum=instance.forum_id) if instance.forum_id else Topic.objects.all()
        topics_changed.send(Topic, topic_ids=list(topics.values_list("pk", flat=True)))
