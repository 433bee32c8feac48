"""Django-machina as it comes, in a process of its own: does it still have the defects that this platform cures?

``python -m tests.forum_integration.machina_as_shipped`` prints, as JSON, of each defect whether it was seen. The tests
of the cures ask for that first: a cure of something that is not broken would prove nothing.
"""

import json
import sys
import tempfile

import django
from django.conf import settings

APPS = ["forum", "forum_conversation", "forum_conversation.forum_attachments", "forum_conversation.forum_polls"]
APPS += ["forum_feeds", "forum_moderation", "forum_search", "forum_tracking", "forum_member", "forum_permission"]
EVERYBODY = ["can_see_forum", "can_read_forum", "can_download_file"]
MEMBERS = ["can_start_new_topics", "can_reply_to_topics", "can_edit_own_posts", "can_post_without_approval"]
MEMBERS += ["can_attach_file", "can_create_polls", "can_vote_in_polls"]
DEFECTS = {}


def configure(folder):
    """The settings that machina's own documentation asks for."""
    from machina import MACHINA_MAIN_TEMPLATE_DIR

    settings.configure(
        SECRET_KEY="only here",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="machina.urls",
        STATIC_URL="/static/",
        MEDIA_URL="/media/",
        MEDIA_ROOT=folder,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
            "machina_attachments": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "files"},
        },
        HAYSTACK_CONNECTIONS={"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}},
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        INSTALLED_APPS=[
            *(f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions", "messages", "staticfiles")),
            *("mptt", "haystack", "widget_tweaks", "machina"),
            *(f"machina.apps.{app}" for app in APPS),
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "machina.apps.forum_permission.middleware.ForumPermissionMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [MACHINA_MAIN_TEMPLATE_DIR],
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                        "machina.core.context_processors.metadata",
                    ]
                },
            }
        ],
    )
    django.setup()


def defect(number):
    def add(seen):
        DEFECTS[number] = seen
        return seen

    return add


class Board:
    """An open forum, a closed one, and one in which posts wait; two members and a moderator of all."""

    def __init__(self):
        from django.contrib.auth.models import AnonymousUser, User
        from machina.apps.forum.models import Forum
        from machina.apps.forum_permission.shortcuts import ALL_AUTHENTICATED_USERS, assign_perm

        self.member, self.other = (User.objects.create_user(name) for name in ("lid", "ander"))
        self.chief = User.objects.create_superuser("baas")
        self.open, self.closed, self.waiting = (
            Forum.objects.create(name=name, type=Forum.FORUM_POST) for name in ("open", "dicht", "wacht")
        )
        for forum in (self.open, self.waiting):
            for codename in EVERYBODY:
                assign_perm(codename, AnonymousUser(), forum)
            for codename in [*EVERYBODY, *MEMBERS]:
                if forum == self.open or codename != "can_post_without_approval":
                    assign_perm(codename, ALL_AUTHENTICATED_USERS, forum)

    def browser(self, user=None):
        from django.test import Client

        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user)
        return client

    def post(self, forum, by, text="Tekst", approved=True, topic=None):
        from machina.apps.forum_conversation.models import Post, Topic

        topic = topic or Topic.objects.create(
            forum=forum, poster=by, subject=f"Over {text}", type=0, status=0, approved=approved
        )
        return Post.objects.create(topic=topic, poster=by, subject=topic.subject, content=text, approved=approved)

    def file(self, post, name="notulen.pdf"):
        from django.core.files.base import ContentFile
        from machina.apps.forum_conversation.forum_attachments.models import Attachment

        return Attachment.objects.create(post=post, file=ContentFile(b"geheim", name))

    def poll(self, post, **more):
        from machina.apps.forum_conversation.forum_polls.models import TopicPoll

        poll = TopicPoll.objects.create(topic=post.topic, question="Wat?", **more)
        return poll, [poll.options.create(text=text) for text in ("Brood", "Soep")]

    def address(self, name, forum, *more):
        from django.urls import reverse

        return reverse(f"forum_conversation:{name}", args=[forum.slug, forum.pk, *more])

    def send(self, name, forum, *more, by, **data):
        data = {"subject": "Hallo", "content": "Hallo", **form_set("attachment"), **data}
        return self.browser(by).post(self.address(name, forum, *more), data)


def form_set(prefix, rows=(), initial=0):
    """What a browser sends for a set of forms."""
    sent = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": initial}
    return sent | {f"{prefix}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}


@defect("M1")
def anothers_attachment_is_taken_over(board):
    theirs = board.file(board.post(board.closed, board.chief))
    rows = form_set("attachment", [{"id": theirs.pk, "comment": "Van mij"}], initial=1)
    board.send("topic_create", board.open, by=board.member, **rows)
    theirs.refresh_from_db()
    return theirs.post.poster == board.member


@defect("M2")
def anothers_poll_loses_its_options(board):
    poll, options = board.poll(board.post(board.closed, board.chief))
    rows = form_set("poll", [{"id": option.pk, "text": f"{option.text}!"} for option in options], initial=2)
    board.send("topic_create", board.open, by=board.member, poll_question="Van mij?", poll_max_options=1, **rows)
    return not poll.options.exists()


@defect("M3")
def the_forum_in_the_address_decides_what_it_is_not_about(board):
    topic = board.post(board.waiting, board.other).topic
    board.send("post_create", board.open, topic.slug, topic.pk, by=board.member)
    return topic.posts.filter(poster=board.member, approved=True).exists()


@defect("M4")
def waiting_posts_leak(board):
    waiting = board.post(board.open, board.member, "Nog ongelezen", approved=False)
    list_of_posts = board.browser(board.other).get(f"/member/profile/{board.member.pk}/posts/")
    topic = board.browser(board.other).get(board.address("topic", board.open, waiting.topic.slug, waiting.topic.pk))
    return b"Nog ongelezen" in list_of_posts.content and b"Over Nog ongelezen" in topic.content


@defect("M5")
def an_edit_after_approval_goes_live(board):
    post = board.post(board.waiting, board.member)
    reply = board.post(board.waiting, board.member, topic=post.topic)
    where = (post.topic.slug, post.topic.pk, reply.pk)
    board.send("post_update", board.waiting, *where, by=board.member, content="Reclame")
    reply.refresh_from_db()
    return reply.content.raw == "Reclame" and reply.approved


@defect("M6")
def a_user_takes_along_the_answers_of_others(board):
    topic = board.post(board.open, board.member).topic
    answer = board.post(board.open, board.other, topic=topic)
    board.member.delete()
    return not type(answer).objects.filter(pk=answer.pk).exists()


@defect("M7")
def attachments_lie_under_their_name_where_the_web_server_hands_them_out(board):
    file = board.file(board.post(board.closed, board.chief), "verslag.pdf").file
    return file.url == "/media/machina/attachments/verslag.pdf"


@defect("M8")
def any_file_goes_and_its_content_stays_on_disk(board):
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.urls import reverse
    from machina.apps.forum_conversation.forum_attachments.models import Attachment

    page = SimpleUploadedFile("x.html", b"<script>alert(1)</script>", "text/html")
    rows = form_set("attachment", [{"file": page, "comment": ""}])
    board.send("topic_create", board.open, by=board.member, **rows)
    kept = Attachment.objects.get()
    answer = board.browser(board.member).get(reverse("forum_conversation:attachment", args=[kept.pk]))
    kept.delete()
    return answer["Content-Type"] == "text/html" and kept.file.storage.exists(kept.file.name)


@defect("M9")
def files_of_who_has_no_session_are_everybodys(board):
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import RequestFactory
    from machina.apps.forum_conversation.views import PostCreateView

    keys = set()
    for _ in range(2):
        request = RequestFactory().post("/")
        request.session = SessionStore()
        keys.add(PostCreateView().get_attachments_cache_key(request))
    return keys == {"attachments_None"}


@defect("M10")
def every_visitor_gets_a_session(board):
    from django.contrib.sessions.models import Session

    for _ in range(5):
        board.browser().get("/")
    return Session.objects.count() == 5


@defect("M11")
def the_feed_keeps_what_the_last_reader_may_see_and_never_ends(board):
    from django.urls import resolve

    for number in range(60):
        board.post(board.open, board.member, f"Nummer {number}")
    board.post(board.closed, board.chief, "Achter een dichte deur")
    feed = resolve("/feeds/topics/").func
    board.browser(board.chief).get("/feeds/topics/")
    subjects = [topic.subject for topic in feed.items()]
    return len(subjects) == 61 and "Over Achter een dichte deur" in subjects


@defect("M12")
def odd_addresses_are_errors_of_the_server(board):
    topic = board.post(board.open, board.member).topic
    addresses = ["/member/profile/abc/", board.address("topic", board.open, topic.slug, topic.pk) + "?post=²"]
    return [board.browser().get(address).status_code for address in addresses] == [500, 500]


@defect("M13")
def two_requests_at_once_both_vote(board):
    """The second comes in when the first was let through and has not written yet."""
    from machina.apps.forum_conversation.forum_polls.models import TopicPollVote
    from machina.apps.forum_permission.handler import PermissionHandler

    poll, options = board.poll(board.post(board.open, board.other))
    may_vote, let_through = PermissionHandler.can_vote_in_poll, []

    def late(handler, *about):
        let_through.append(may_vote(handler, *about))
        if len(let_through) == 1:
            vote()
        return let_through[0]

    def vote():
        board.browser(board.member).post(f"/poll/{poll.pk}/vote/", {"options": options[0].pk})

    PermissionHandler.can_vote_in_poll = late
    try:
        vote()
    finally:
        PermissionHandler.can_vote_in_poll = may_vote
    return TopicPollVote.objects.filter(voter=board.member).count() == 2


@defect("M14")
def an_answer_undoes_a_lock(board):
    topic = board.post(board.open, board.other).topic
    type(topic).objects.filter(pk=topic.pk).update(status=topic.TOPIC_LOCKED)
    board.post(board.open, board.member, topic=topic)
    topic.refresh_from_db()
    return topic.status == topic.TOPIC_UNLOCKED


@defect("M15")
def the_followed_list_shows_what_moved_to_a_closed_forum(board):
    topic = board.post(board.open, board.other, "Vertrouwelijk").topic
    topic.subscribers.add(board.member)
    topic.forum = board.closed
    topic.save()
    return b"Vertrouwelijk" in board.browser(board.member).get("/member/subscriptions/").content


@defect("M16")
def a_filter_prints_the_raw_text_as_html(board):
    from django.template import Context, Template
    from django.utils.html import format_html

    post = board.post(board.open, board.member, "<script>alert(1)</script>")
    drawn = Template("{{ post.content|truncatewords:20 }}").render(Context({"post": post}))
    return "<script>" in drawn and "<script>" in format_html("{}", post.content)


@defect("M17")
def nothing_renders_old_posts_again(board):
    from django.core.management import get_commands

    return not [name for name, app in get_commands().items() if app.startswith("machina")]


@defect("M18")
def pages_bring_inline_script_and_scripts_from_elsewhere(board):
    page = board.browser().get("/").content
    return b"html5shim.googlecode.com" in page and b"machina.init();" in page


@defect("M19")
def a_second_search_answers(board):
    return "haystack" in sys.modules and board.browser().get("/search/").status_code == 200


class UndoneError(Exception):
    """What trying a defect did is taken back."""


def main():
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    seen = {}
    for number, try_it in DEFECTS.items():
        try:
            with transaction.atomic():
                seen[number] = bool(try_it(Board()))
                raise UndoneError
        except UndoneError:
            pass
    sys.stdout.write(json.dumps(seen))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        configure(folder)
        main()
