"""What visitors read alike is read once, and anew as soon as something changed; never what was undone."""

import pytest
from cachetools import TTLCache
from django.db import transaction

from cms import memory
from cms.models import Change, Subject, SubjectTerm, User
from tests.factories import SubjectFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    """A remembered reading of all subjects; ``names.times`` is how often it came to the database."""

    def read(prefix=""):
        read.times += 1
        return tuple(Subject.objects.filter(name__startswith=prefix).order_by("name").values_list("name", flat=True))

    read.times = 0
    remembering = memory.remembered(read)
    remembering.reading = read
    return remembering


@pytest.fixture
def request_open():
    memory._begin_request()
    yield
    memory._end_request()


def test_what_was_read_is_not_read_again(names):
    SubjectFactory(name="Toetsen")

    assert names() == names() == ("Toetsen",)
    assert names.reading.times == 1


def test_other_arguments_are_another_reading(names):
    SubjectFactory(name="Toetsen")

    assert (names("T"), names(prefix="X"), names("T")) == (("Toetsen",), (), ("Toetsen",))
    assert names.reading.times == 2


def test_while_nothing_ever_changed_everything_is_read(names):
    Change.objects.all().delete()

    assert names() == names() == ()
    assert names.reading.times == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda subject: SubjectFactory(name="Feedback"),
        lambda subject: subject.delete(),
        lambda subject: Subject(pk=subject.pk, name="Toetsing", slug=subject.slug).save(),
        lambda subject: SubjectTerm.objects.create(subject=subject, term="toetsbeleid"),
        lambda subject: UserFactory(),
    ],
)
def test_after_any_change_it_is_read_anew(names, change, request_open):
    subject = SubjectFactory(name="Toetsen")
    names()

    change(subject)

    assert names() == tuple(Subject.objects.order_by("name").values_list("name", flat=True))
    assert names.reading.times == 2


def test_each_change_in_a_transaction_counts_once_something_was_read_in_between(names):
    with transaction.atomic():
        SubjectFactory(name="A")
        assert names() == ("A",)
        SubjectFactory(name="B")
        assert names() == ("A", "B")


def test_many_changes_at_once_are_one(names):
    names()
    before = Change.objects.count()

    with transaction.atomic():
        SubjectFactory.create_batch(20)

    assert Change.objects.count() == before + 1


def test_what_was_undone_is_never_shown(names, request_open):
    SubjectFactory(name="A")
    for name in ("B", "C"):
        with transaction.atomic():
            SubjectFactory(name=name)
            assert names() == ("A", name)
            transaction.set_rollback(True)

    assert names() == ("A",)


def test_a_change_after_one_that_was_undone_counts(names, request_open):
    with transaction.atomic():
        with transaction.atomic():
            SubjectFactory(name="A")
            transaction.set_rollback(True)
        names()
        with transaction.atomic():
            SubjectFactory(name="B")
            transaction.set_rollback(True)
        SubjectFactory(name="C")

    assert names() == ("C",)


def test_a_change_counts_that_follows_a_reading_and_an_undone_savepoint(names):
    with transaction.atomic():
        SubjectFactory(name="A")
        assert names() == ("A",)
        with transaction.atomic():
            SubjectFactory(name="B")
            transaction.set_rollback(True)
        SubjectFactory(name="C")

    assert names() == ("A", "C")


def test_signing_in_and_what_no_visitor_is_shown_change_nothing(names, client):
    user = UserFactory()
    names()

    client.force_login(user)
    User.objects.get(pk=user.pk).save(update_fields=["last_login"])

    names()
    assert names.reading.times == 1


def test_a_request_asks_once_whether_something_changed(names, request_open, django_assert_num_queries):
    SubjectFactory()
    names()

    with django_assert_num_queries(0):
        names()


def test_what_changes_without_a_signal_is_seen_after_a_minute(names, monkeypatch):
    now = [0]
    monkeypatch.setattr(memory, "_values", TTLCache(10, memory.LONGEST_SECONDS, timer=lambda: now[0]))
    SubjectFactory(name="A")
    names()
    Subject.objects.update(name="B")
    assert names() == ("A",)
    now[0] = memory.LONGEST_SECONDS
    assert names() == ("B",)


def test_yesterday_is_not_today(names, time_machine):
    SubjectFactory(name="A")
    time_machine.move_to("2026-11-23 12:00", tick=False)
    names()
    time_machine.move_to("2026-11-24 12:00", tick=False)
    names()

    assert names.reading.times == 2
