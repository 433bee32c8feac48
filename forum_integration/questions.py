"""Questions that wait for an answer, and what a page about one question shows of it."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from machina.apps.forum_conversation.models import Post, Topic

from forum_integration.models import Question, QuestionState, SameQuestion, TopicDetails, TopicKind, UsefulMark
from forum_integration.rights import ForumRights, shared_by_readers, shared_by_visitors
from forum_integration.topics import TopicSummary, approved_topics, summaries


class Order(StrEnum):
    LONGEST_WAITING = ""
    NEWEST = "nieuwste"


def unanswered(forums: Collection[int]) -> QuerySet[Topic]:
    """The questions in these forums that anybody may answer now and nobody did; a tip is no answer."""
    return approved_topics(forums).filter(question__state=QuestionState.NEW)


@dataclass(frozen=True, slots=True)
class Worklist:
    """The unanswered questions as lines, about one subject if asked; a paginator counts and cuts it."""

    rights: ForumRights
    subject_id: int | None = None
    order: Order = Order.LONGEST_WAITING

    def count(self) -> int:
        return _number_of(self.rights, self.subject_id)

    def __getitem__(self, part: slice) -> tuple[TopicSummary, ...]:
        return _lines_of(self.rights, self.subject_id, self.order, part.start, part.stop)


def _unanswered_about(forums: Collection[int], subject_id: int | None) -> QuerySet[Topic]:
    topics = unanswered(forums)
    return topics.filter(details__subjects=subject_id) if subject_id else topics


@shared_by_readers
def _number_of(forums: Collection[int], subject_id: int | None) -> int:
    return _unanswered_about(forums, subject_id).count()


@shared_by_readers
def _lines_of(
    forums: Collection[int], subject_id: int | None, order: Order, start: int, stop: int
) -> tuple[TopicSummary, ...]:
    sign = "-" if order == Order.NEWEST else ""
    topics = _unanswered_about(forums, subject_id).order_by(f"{sign}question__asked_on", f"{sign}question")
    return summaries(topics[start:stop])


@shared_by_readers
def unanswered_by_subject(forums: Collection[int]) -> tuple[tuple[str, str, int], ...]:
    """(slug, name, how many) of the subjects with questions that wait for an answer, in the order of the list."""
    labels = TopicDetails.subjects.through.objects.filter(topicdetails__topic__in=unanswered(forums))
    counted = labels.values_list("subject__slug", "subject__name").annotate(number=Count("pk"))
    return tuple(counted.order_by("subject__sort_order", "subject__name"))


def newest_unanswered(rights: ForumRights, limit: int) -> tuple[TopicSummary, ...]:
    return Worklist(rights, order=Order.NEWEST)[0:limit]


def answered_among(topic_ids: Collection[int]) -> frozenset[int]:
    """Which of these topics are questions that somebody answered."""
    answered = Question.objects.filter(topic__in=topic_ids, state__in=[QuestionState.ANSWERED, QuestionState.SOLVED])
    return frozenset(answered.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class QuestionOnPage:
    """A question as its topic shows it to one person."""

    state: str
    state_label: str
    accepted_id: int | None
    same_count: int
    has_it_too: bool
    may_share: bool
    may_choose_answer: bool
    is_asker: bool


def on_page(topic: Topic, rights: ForumRights) -> QuestionOnPage | None:
    """How far the question is and who has it too; nothing for another kind of topic."""
    if topic.details.kind != TopicKind.QUESTION:
        return None
    question = _read(rights, topic.pk)
    return QuestionOnPage(
        state=question.state,
        state_label=question.get_state_display().lower(),
        accepted_id=question.accepted_answer_id if question.state == QuestionState.SOLVED else None,
        same_count=question.same_count,
        has_it_too=question.has_it_too,
        may_share=rights.may_share_question(topic),
        may_choose_answer=rights.may_choose_answer(topic),
        is_asker=rights.is_author(topic),
    )


@shared_by_visitors
def _read(rights: ForumRights, topic_id: int) -> Any:
    marks = SameQuestion.objects.filter(topic=OuterRef("pk"))
    return Question.objects.annotate(
        same_count=_number(marks, "topic"), has_it_too=Exists(marks.filter(member=rights.user.pk))
    ).get(pk=topic_id)


def with_usefulness(posts: QuerySet[Post], rights: ForumRights) -> QuerySet[Any]:
    """Posts with ``useful_count``, how many members found each useful, and ``is_useful``, whether this person did."""
    marks = UsefulMark.objects.filter(post=OuterRef("pk"))
    return posts.annotate(useful_count=_number(marks, "post"), is_useful=Exists(marks.filter(member=rights.user.pk)))


def _number(marks: QuerySet[Any], of: str) -> Coalesce:
    return Coalesce(Subquery(marks.order_by().values(of).annotate(number=Count("pk")).values("number")), 0)
