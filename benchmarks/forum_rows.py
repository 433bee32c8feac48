"""``python -m benchmarks.forum_rows <step>``: a forum of any size, for PostgreSQL.

``make`` lets the services write a small one, as members would; ``copy <times> <answers>`` repeats its rows, and gives
one question many answers. A copy of a topic is a little older than the topic.
"""

import sys
from collections.abc import Callable, Mapping

import django

django.setup()

from django.db import connection, models, transaction  # noqa: E402 - models need the set-up above
from django.db.models import Count, Max  # noqa: E402
from machina.apps.forum.models import Forum  # noqa: E402
from machina.apps.forum_conversation.models import Post, Topic  # noqa: E402
from machina.apps.forum_tracking.models import ForumReadTrack, TopicReadTrack  # noqa: E402

from benchmarks import generated  # noqa: E402
from benchmarks.forum import LONG, MEMBER  # noqa: E402
from cms.models import Subject, User  # noqa: E402
from forum_integration.models import PostDetails, Question, ReplyRole, TopicDetails  # noqa: E402
from forum_integration.rights import ForumRights  # noqa: E402
from forum_integration.services import writing  # noqa: E402

TOPICS, POSTS_EACH = 50, 20
UNREAD_SHARE, READ_ONE_BY_ONE = 0.4, 0.01
NEXT = 100_000
"""What is added to a primary key to get that of the next copy: more than there are in what is copied."""

TIMES = "created", "updated", "last_post_on", "asked_on", "edited_on", "announced_on"
COPIED: Mapping[type[models.Model], tuple[str, ...]] = {
    Topic: ("id", "first_post_id", "last_post_id"),
    Post: ("id", "topic_id"),
    TopicDetails: ("topic_id",),
    TopicDetails.subjects.through: ("id", "topicdetails_id"),
    PostDetails: ("post_id",),
    Question: ("topic_id", "accepted_answer_id"),
}
"""The tables of a topic, each with its columns that hold the primary key of something that is copied as well."""


@transaction.atomic
def make() -> None:
    Topic.objects.all().delete()
    documents = generated.documents(TOPICS * POSTS_EACH)
    subjects = list(Subject.objects.order_by("pk"))
    writers = [ForumRights(user) for user in User.objects.filter(is_superuser=True)]
    for number in range(TOPICS):
        forum = Forum.objects.get(details__key="vragen" if number % 2 else "gesprekken")
        document = next(documents)
        topic = writing.start_topic(
            forum=forum,
            by=writers[number % len(writers)],
            title=LONG if number == 1 else document.title,
            text=document.body,
            subjects=subjects[number % len(subjects) :][:2],
        )
        for _ in range(POSTS_EACH - 1):
            role = ReplyRole.TIP if number % 10 == 5 else ReplyRole.ANSWER
            writing.reply(topic=topic, by=writers[-1], text=next(documents).body, role=role)


def copy(times: int, answers: int) -> None:
    """Every topic so many times in all, and one question with so many answers more."""
    long = Topic.objects.get(subject=LONG)
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    with transaction.atomic():
        for model, keys in COPIED.items():
            moved = {key: f"{key} + n * {NEXT}" for key in keys}
            _insert(model, moved | _later(model, "- interval '11 minutes'"), times - 1)
        start, replies = (times + 1) * NEXT, POSTS_EACH - 1
        of_long = f"topic_id = {long.pk} AND id <> {long.first_post_id}"
        rounds = answers // replies
        later = _later(Post, "+ interval '1 minute'")
        _insert(Post, {"id": f"{start} + id + n * {NEXT}"} | later, rounds, of_long)
        posts = f"post_id IN (SELECT id FROM {Post._meta.db_table} WHERE {of_long} AND id < {NEXT})"  # noqa: S608
        _insert(PostDetails, {"post_id": f"{start} + post_id + n * {NEXT}"}, rounds, posts)
        Topic.objects.filter(pk=long.pk).update(posts_count=Post.objects.filter(topic=long).count())
    _count()
    _let_somebody_read()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def columns_of(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields if field.column]


def _later(model: type[models.Model], interval: str) -> dict[str, str]:
    """The times of the n-th copy, as SQL."""
    columns = columns_of(model)
    return {name: f"{name} {interval} * n" for name in TIMES if name in columns}


def _insert(model: type[models.Model], changed: Mapping[str, str], times: int, where: str = "TRUE") -> None:
    """The rows ``where`` so many times more, with these columns as the SQL says, in which ``n`` counts the copies."""
    columns = columns_of(model)
    values = ", ".join(changed.get(name, name) for name in columns)
    table = model._meta.db_table
    source = f"(SELECT * FROM {table} WHERE {where}) AS made, generate_series(1, %s) AS n"  # noqa: S608 - our own names
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {source}", [times])  # noqa: S608


def _count() -> None:
    for forum in Forum.objects.all():
        topics = Topic.objects.filter(forum=forum).aggregate(number=Count("pk"), last=Max("last_post_on"))
        posts = Post.objects.filter(topic__forum=forum).count()
        counts = {"direct_topics_count": topics["number"], "direct_posts_count": posts}
        Forum.objects.filter(pk=forum.pk).update(**counts, last_post_on=topics["last"])


def _let_somebody_read() -> None:
    """Who was here when a good part of the topics was still to come, and read a few of these."""
    topics = Topic.objects.order_by("-last_post_on")
    number = topics.count()
    last_visit = topics[int(number * UNREAD_SHARE)].last_post_on
    member, _ = User.objects.get_or_create(email=MEMBER, defaults={"display_name": "Lid"})
    ForumReadTrack.objects.bulk_create(ForumReadTrack(forum=forum, user=member) for forum in Forum.objects.all())
    ForumReadTrack.objects.filter(user=member).update(mark_time=last_visit)
    TopicReadTrack.objects.bulk_create(
        TopicReadTrack(topic=topic, user=member) for topic in topics[: int(number * READ_ONE_BY_ONE)]
    )


STEPS: dict[str, Callable[..., None]] = {"make": make, "copy": copy}

if __name__ == "__main__":
    STEPS[sys.argv[1]](*map(int, sys.argv[2:]))
