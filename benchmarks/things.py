"""Rows in the database as the site would have made them, many at once: pages of several types, and topics."""

from collections.abc import Sequence
from itertools import islice
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.models import Post, Topic
from wagtail.models import Locale, Page

from benchmarks import generated
from cms.categories import Kind
from cms.models import Subject, User
from forum_integration import markup
from forum_integration.models import PostDetails, TopicDetails
from pages import models as pages
from search.documents import SearchDocument

BATCH = 200
PAGES: dict[str, tuple[type[Page], type[Page], str]] = {
    Kind.RESOURCE: (pages.ResourcePage, pages.KnowledgeIndexPage, pages.ResourcePage.ResourceKind.TOOL),
    Kind.NETWORK: (pages.NetworkPage, pages.NetworkIndexPage, pages.NetworkPage.NetworkKind.NETWORK),
    Kind.PARTNERSHIP: (
        pages.PartnershipPage,
        pages.PartnershipIndexPage,
        pages.PartnershipPage.PartnershipKind.ALLIANCE,
    ),
    Kind.RESEARCH_GROUP: (
        pages.ResearchGroupPage,
        pages.ResearchGroupIndexPage,
        pages.ResearchGroupPage.ResearchGroupKind.LECTORATE,
    ),
}


def fill(count: int) -> None:
    """Make this many things, past all signals: the outbox and the index do not hear of them."""
    made = generated.documents(count)
    with transaction.atomic():
        while documents := list(islice(made, BATCH)):
            for kind in PAGES:
                _add_pages(kind, [document for document in documents if document.kind == kind])
            _add_topics([document for document in documents if document.kind == Kind.TOPIC])


def _add_pages(kind: str, documents: Sequence[SearchDocument]) -> None:
    model, parent_model, choice = PAGES[kind]
    parent = parent_model._default_manager.get()
    is_entry = issubclass(model, pages.EntryPage)
    shared = {
        "content_type": ContentType.objects.get_for_model(model),
        "locale": Locale.get_default(),
        "first_published_at": timezone.now(),
        "depth": parent.depth + 1,
        "kind": choice,
    }
    things = []
    for step, document in enumerate(documents, start=parent.numchild + 1):
        slug = f"gemaakt-{document.id}"
        about = {"blurb": document.body} if is_entry else {"description": document.body}
        place = {"path": parent._get_path(parent.path, parent.depth + 1, step), "url_path": f"{parent.url_path}{slug}/"}
        things.append(model(title=document.title, draft_title=document.title, slug=slug, **place, **about, **shared))
    parents: list[Any] = [
        Page(
            **{
                field.attname: getattr(thing, field.attname)
                for field in Page._meta.concrete_fields
                if not field.primary_key
            }
        )
        for thing in things
    ]
    for thing, row in zip(things, Page.objects.bulk_create(parents), strict=True):
        thing.pk = thing.id = row.pk
        thing.page_ptr_id = row.pk
        if is_entry:
            thing.entrypage_ptr_id = row.pk
    for table in (pages.EntryPage, model) if is_entry else (model,):
        table._base_manager.all()._insert(things, fields=table._meta.local_concrete_fields, using="default")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(things))
    _label(model.subjects.through, [thing.pk for thing in things], documents)


def _add_topics(documents: Sequence[SearchDocument]) -> None:
    forum = Forum.objects.get(details__key="gesprekken")
    poster = User.objects.order_by("pk").first()
    said = {"approved": True, "poster": poster}
    topics = Topic.objects.bulk_create(
        Topic(
            forum=forum, subject=document.title, slug=f"gemaakt-{document.id}", posts_count=1,
            type=Topic.TOPIC_POST, status=Topic.TOPIC_UNLOCKED, last_post_on=timezone.now(), **said,
        )
        for document in documents
    )  # fmt: skip
    posts = Post.objects.bulk_create(
        Post(topic=topic, subject=topic.subject, content=document.body, enable_signature=False, **said)
        for topic, document in zip(topics, documents, strict=True)
    )
    PostDetails.objects.bulk_create(PostDetails(post=post, markup_version=markup.VERSION) for post in posts)
    for topic, post in zip(topics, posts, strict=True):
        topic.first_post = topic.last_post = post
    Topic.objects.bulk_update(topics, ["first_post", "last_post"])
    TopicDetails.objects.bulk_create(TopicDetails(topic=topic) for topic in topics)
    _label(TopicDetails.subjects.through, [topic.pk for topic in topics], documents)


def _label(through: Any, pks: Sequence[int], documents: Sequence[SearchDocument]) -> None:
    """Give each thing as many of the site's subjects as the document has."""
    subjects = list(Subject.objects.values_list("pk", flat=True))
    owner = next(field.attname for field in through._meta.fields if field.is_relation and field.name != "subject")
    numbers = [[int(slug.rpartition("-")[2]) for slug in document.subjects] for document in documents]
    through.objects.bulk_create(
        through(**{owner: pk, "subject_id": subjects[number % len(subjects)]})
        for pk, some in zip(pks, numbers, strict=True)
        for number in some
    )
