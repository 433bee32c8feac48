"""The addresses elsewhere in accepted answers, for the link radar: what the site itself holds up as right."""

from collections.abc import Iterator
from typing import Any

from machina.apps.forum_conversation.models import Post

from cms.link_radar.sources import Use
from cms.link_radar.texts import addresses_in, replaced_in_markdown
from cms.models import User
from forum_integration.models import Question
from forum_integration.rights import ForumRights, rights_of_a_visitor
from forum_integration.services.writing import edit_post
from forum_integration.topics import topic_url, visible_topics

name = "antwoord"
BATCH = 200
REASON = "Een link kreeg een nieuw adres."


def uses() -> Iterator[Use]:
    readable = visible_topics(rights_of_a_visitor())
    accepted = Question.objects.filter(topic__in=readable, accepted_answer__approved=True)
    for question in accepted.select_related("topic__forum", "accepted_answer").iterator(chunk_size=BATCH):
        post: Any = question.accepted_answer
        for url in addresses_in(str(post.content.rendered)):
            path = f"{topic_url(question.topic)}?bericht={post.pk}#bericht-{post.pk}"
            yield Use(url, post.pk, question.topic.subject, "geaccepteerd antwoord", path)


def replace(old: str, new: str, thing: int, *, by: User) -> bool:
    """As a change by a moderator, with the earlier text kept. False for who may not change the post."""
    post = Post.objects.select_related("topic__forum", "poster").filter(pk=thing).first()
    if post is None:
        return False
    text = replaced_in_markdown(post.content.raw, old, new)
    rights = ForumRights(by)
    if text == post.content.raw or not rights.may_edit(post, post.topic):
        return False
    edit_post(post=post, by=rights, text=text, reason=REASON)
    return True
