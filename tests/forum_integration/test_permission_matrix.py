"""Who may do what in the forum: every action by every role, through the address and the form that a person uses.

Rows and signs are those of the platform's permission matrix: Y is done, L is sent to sign in, F is refused, X is as if
it were not there. "own" rows are about what this person wrote, all others about what somebody else wrote.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.urls import reverse
from machina.apps.forum_conversation.forum_polls.models import TopicPoll
from machina.apps.forum_conversation.models import Post, Topic

from cms.models import Mail, Restriction, User
from forum_integration.models import PersonalMessage, Profile, Report
from forum_integration.rights import ForumRights
from forum_integration.services import correspondence, moderation, reports, voting
from forum_integration.services.writing import PollDraft
from tests.factories import UserFactory
from tests.forum_integration.factories import checked_pdf, make_reply, pdf, post_address, topic_address
from tests.forum_integration.people_in_roles import ROLES, Forum

ALL = "Y Y Y Y Y Y Y"
MEMBERS = "L Y Y Y Y Y Y"
MODERATORS = "L F F F Y F Y"
POLL = PollDraft(question="Wat eet je?", options=["Brood", "Soep"])
AS_ADVERTISING = {"kind": Report.Kind.ADVERTISING}
REASON = {"reason": "Dit hoort hier niet."}


@dataclass(frozen=True)
class Request:
    address: str
    data: dict[str, Any] | None = None
    """What is posted; None is a GET."""


Act = Callable[[Forum], Request]
MATRIX: list[Any] = []


def action(row: str, name: str, signs: str) -> Callable[[Act], Act]:
    """A row of the matrix; an own thing cannot be tried by a visitor, who wrote nothing."""

    def add(act: Act) -> Act:
        for role, sign in zip(ROLES, signs.split(), strict=True):
            if sign != "-":
                MATRIX.append(pytest.param(act, role, sign, id=f"{row} {name}: {role} {sign}"))
        return act

    return add


def moderating(name: str, post: Any, data: dict[str, Any] | None = None) -> Request:
    return Request(reverse(f"forum_moderation:{name}", args=[post.pk]), data)


action("F01", "read a topic", ALL)(lambda forum: Request(topic_address("topic", forum.topic())))
action("F01", "go to a post", "Y Y Y Y Y Y Y")(
    lambda forum: Request(reverse("forum_conversation:post", args=[forum.topic().first_post.pk]))
)
action("F02", "read a closed forum", "L F F F F F Y")(
    lambda forum: Request(reverse("forum:forum", args=[forum.closed.slug, forum.closed.pk]))
)
action("F02", "read a topic in a closed forum", "L F F F F F Y")(
    lambda forum: Request(topic_address("topic", forum.closed_topic()))
)
action("F03", "read a waiting topic", "X X X X Y X Y")(lambda forum: Request(topic_address("topic", forum.waiting())))
action("F04", "start a topic", MEMBERS)(
    lambda forum: Request(
        reverse("forum_conversation:topic_create", args=[forum.questions.slug, forum.questions.pk]),
        {"title": "Hoe doen jullie dat?", "text": "Vertel eens."},
    )
)
action("F05", "reply", MEMBERS)(lambda forum: Request(topic_address("post_create", forum.topic()), {"text": "Zo."}))
action("F06", "reply in a locked topic", MODERATORS)(
    lambda forum: Request(topic_address("post_create", forum.locked()), {"text": "Zo."})
)
action("F07", "reply in a waiting topic", "X X X X Y X Y")(
    lambda forum: Request(topic_address("post_create", forum.waiting()), {"text": "Zo."})
)
action("F08", "attach a file", MEMBERS)(
    lambda forum: Request(topic_address("post_create", forum.topic()), {"text": "Zo.", "attachments": pdf()})
)


@action("F09", "download a file", ALL)
def download(forum: Forum) -> Request:
    file = forum.topic(files=[checked_pdf()]).first_post.files.get()
    return Request(reverse("forum_conversation:attachment", args=[file.pk]))


@action("F10", "download a file of a waiting post", "X X X X Y X Y")
def download_of_waiting(forum: Forum) -> Request:
    return Request(reverse("forum_conversation:attachment", args=[forum.waiting().first_post.files.get().pk]))


@action("F10", "download a file in a closed forum", "X X X X X X Y")
def download_in_closed(forum: Forum) -> Request:
    file = forum.closed_topic(files=[checked_pdf()]).first_post.files.get()
    return Request(reverse("forum_conversation:attachment", args=[file.pk]))


@action("F12", "edit another's reply", MODERATORS)
def edit(forum: Forum) -> Request:
    return Request(post_address("post_update", make_reply(forum.topic(), forum.author)), {"text": "Anders."})


@action("F12", "edit an own reply", "- Y Y Y Y Y Y")
def edit_own(forum: Forum) -> Request:
    return Request(post_address("post_update", make_reply(forum.topic(), forum.me)), {"text": "Anders."})


action("F12", "edit another's topic", MODERATORS)(
    lambda forum: Request(topic_address("topic_update", forum.topic()), {"title": "Anders", "text": "Anders."})
)
action("F12", "edit an own topic", "- Y Y Y Y Y Y")(
    lambda forum: Request(topic_address("topic_update", forum.topic(forum.me)), {"title": "Anders", "text": "Anders."})
)


@action("F13", "edit an own reply in a locked topic", "- F F F Y F Y")
def edit_locked(forum: Forum) -> Request:
    post = make_reply(forum.topic(), forum.me)
    Topic.objects.update(status=Topic.TOPIC_LOCKED)
    return Request(post_address("post_update", post), {"text": "Anders."})


@action("F14", "delete another's reply", MODERATORS)
def delete(forum: Forum) -> Request:
    return Request(post_address("post_delete", make_reply(forum.topic(), forum.author)), REASON)


@action("F14", "delete an own reply", "- Y Y Y Y Y Y")
def delete_own(forum: Forum) -> Request:
    return Request(post_address("post_delete", make_reply(forum.topic(), forum.me)), {"reason": ""})


action("F14", "delete an own topic that nobody answered", "- Y Y Y Y Y Y")(
    lambda forum: Request(topic_address("topic_delete", forum.topic(forum.me)), {"reason": ""})
)
action("F15", "delete an own topic with another's reply", "- F F F Y F Y")(
    lambda forum: Request(topic_address("topic_delete", forum.answered(forum.me)), REASON)
)
action("F15", "delete another's topic", MODERATORS)(
    lambda forum: Request(topic_address("topic_delete", forum.answered()), REASON)
)
for fixing in ("topic_update_to_sticky", "topic_lock"):
    action("F16" if "sticky" in fixing else "F17", fixing, MODERATORS)(
        lambda forum, name=fixing: Request(topic_address(name, forum.topic()), {})
    )
action("F17", "topic_unlock", MODERATORS)(lambda forum: Request(topic_address("topic_unlock", forum.locked()), {}))
action("F17", "move", MODERATORS)(
    lambda forum: Request(topic_address("topic_move", forum.topic()), {"forum": forum.forums["gesprekken"].pk})
)


@action("F17", "merge", MODERATORS)
def merge(forum: Forum) -> Request:
    other = f"https://platform.example{topic_address('topic', forum.topic())}"
    return Request(topic_address("topic_merge", forum.topic()), {"other": other, "confirmed": "1"})


@action("F17", "split", MODERATORS)
def split(forum: Forum) -> Request:
    topic = forum.answered()
    return Request(topic_address("topic_split", topic), {"posts": [topic.last_post_id], "title": "Apart gesprek"})


action("F18", "see the queue", MODERATORS)(lambda forum: Request(reverse("forum_moderation:queue")))
action("F18", "see a waiting post", MODERATORS)(lambda forum: moderating("queued_post", forum.waiting().first_post))
action("F18", "approve", MODERATORS)(lambda forum: moderating("approve_queued_post", forum.waiting().first_post, {}))
action("F18", "refuse", MODERATORS)(
    lambda forum: moderating("disapprove_queued_post", forum.waiting().first_post, REASON)
)
action("F18", "delete from the queue", MODERATORS)(
    lambda forum: moderating("delete_post", forum.waiting().first_post, REASON)
)
action("F19", "report a post", MEMBERS)(
    lambda forum: Request(post_address("post_report", forum.topic().first_post), AS_ADVERTISING)
)
action("F19", "report an own post", "- F F F F F F")(
    lambda forum: Request(
        post_address("post_report", forum.topic(forum.me).first_post), {"kind": Report.Kind.ADVERTISING}
    )
)


@action("F20", "let stand what was reported", MODERATORS)
def resolve(forum: Forum) -> Request:
    post = forum.topic().first_post
    reports.report(post=post, by=ForumRights(UserFactory()), kind=Report.Kind.ADVERTISING, note="")
    return moderating("restore_post", post, {})


@action("F20", "put back what was deleted", MODERATORS)
def put_back(forum: Forum) -> Request:
    post = make_reply(forum.topic(), forum.author)
    moderation.delete_post(post=post, by=ForumRights(UserFactory(is_superuser=True)), reason="Dubbel.")
    return moderating("restore_post", post, {})


action("F20", "see what was deleted", MODERATORS)(lambda forum: Request(reverse("forum_moderation:deleted")))
action("F21", "accept an answer to another's question", MODERATORS)(
    lambda forum: Request(reverse("forum_questions:accept", args=[forum.answered().last_post_id]), {})
)
action("F21", "accept an answer to an own question", "- Y Y Y Y Y Y")(
    lambda forum: Request(reverse("forum_questions:accept", args=[forum.answered(forum.me).last_post_id]), {})
)
for whose, signs in {"another's": MODERATORS, "an own": "- Y Y Y Y Y Y"}.items():
    action("F21", f"close {whose} idea", signs)(
        lambda forum, own=whose == "an own": Request(
            reverse("forum_ideas:close", args=[forum.idea(forum.me if own else None).pk]), {"text": "Dit kwam eruit."}
        )
    )
action("F21", "open an own idea again", "- Y Y Y Y Y Y")(
    lambda forum: Request(reverse("forum_ideas:reopen", args=[forum.closed_idea(forum.me).pk]), {})
)
action("F21", "open another's idea again as its writer would", "L F F F F F F")(
    lambda forum: Request(reverse("forum_ideas:reopen", args=[forum.closed_idea().pk]), {})
)
action("F17", "open another's idea again", MODERATORS)(
    lambda forum: Request(topic_address("topic_unlock", forum.closed_idea()), {})
)
action("F22", "call an answer useful", MEMBERS)(
    lambda forum: Request(reverse("forum_questions:useful", args=[forum.answered().last_post_id]), {})
)
action("F22", "have the question too", MEMBERS)(
    lambda forum: Request(reverse("forum_questions:same_question", args=[forum.topic().pk]), {})
)
action("F22", "have the own question too", "- F F F F F F")(
    lambda forum: Request(reverse("forum_questions:same_question", args=[forum.topic(forum.me).pk]), {})
)
action("F23", "follow a topic", MEMBERS)(
    lambda forum: Request(reverse("forum_member:follow", args=["gesprek", forum.topic().pk]), {})
)
action("F23", "follow a subject", MEMBERS)(
    lambda forum: Request(reverse("forum_member:follow", args=["onderwerp", forum.subject.pk]), {})
)
action("F23", "follow a topic in a closed forum", "L F F F F F Y")(
    lambda forum: Request(reverse("forum_member:follow", args=["gesprek", forum.closed_topic().pk]), {})
)
action("F23", "list what one follows", MEMBERS)(lambda forum: Request(reverse("forum_member:user_subscriptions")))
action("F24", "add a poll to an own topic", "- Y Y Y Y Y Y")(
    lambda forum: Request(
        topic_address("topic_update", forum.topic(forum.me)),
        {"title": "Lunch", "text": "Kies.", "poll_question": "Wat?", "poll_options": "Brood\nSoep"},
    )
)
for whose, signs in {"another's": MODERATORS, "an own": "- Y Y Y Y Y Y"}.items():
    action("F25", f"change {whose} poll", signs)(
        lambda forum, own=whose == "an own": Request(
            topic_address("topic_update", forum.topic(forum.me if own else None, poll=POLL)),
            {"title": "Lunch", "text": "Kies.", "poll_question": "Wat?", "poll_options": "Rijst\nPap"},
        )
    )


@action("F26", "vote", MEMBERS)
def vote(forum: Forum) -> Request:
    poll = forum.topic(poll=POLL).poll
    address = reverse("forum_conversation:topic_poll_vote", args=[poll.pk])
    return Request(address, {"options": [poll.options.first().pk]})


action("F30", "read the log", MODERATORS)(lambda forum: Request(reverse("forum_moderation:log")))
action("F31", "see the accounts that are restricted", MODERATORS)(
    lambda forum: Request(reverse("forum_moderation:restricted"))
)
action("F31", "silence a member", MODERATORS)(
    lambda forum: moderating("account", forum.author, {"restriction": Restriction.SILENCED, **REASON})
)
action("F31", "silence an administrator", "L F F F F F F")(
    lambda forum: moderating("account", UserFactory(is_superuser=True), {"restriction": Restriction.SILENCED, **REASON})
)
action("F31", "silence oneself", "- F F F F F F")(
    lambda forum: moderating("account", forum.me, {"restriction": Restriction.SILENCED, **REASON})
)


@action("F33", "list the posts of a member", ALL)
def posts_of(forum: Forum) -> Request:
    forum.topic()
    return Request(reverse("forum_member:profile", args=[forum.author.pk]))


def state() -> list[Any]:
    """Everything that an act in the forum can change, but for what was looked at."""
    models = [Mail, User, Topic, Post]
    models += apps.get_app_config("forum_polls").get_models()
    models += apps.get_app_config("forum_integration").get_models(include_auto_created=True)
    passing = {"views_count", "last_login"}
    return [
        (model.__name__, {name: value for name, value in row.items() if name not in passing})
        for model in models
        if not model.__name__.startswith("Unsent")  # a visitor's question is kept until there is an account
        for row in model._default_manager.order_by("pk").values()
    ]


@action("A10", "write to a member who allows it", MEMBERS)
def write_to_member(forum: Forum) -> Request:
    Profile.objects.create(member=forum.author, accepts_messages=True)
    return Request(reverse("correspondence", args=[forum.author.pk]), {"text": "Mag ik je iets vragen?"})


action("A10", "write to a member who does not allow it", "L X X X X X X")(
    lambda forum: Request(reverse("correspondence", args=[forum.author.pk]), {"text": "Mag ik je iets vragen?"})
)
action("A10", "read what members report", MODERATORS)(
    lambda forum: Request(reverse("forum_moderation:reported_messages"))
)


@action("A10", "close a report of a member", MODERATORS)
def close_report(forum: Forum) -> Request:
    sent = PersonalMessage.objects.create(sender=forum.author, recipient=forum.newcomer, text="Hoi")
    correspondence.report(message=sent, kind=Report.Kind.OTHER, note="Liever niet.")
    return moderating("close_report", sent.report, {})


@pytest.mark.parametrize(("act", "role", "sign"), MATRIX)
def test_everybody_does_what_they_may_and_nothing_else(forum_for, browser_of, act, role, sign):
    forum = forum_for(role)
    asked = act(forum)
    browser, before = browser_of(forum.me), state()

    answer = browser.get(asked.address) if asked.data is None else browser.post(asked.address, asked.data)

    goes_to_sign_in = answer.status_code == 302 and answer.url.startswith(f"{reverse('account_login')}?next=/")
    assert goes_to_sign_in == (sign == "L"), answer
    assert answer.status_code in {"Y": (200, 302), "L": (302,), "F": (403,), "X": (404,)}[sign], answer
    if sign == "Y" and asked.data is not None:
        assert state() != before
    else:
        assert state() == before


def voted_poll(forum: Forum, **changes: Any) -> TopicPoll:
    topic = forum.topic(poll=dataclasses.replace(POLL, **changes))
    voting.vote(poll=topic.poll, by=ForumRights(forum.author), options=[topic.poll.options.order_by("pk")[0]])
    return TopicPoll.objects.get(topic=topic)


@pytest.mark.parametrize("role", ROLES[1:])
def test_nobody_changes_a_poll_that_somebody_voted_in(forum_for, browser_of, role):
    """Row F25; a moderator neither, and not its own asker."""
    forum = forum_for(role)
    poll = voted_poll(forum)
    Topic.objects.filter(pk=poll.topic_id).update(poster=forum.me)
    Post.objects.filter(topic=poll.topic).update(poster=forum.me)
    sent = {"title": "Lunch", "text": "Kies.", "poll_question": "Iets anders", "poll_options": "Rijst\nPap"}

    browser_of(forum.me).post(topic_address("topic_update", poll.topic), sent)

    poll.refresh_from_db()
    assert (poll.question, sorted(option.text for option in poll.options.all())) == ("Wat eet je?", ["Brood", "Soep"])


@pytest.mark.parametrize(("role", "sees"), list(zip(ROLES, [False] * 4 + [True, False, True], strict=True)))
def test_a_hidden_result_of_anothers_poll_is_for_moderators(forum_for, browser_of, role, sees):
    """Row F27."""
    forum = forum_for(role)
    poll = voted_poll(forum, hides_results=True)

    page = browser_of(forum.me).get(topic_address("topic", poll.topic)).content.decode()

    assert ("1 (100%)" in page) is sees
