"""What becomes of the forum when somebody's account goes."""

from uuid import uuid4

from django.db.models import Q
from machina.apps.forum_conversation.forum_polls.models import TopicPoll, TopicPollVote
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import User
from forum_integration import markup
from forum_integration.models import Draft, EarlierText, Withheld
from forum_integration.quoting import SIGNED, without_names


def let_go(member: User) -> list[int]:
    """Let what somebody wrote stand without a name, and votes without a voter; gives the topics that changed.

    What stands on the forum stays, and so does what moderators still have to decide about after reports. What nobody
    else was to read goes: posts that wait, were refused or were deleted, and what posts said before they were changed.
    What only points at the member, such as marks, followings and personal messages, goes with the account.
    """
    topics = set(Topic.objects.filter(Q(poster=member) | Q(posts__poster=member)).values_list("pk", flat=True))
    topics |= _unsign_quotations(set(Post.objects.filter(poster=member).values_list("pk", flat=True)))
    _remove_unseen(member)
    EarlierText.objects.filter(post__poster=member).delete()  # what somebody took out before leaving was to go
    Post.objects.filter(poster=member).update(poster=None, username=None)
    Topic.objects.filter(poster=member).update(poster=None)
    for poll in TopicPoll.objects.filter(options__votes__voter=member).distinct():
        # One key for all answers of one voter, so that voters can still be counted.
        votes = TopicPollVote.objects.filter(poll_option__poll=poll, voter=member)
        votes.update(voter=None, anonymous_key=uuid4().hex)
    return list(topics)


def _unsign_quotations(posts: set[int]) -> set[int]:
    """Take the name out of the line above quotations of these posts, which we wrote; gives the topics they stand in.

    What others wrote themselves stays as they wrote it.
    """
    topics: set[int] = set()
    if not posts:
        return topics
    for pk, topic_id, text in Post.objects.filter(content__contains=SIGNED).values_list("pk", "topic", "content"):
        if (unsigned := without_names(text, posts)) != text:
            Post.objects.filter(pk=pk).update(content=unsigned, _content_rendered=markup.render(unsigned))
            topics.add(topic_id)
    for earlier in EarlierText.objects.filter(text__contains=SIGNED):
        earlier.text = without_names(earlier.text, posts)
        earlier.save(update_fields=["text"])
    for draft in Draft.objects.filter(typed__text__icontains=SIGNED):
        draft.typed["text"] = without_names(draft.typed["text"], posts)
        draft.save(update_fields=["typed"])
    return topics


def _remove_unseen(member: User) -> None:
    unseen = Post.objects.filter(poster=member, approved=False).exclude(withheld__state=Withheld.State.HIDDEN)
    for post in unseen.select_related("topic"):
        if post.pk != post.topic.first_post_id:
            post.delete()
        elif not post.topic.posts.exclude(poster=member).exists():
            post.topic.delete()
