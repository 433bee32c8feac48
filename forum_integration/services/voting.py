"""Voting in a poll, and what a poll shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from machina.apps.forum_conversation.forum_polls.models import TopicPoll, TopicPollOption, TopicPollVote
from machina.apps.forum_conversation.models import Topic

from forum_integration.rights import ForumRights, has_ended


@transaction.atomic
def vote(*, poll: TopicPoll, by: ForumRights, options: Sequence[TopicPollOption]) -> None:
    """Cast a vote, in place of an earlier one where that is allowed. Raises PermissionDenied.

    The poll is locked, so of two votes sent at once the second finds the first.
    """
    poll = TopicPoll.objects.select_for_update(of=("self",)).select_related("topic").get(pk=poll.pk)
    if not by.may_vote(poll) or not 1 <= len(options) <= poll.max_options:
        raise PermissionDenied
    TopicPollVote.objects.filter(poll_option__poll=poll, voter=by.user).delete()
    TopicPollVote.objects.bulk_create(TopicPollVote(poll_option=option, voter=by.user) for option in options)


def forget_voters() -> None:
    """Cut the tie between members and what they chose, in every poll that has ended.

    The votes are written anew in an order of chance, so that neither their keys nor their times tell who cast them;
    what one voter chose keeps one key, so that voters can still be counted.
    """
    for poll in TopicPoll.objects.filter(duration__gt=0, options__votes__voter__isnull=False).distinct():
        if has_ended(poll):
            _forget_voters(poll)


@transaction.atomic
def _forget_voters(poll: TopicPoll) -> None:
    TopicPoll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    votes = TopicPollVote.objects.filter(poll_option__poll=poll)
    keys: defaultdict[tuple[int | None, str | None], str] = defaultdict(lambda: uuid4().hex)
    nameless = [
        TopicPollVote(poll_option_id=option, anonymous_key=keys[voter, key])
        for voter, key, option in votes.values_list("voter", "anonymous_key", "poll_option")
    ]
    votes.delete()
    TopicPollVote.objects.bulk_create(sorted(nameless, key=lambda vote: str(vote.anonymous_key)))


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one answer; ``share`` is the percentage of the voters that chose it."""

    text: str
    votes: int
    share: int


@dataclass(frozen=True, slots=True)
class PollOnPage:
    poll: TopicPoll
    results: list[Result]
    voters: int
    ends_on: datetime | None
    has_ended: bool
    may_vote: bool
    may_see_results: bool


def on_page(topic: Topic, rights: ForumRights) -> PollOnPage | None:
    """The poll of a topic as this person sees it."""
    poll: TopicPoll | None = getattr(topic, "poll", None)
    if poll is None:
        return None
    poll.topic = topic
    voters = TopicPollVote.objects.filter(poll_option__poll=poll).values("voter", "anonymous_key").distinct().count()
    may_see_results = rights.may_see_results(poll)
    options = poll.options.annotate(vote_count=Count("votes")).order_by("pk") if may_see_results else ()
    return PollOnPage(
        poll=poll,
        results=[
            Result(option.text, option.vote_count, round(100 * option.vote_count / voters) if voters else 0)
            for option in options
        ],
        voters=voters,
        ends_on=poll.created + timedelta(days=poll.duration) if poll.duration else None,
        has_ended=has_ended(poll),
        may_vote=rights.may_vote(poll),
        may_see_results=may_see_results,
    )
