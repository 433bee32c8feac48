"""What one person may do in the forum: machina's permission rows, read once, and the rules that stand on them."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cached_property, wraps
from typing import Concatenate, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from machina.apps.forum.models import Forum
from machina.apps.forum_conversation.forum_polls.models import TopicPoll, TopicPollVote
from machina.apps.forum_conversation.models import Post, Topic
from machina.apps.forum_permission.models import GroupForumPermission, UserForumPermission

from cms.memory import remembered
from cms.models import User
from forum_integration.models import Idea, ReplyRole, TopicKind
from forum_integration.roles import LOST_IN_SILENCE

NEEDED_TO_READ = {"can_see_forum", "can_read_forum"}
EVERYONE, GROUP, PERSON = range(3)

P = ParamSpec("P")
R = TypeVar("R")


class ForumRights:
    """The rights of one person in all forums, by the codenames of machina; three queries at most.

    As in machina a row about one forum outweighs a row about all forums, and then a row about this person one about
    a group, and that one about everyone. A forum below one that this person may not read gives no rights at all.
    """

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    @cached_property
    def forums(self) -> dict[int, Forum]:
        """All forums in the order of the list, readable or not."""
        return {forum.pk: forum for forum in Forum.objects.select_related("details")}

    def _rows(self) -> Iterator[tuple[bool, int, bool, str, int]]:
        """What is said about this person; a row that outweighs another sorts after it."""
        columns = ("has_perm", "permission__codename", "forum_id")
        people = UserForumPermission.objects.values_list("user_id", *columns)
        if not self.user.is_authenticated:
            about = [(EVERYONE, *row) for _, *row in people.filter(anonymous_user=True)]
        else:
            pk = self.user.pk or 0  # nobody's: of somebody about to get an account nothing is said yet
            about = [
                (PERSON if user_id else EVERYONE, *row)
                for user_id, *row in people.filter(Q(authenticated_user=True) | Q(user=pk))
            ]
            groups = GroupForumPermission.objects.filter(group__user=pk)
            about += [(GROUP, *row) for row in groups.values_list(*columns)]
        return ((forum_id is not None, rank, *row, forum_id or 0) for rank, *row, forum_id in about)

    @cached_property
    def _granted(self) -> dict[int, set[str]]:
        said: dict[int, dict[str, bool]] = {pk: {} for pk in self.forums}
        for is_about_one, _, has_perm, codename, forum_id in sorted(self._rows()):
            for pk in [forum_id] if is_about_one else said:
                said[pk][codename] = has_perm
        granted: dict[int, set[str]] = {}
        for pk, forum in self.forums.items():
            own = {codename for codename, has_perm in said[pk].items() if has_perm}
            closed_above = forum.parent_id is not None and not granted[forum.parent_id]
            granted[pk] = set() if closed_above or not own >= NEEDED_TO_READ else own
        return granted

    def has(self, codename: str, forum_id: int) -> bool:
        user = self.user
        if user.is_authenticated and (not user.is_active or (user.is_silenced and codename in LOST_IN_SILENCE)):
            return False
        return user.is_superuser or codename in self._granted.get(forum_id, ())

    def forums_with(self, codename: str) -> list[int]:
        return [pk for pk in self.forums if self.has(codename, pk)]

    @property
    def readable_forums(self) -> Iterator[Forum]:
        return (forum for pk, forum in self.forums.items() if self.has("can_read_forum", pk))

    def moderates(self, forum_id: int) -> bool:
        return self.has("can_approve_posts", forum_id)

    def is_moderator(self) -> bool:
        return bool(self.user.is_authenticated and self.forums_with("can_approve_posts"))

    def posts_at_once(self, forum_id: int) -> bool:
        """Whether what this person writes stands there without waiting for a moderator."""
        return self.has("can_post_without_approval", forum_id) or self.moderates(forum_id)

    def is_established(self) -> bool:
        """Whether a moderator let through something of this person before, anywhere."""
        return bool(self.forums_with("can_post_without_approval"))

    def is_author(self, thing: Post | Topic) -> bool:
        return bool(self.user.is_authenticated and thing.poster_id == self.user.pk)

    def may_start_topic(self, forum: Forum) -> bool:
        return bool(forum.is_forum) and self.has("can_start_new_topics", forum.pk)

    def may_reply(self, topic: Topic) -> bool:
        codename = "can_reply_to_locked_topics" if topic.is_locked else "can_reply_to_topics"
        is_there = bool(topic.approved) or self.moderates(topic.forum_id)
        return is_there and self.has(codename, topic.forum_id)

    def may_edit(self, post: Post, topic: Topic) -> bool:
        if self.has("can_edit_posts", topic.forum_id):
            return True
        return self.is_author(post) and not topic.is_locked and self.has("can_edit_own_posts", topic.forum_id)

    def may_delete(self, post: Post, topic: Topic) -> bool:
        """The opening post only goes with its topic: by its author while nobody answered, else by a moderator."""
        if self.has("can_delete_posts", topic.forum_id):
            return True
        if not self.is_author(post) or topic.is_locked or not self.has("can_delete_own_posts", topic.forum_id):
            return False
        if post.pk != topic.first_post_id:
            return True
        # The count spares a question to the database, and leaves out what still waits.
        return topic.posts_count <= 1 and not topic.posts.exclude(pk=post.pk).exists()

    def may_choose_answer(self, topic: Topic) -> bool:
        """Whether this person says what answered the question: who asked it, or a moderator."""
        is_question = topic.details.kind == TopicKind.QUESTION and bool(topic.approved)
        may_read = self.has("can_read_forum", topic.forum_id)
        return is_question and may_read and (self.is_author(topic) or self.moderates(topic.forum_id))

    def may_accept_answer(self, post: Post, topic: Topic) -> bool:
        is_answer = post.pk != topic.first_post_id and post.details.role != ReplyRole.ADDITION
        return is_answer and bool(post.approved) and self.may_choose_answer(topic)

    def may_close_idea(self, topic: Topic) -> bool:
        """Whether this person may sum up what was said of an idea: who put it forward, or a moderator."""
        is_open = topic.details.kind == TopicKind.IDEA and bool(topic.approved) and not topic.is_locked
        return is_open and self.may_reply(topic) and (self.is_author(topic) or self.moderates(topic.forum_id))

    def may_reopen_idea(self, topic: Topic) -> bool:
        """Whether this person may take replies again: who put the idea forward and closed it."""
        if not (topic.is_locked and self.is_author(topic) and self.has("can_reply_to_topics", topic.forum_id)):
            return False
        return Idea.objects.filter(topic=topic.pk, is_closed_by_writer=True).exists()

    def may_share_question(self, topic: Topic) -> bool:
        """Whether this person can have the question too: everybody but who asked it."""
        is_question = topic.details.kind == TopicKind.QUESTION and bool(topic.approved)
        return is_question and self._may_mark(topic, topic)

    def may_find_useful(self, post: Post, topic: Topic) -> bool:
        """Whether this person can call a reply useful: everybody but who wrote it."""
        is_reply = post.pk != topic.first_post_id and bool(post.approved and topic.approved)
        return is_reply and self._may_mark(post, topic)

    def _may_mark(self, thing: Post | Topic, topic: Topic) -> bool:
        is_member = bool(self.user.is_authenticated) and self.has("can_read_forum", topic.forum_id)
        return is_member and not self.is_author(thing)

    def may_report(self, post: Post) -> bool:
        """A post that stands on the forum, of somebody else."""
        if not self.user.is_authenticated or self.is_author(post):
            return False
        return bool(post.approved) and self.has("can_read_forum", post.topic.forum_id)

    def may_vote(self, poll: TopicPoll) -> bool:
        """Whether a vote of this person would count now; a second one only where changing is allowed."""
        topic = poll.topic
        if not topic.approved or topic.is_locked or has_ended(poll):
            return False
        if not self.user.is_authenticated or not self.has("can_vote_in_polls", topic.forum_id):
            return False
        return poll.user_changes or not self.has_voted(poll)

    def has_voted(self, poll: TopicPoll) -> bool:
        if not self.user.is_authenticated:
            return False
        return TopicPollVote.objects.filter(poll_option__poll=poll, voter=self.user).exists()

    def may_see_results(self, poll: TopicPoll) -> bool:
        return not poll.hide_results or self.is_author(poll.topic) or self.moderates(poll.topic.forum_id)


def has_ended(poll: TopicPoll) -> bool:
    return bool(poll.duration) and poll.created + timedelta(days=poll.duration) < timezone.now()


def rights_of(request: HttpRequest) -> ForumRights:
    """The rights of who sends this request; those of a member are kept with the request."""
    if not request.user.is_authenticated:
        return rights_of_a_visitor()
    found: ForumRights | None = getattr(request, "forum_rights", None)
    if found is None:
        found = ForumRights(request.user)
        request.forum_rights = found  # type: ignore[attr-defined]
    return found


@remembered
def rights_of_a_visitor() -> ForumRights:
    """The rights that all visitors have; one object for all of them until something changes."""
    rights = ForumRights(AnonymousUser())
    rights.forums_with("can_read_forum")  # reads them now, so that no two threads do
    return rights


@remembered
def rights_of_a_new_member() -> ForumRights:
    """The rights that a visitor gets with an account."""
    rights = ForumRights(User())
    rights.forums_with("can_read_forum")
    return rights


def shared_by_visitors(read: Callable[Concatenate[ForumRights, P], R]) -> Callable[Concatenate[ForumRights, P], R]:
    """``remembered`` for a function of somebody's rights: what visitors read is kept, what a member reads never is."""
    kept = remembered(read)

    @wraps(read)
    def reading(rights: ForumRights, *args: P.args, **kwargs: P.kwargs) -> R:
        if rights.user.is_authenticated:
            return read(rights, *args, **kwargs)
        return kept(rights, *args, **kwargs)

    return reading


def shared_by_readers(read: Callable[Concatenate[tuple[int, ...], P], R]) -> Callable[Concatenate[ForumRights, P], R]:
    """``remembered`` for what stands on the forum for all who may read it: keyed by the forums somebody may read.

    ``read`` gets the keys of those forums, and so knows nothing of who asks: no waiting posts, nothing personal.
    """
    kept = remembered(read)

    @wraps(read)
    def reading(rights: ForumRights, *args: P.args, **kwargs: P.kwargs) -> R:
        return kept(tuple(rights.forums_with("can_read_forum")), *args, **kwargs)

    return reading
