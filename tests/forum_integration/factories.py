"""Topics and answers for tests, made by the same verbs as those of the site."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from forum_integration import uploads
from forum_integration.rights import ForumRights
from forum_integration.services import writing

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_topic(forum, by, *, title="Hoe doen jullie dat?", text="Vertel eens.", **more):
    return writing.start_topic(forum=forum, by=ForumRights(by), title=title, text=text, **more)


def make_reply(topic, by, *, text="Zo doen wij dat.", **more):
    return writing.reply(topic=topic, by=ForumRights(by), text=text, **more)


def pdf(name="verslag.pdf", *, size=0, content_type="application/pdf"):
    """A PDF as a browser sends it, padded to ``size`` bytes."""
    return SimpleUploadedFile(name, PDF + b" " * max(size - len(PDF), 0), content_type)


def checked_pdf(name="verslag.pdf"):
    return uploads.check(pdf(name))


def office_file(parts):
    """The bytes of an archive with these parts."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return archive.getvalue()


def topic_address(name, topic, *, forum=None):
    """The address of something about a topic; with another ``forum`` the address lies."""
    forum = forum or topic.forum
    if name in {"topic", "topic_update"}:
        return reverse(f"forum_conversation:{name}", args=[forum.slug, forum.pk, topic.slug, topic.pk])
    if name.startswith("topic_"):
        return reverse(f"forum_moderation:{name}", args=[topic.slug, topic.pk])
    return reverse(f"forum_conversation:{name}", args=[forum.slug, forum.pk, topic.slug, topic.pk])


def post_address(name, post, *, forum=None, topic=None):
    topic = topic or post.topic
    forum = forum or topic.forum
    return reverse(f"forum_conversation:{name}", args=[forum.slug, forum.pk, topic.slug, topic.pk, post.pk])
