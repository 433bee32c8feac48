"""An account that nobody uses goes after two years, with a warning; what was erased stays so after a backup."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from cms import mailing
from cms.accounts.erasing import Way, erase
from cms.accounts.inactive import Step, step, warn_and_erase
from cms.housekeeping import forget_unconfirmed_accounts
from cms.models import Erasure, Mail, User
from tests.factories import NetworkPageFactory, UserFactory

SEEN = datetime(2024, 12, 1, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def day(number):
    """So many days after the last visit."""
    return SEEN + timedelta(days=number)


@pytest.mark.parametrize(
    ("warned_on", "now", "expected"),
    [
        (None, day(0), Step.NOTHING),
        (None, day(699), Step.NOTHING),
        (None, day(700), Step.WARN),
        (None, day(5000), Step.WARN),  # the job was away: nobody goes without a warning
        (day(700), day(701), Step.NOTHING),
        (day(700), day(729), Step.NOTHING),
        (day(700), day(730), Step.ERASE),
        (day(720), day(730), Step.NOTHING),  # the warning came late: still a month to react
        (day(720), day(750), Step.ERASE),
        (day(-10), day(699), Step.NOTHING),  # warned, and then signed in
        (day(-10), day(700), Step.WARN),
        (day(-10), day(5000), Step.WARN),
    ],
)
def test_what_is_done_about_an_account(warned_on, now, expected):
    assert step(SEEN, warned_on, now) == expected


@pytest.fixture
def forgotten(home):
    return UserFactory(display_name="Lang Geleden", date_joined=NOW - timedelta(days=3000), last_login=SEEN)


def run(now):
    with time_machine.travel(now):
        warn_and_erase()
        mailing.deliver_waiting()


def test_who_does_not_come_by_is_warned_once_and_erased_a_month_later(forgotten):
    here = UserFactory(last_login=NOW)

    run(day(699))
    assert mail.outbox == []
    for number in (700, 701, 729):
        run(day(number))
    [warning] = mail.outbox
    assert warning.to == [forgotten.email]
    for text in (warning.body, warning.alternatives[0].content):
        assert "1 december 2026" in text
        assert "/account/inloggen/" in text
    assert User.objects.filter(pk=forgotten.pk).exists()

    run(day(730))
    assert list(User.objects.all()) == [here]
    assert Erasure.objects.get().way == Way.UNUSED


def test_who_signs_in_after_the_warning_stays(forgotten):
    run(day(700))
    User.objects.filter(pk=forgotten.pk).update(last_login=day(705))

    run(day(731))

    assert User.objects.filter(pk=forgotten.pk).exists()
    assert len(mail.outbox) == 1


def test_who_signs_in_before_the_warning_leaves_gets_none(forgotten):
    with time_machine.travel(day(700)):
        warn_and_erase()
        User.objects.filter(pk=forgotten.pk).update(last_login=timezone.now())
        mailing.deliver_waiting()

    assert mail.outbox == []
    assert not Mail.objects.exists()


@pytest.mark.parametrize("who", ["administrator", "staff", "editor", "representative", "switched off"])
def test_who_keeps_something_or_is_kept_out_is_left_alone(forgotten, who):
    match who:
        case "administrator":
            forgotten.is_superuser = True
        case "staff":
            forgotten.is_staff = True
        case "editor":
            forgotten.groups.add(Group.objects.create(name="Schrijvers"))
        case "representative":
            NetworkPageFactory().representations.create(user=forgotten)
        case "switched off":
            forgotten.is_active = False
    forgotten.unused_warned_on = day(700)
    forgotten.save()

    run(day(800))

    assert User.objects.filter(pk=forgotten.pk).exists()
    assert mail.outbox == []


def test_every_way_of_erasing_is_written_down_without_a_word_about_the_person(home, caplog):
    caplog.set_level("INFO", logger="cms.accounts.ledger")
    myself, by_staff, in_bulk, unconfirmed = (
        UserFactory(display_name=f"Zonderling {number}", email=f"zonderling{number}@example.org") for number in range(4)
    )
    unconfirmed.emailaddress_set.update(verified=False)
    expected = [(myself.pk, "zelf"), (by_staff.pk, "beheer"), (in_bulk.pk, "beheer"), (unconfirmed.pk, "onbevestigd")]

    erase(myself)
    by_staff.delete()
    User.objects.filter(pk=in_bulk.pk).delete()
    with time_machine.travel(timezone.now() + timedelta(days=15)):
        forget_unconfirmed_accounts()

    assert list(Erasure.objects.order_by("pk").values_list("account", "way")) == expected
    kept = str(list(Erasure.objects.values())) + caplog.text
    assert "onderling" not in kept


def test_an_erasure_is_in_the_log_once_it_is_certain(home, caplog, django_capture_on_commit_callbacks):
    caplog.set_level("INFO", logger="cms.accounts.ledger")
    user = UserFactory()
    key = user.pk

    with django_capture_on_commit_callbacks(execute=True):
        erase(user)
        assert f"Erased: {key}," not in caplog.text

    assert f"Erased: {key}," in caplog.text


def test_after_a_backup_is_put_back_whoever_was_erased_is_erased_again_and_nobody_else(home, tmp_path, capsys):
    gone, stays = UserFactory(), UserFactory()
    erased = User.objects.get(pk=gone.pk)
    erase(gone)
    call_command("list_erasures")
    file = tmp_path / "erasures.csv"
    file.write_text(capsys.readouterr().out)
    Erasure.objects.all().delete()  # the backup knows nothing of it, and holds the account
    erased.save(force_insert=True)

    for again in (1, 0):
        call_command("erase_again", str(file))
        assert f"1 erasures read; {again} accounts" in capsys.readouterr().out

    assert not User.objects.filter(pk=erased.pk).exists()
    assert User.objects.filter(pk=stays.pk).exists()
    assert set(Erasure.objects.values_list("account", "way")) == {(erased.pk, "zelf"), (erased.pk, "opnieuw")}


def test_who_got_a_number_that_was_given_out_before_is_not_taken_for_the_other(home, tmp_path):
    newer = UserFactory()
    file = tmp_path / "erasures.csv"
    file.write_text(f"account,at,way\n{newer.pk},{(newer.date_joined - timedelta(days=1)).isoformat()},zelf\n")

    call_command("erase_again", str(file))

    assert User.objects.filter(pk=newer.pk).exists()


@pytest.mark.parametrize(
    "line", ["x,2026-11-23T12:00:00+00:00,zelf", "1,gisteren,zelf", "1,2026-11-23T12:00:00,zelf", "1"]
)
def test_a_file_that_is_no_list_of_erasures_is_refused(home, tmp_path, line):
    file = tmp_path / "erasures.csv"
    file.write_text(f"account,at,way\n{line}\n")

    with pytest.raises(CommandError, match="Line 2"):
        call_command("erase_again", str(file))
