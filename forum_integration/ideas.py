"""What the page of a topic shows of an idea."""

from dataclasses import dataclass

from machina.apps.forum_conversation.models import Topic

from forum_integration.models import Idea, TopicKind
from forum_integration.rights import ForumRights, shared_by_visitors


@dataclass(frozen=True, slots=True)
class IdeaOnPage:
    asks: str
    summary_id: int | None
    may_close: bool
    may_reopen: bool


def on_page(topic: Topic, rights: ForumRights) -> IdeaOnPage | None:
    """On what feedback is asked and whether it was summed up; nothing for another kind of topic."""
    if topic.details.kind != TopicKind.IDEA:
        return None
    idea = _read(rights, topic.pk)
    return IdeaOnPage(
        asks=idea.asks,
        summary_id=idea.summary_id,
        may_close=rights.may_close_idea(topic),
        may_reopen=rights.may_reopen_idea(topic),
    )


@shared_by_visitors
def _read(rights: ForumRights, topic_id: int) -> Idea:
    return Idea.objects.filter(pk=topic_id).first() or Idea()
