"""What becomes of the forum when somebody's account goes."""

from uuid import uuid4

from django.db.models import Q
from machina.apps.forum_conversation.forum_polls.models import TopicPoll, TopicPollVote
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import User
from forum_integration.models import Withheld


def let_go(member: User) -> list[int]:
    """Let what somebody wrote stand without a name, and votes without a voter; gives the topics that changed.

    What stands on the forum stays, and so does what moderators still have to decide about after reports. What nobody
    else was to read goes: posts that wait, were refused or were deleted. What only points at the member, such as
    marks and followings, goes with the account.
    """
    topics = list(
        Topic.objects.filter(Q(poster=member) | Q(posts__poster=member)).distinct().values_list("pk", flat=True)
    )
    _remove_unseen(member)
    Post.objects.filter(poster=member).update(poster=None, username=None)
    Topic.objects.filter(poster=member).update(poster=None)
    for poll in TopicPoll.objects.filter(options__votes__voter=member).distinct():
        # One key for all answers of one voter, so that voters can still be counted.
        votes = TopicPollVote.objects.filter(poll_option__poll=poll, voter=member)
        votes.update(voter=None, anonymous_key=uuid4().hex)
    return topics


def _remove_unseen(member: User) -> None:
    unseen = Post.objects.filter(poster=member, approved=False).exclude(withheld__state=Withheld.State.HIDDEN)
    for post in unseen.select_related("topic"):
        if post.pk != post.topic.first_post_id:
            post.delete()
        elif not post.topic.posts.exclude(poster=member).exists():
            post.topic.delete()
