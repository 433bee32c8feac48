"""Editors see how the index is doing, have it built anew and follow that."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lxml import html

from search import index_work, indexing, leases
from search.engines.base import SearchUnavailable
from search.models import MOST_ATTEMPTS, IndexWork, OutboxRow
from search.sources import BY_MODEL
from tests.factories import NetworkPageFactory, UserFactory
from tests.search.people import REFUSED, WELCOME, browser_of

STATE = "/beheer/zoeken/index/"
PROGRESS = f"{STATE}voortgang/"
REBUILD = f"{STATE}opbouwen/"
ROLL_BACK = f"{STATE}terug/"
TRY_AGAIN = f"{STATE}opnieuw/"


@pytest.fixture
def editor(home):
    return browser_of("editor", home)


class StatePage:
    def __init__(self, answer):
        assert answer.status_code == 200
        self.tree = html.fromstring(answer.content.decode())
        self.text = " ".join(self.tree.xpath("string(//main)").split())

    @property
    def buttons(self):
        return [" ".join(button.text_content().split()) for button in self.tree.xpath("//main//form//button")]

    def row(self, label):
        """The cells of the row of one kind: in the index, on the site, whether that is right."""
        [row] = [row for row in self.tree.xpath("//table//tr") if row.xpath("th[@scope='row']/text()") == [label]]
        return [cell.text_content().strip() for cell in row.xpath("td")]


@pytest.fixture
def state(editor, index):
    return lambda: StatePage(editor.get(STATE))


@pytest.fixture
def set_aside(index):
    """A change that the engine refused too often; trying again succeeds."""
    network = NetworkPageFactory(title="Netwerk Toetsing")
    OutboxRow.objects.all().delete()
    return OutboxRow.objects.create(
        document_id=f"netwerk-{network.pk}",
        attempts=MOST_ATTEMPTS,
        error="ValueError: zo niet",
        retry_at=timezone.now(),
    )


def test_an_editor_sees_who_answers_and_that_all_is_there(state, committing):
    with committing():
        NetworkPageFactory()

    page = state()

    assert "beantwoord door de ingebouwde zoekmachine" in page.text
    assert page.row("Netwerk") == ["1", "1", "ja"]
    assert "Er wacht niets." in page.text


def test_an_editor_sees_what_is_missing_from_the_index(state):
    NetworkPageFactory()

    page = state()

    assert page.row("Netwerk") == ["0", "1", "nee"]
    assert "1 wijziging wacht, de oudste sinds" in page.text


def test_an_editor_sees_that_the_engine_is_away(state, index, monkeypatch):
    def refuse(*args):
        raise SearchUnavailable("De zoekmachine is weg.")

    monkeypatch.setattr(index, "counts", refuse)

    page = state()

    assert "De ingebouwde zoekmachine is nu niet te bereiken. De database antwoordt" in page.text
    assert page.row("Netwerk") == ["niet bekend", "0", "–"]


def test_an_index_of_another_version_is_said_to_be_so(state, index, monkeypatch):
    monkeypatch.setattr(index, "needs_rebuild", lambda: True)

    assert "gemaakt door een andere versie van het platform" in state().text


def test_every_kind_that_can_be_found_is_counted(state):
    labels = {source.kind.label for source in BY_MODEL.values()}

    assert {row.xpath("string(th)") for row in state().tree.xpath("//main//table[1]/tbody/tr")} == labels


def test_an_editor_has_the_index_built_anew(state, editor, index):
    NetworkPageFactory()

    answer = editor.post(REBUILD, follow=True)

    page = StatePage(answer)
    assert "Aangevraagd. Je ziet hier hoe ver het is." in answer.content.decode()
    assert page.row("Netwerk") == ["1", "1", "ja"]
    assert f"door {IndexWork.objects.get().asked_by}" in page.text


def test_an_index_built_by_a_command_was_built_outside_this_screen(state):
    call_command("rebuild_search", verbosity=0)

    assert "buiten dit scherm om" in state().text


def test_how_far_it_is_can_be_followed(editor, index, monkeypatch):
    NetworkPageFactory()
    seen = []
    rebuild = indexing.rebuild

    def watched(progress):
        seen.append(editor.get(PROGRESS).json())
        count = rebuild(progress)
        seen.append(editor.get(PROGRESS).json())
        return count

    monkeypatch.setattr(indexing, "rebuild", watched)
    editor.post(REBUILD)
    seen.append(editor.get(PROGRESS).json())

    total = len(index.ids())
    assert [(state["is_underway"], state["done"], state["total"]) for state in seen] == [
        (True, 0, total),
        (True, total, total),
        (False, 0, 0),
    ]


def test_while_one_works_another_press_says_so(state, editor, index):
    IndexWork.objects.create(started_at=timezone.now(), done=500, total=2000)

    page = state()
    answer = editor.post(REBUILD, follow=True)

    assert page.tree.xpath("//progress[@value='500'][@max='2000']")
    assert "Zoekindex opnieuw opbouwen" not in page.buttons
    assert "Er wordt al aan de index gewerkt" in answer.content.decode()
    assert IndexWork.objects.count() == 1


def test_a_job_that_finds_one_at_work_does_not_hide_how_far_that_is(editor, index):
    IndexWork.objects.create(started_at=timezone.now(), done=500, total=2000)

    with leases.turn(leases.REBUILD), pytest.raises(indexing.AlreadyRebuilding):
        index_work.rebuild()

    assert editor.get(PROGRESS).json()["done"] == 500


def test_failures_are_not_kept_for_ever(index):
    for hours in (23, 25):
        IndexWork.objects.create(failure="weg", seen_at=timezone.now() - timedelta(hours=hours))

    index_work.rebuild()

    assert IndexWork.objects.exclude(failure="").count() == 1


def test_what_was_broken_off_stands_in_nobodys_way(state, editor):
    IndexWork.objects.create(started_at=timezone.now(), seen_at=timezone.now() - timedelta(minutes=6))

    page = state()
    editor.post(REBUILD)

    assert "afgebroken of niet begonnen" in page.text
    assert IndexWork.objects.last().finished_at


def test_the_worker_does_what_was_asked(editor, index, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    editor.post(REBUILD)
    asked = editor.get(PROGRESS).json()

    queued = DBTaskResult.objects.get().task_result
    queued.task.call(*queued.args, **queued.kwargs)

    assert asked["text"] == "Aangevraagd. Het begint zo."
    assert IndexWork.objects.get().finished_at


def test_why_it_failed_is_said_in_plain_words(state, editor, monkeypatch):
    def refuse(progress):
        raise SearchUnavailable("ConnectionError(111)")

    monkeypatch.setattr(indexing, "rebuild", refuse)

    page = StatePage(editor.post(REBUILD, follow=True))

    assert "De zoekmachine is nu niet te bereiken. De index die er was, blijft in gebruik." in page.text
    assert page.tree.xpath("string(//details/code)") == "SearchUnavailable: ConnectionError(111)"


def test_who_builds_while_a_command_does_reads_so(state, editor):
    with leases.turn(leases.REBUILD):
        page = StatePage(editor.post(REBUILD, follow=True))

    assert "De index werd al opgebouwd, vanaf een andere plek." in page.text


def test_a_command_that_fails_is_on_record(index, monkeypatch):
    def refuse(progress):
        raise SearchUnavailable("weg")

    monkeypatch.setattr(indexing, "rebuild", refuse)

    with pytest.raises(SearchUnavailable):
        index_work.rebuild()

    assert IndexWork.objects.get().failure


def test_without_a_previous_index_there_is_no_way_back(state, index):
    assert state().buttons == ["Zoekindex opnieuw opbouwen"] + ["Terug naar de vorige index"] * index.can_roll_back()


def test_an_editor_goes_back_to_the_previous_index(state, editor, index, committing):
    indexing.rebuild()
    with committing():
        NetworkPageFactory()

    page = state()
    after = StatePage(editor.post(ROLL_BACK, follow=True))

    assert "Terug naar de vorige index" in page.buttons
    assert after.row("Netwerk") == ["1", "1", "ja"]
    assert "Teruggezet op" in after.text


def test_what_does_not_get_in_is_listed_with_why(state, set_aside):
    page = state()

    assert "Bij 1 wijziging lukte het ook na veel pogingen niet." in page.text
    assert page.tree.xpath("//table//a[starts-with(@href, '/beheer/pages/')]")
    assert page.tree.xpath("string(//details/code)") == "ValueError: zo niet"


def test_an_editor_gives_it_another_chance(editor, set_aside, index):
    answer = editor.post(TRY_AGAIN, {"wijziging": set_aside.pk}, follow=True)

    assert "Gelukt: dit is weer te vinden" in answer.content.decode()
    assert set_aside.document_id in index.ids()
    assert not OutboxRow.objects.exists()


def test_another_chance_that_fails_is_said_to_fail(editor, set_aside, monkeypatch):
    def refuse(thing):
        raise ValueError("zo niet")

    monkeypatch.setattr(BY_MODEL[NetworkPageFactory._meta.model], "document", refuse)

    answer = editor.post(TRY_AGAIN, follow=True)

    assert "Het lukt nog niet bij 1 van de 1" in answer.content.decode()


@pytest.mark.parametrize("role", WELCOME)
def test_editors_and_administrators_see_the_state(home, index, role):
    assert browser_of(role, home).get(STATE).status_code == 200


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
@pytest.mark.parametrize("address", [STATE, PROGRESS])
def test_nobody_else_sees_the_state(home, role, status, address):
    assert browser_of(role, home).get(address).status_code == status


@pytest.mark.parametrize(("role", "status"), REFUSED.items())
@pytest.mark.parametrize("address", [REBUILD, ROLL_BACK, TRY_AGAIN])
def test_nobody_else_works_on_the_index(home, index, set_aside, role, status, address):
    assert browser_of(role, home).post(address).status_code == status

    assert not IndexWork.objects.exists()
    assert OutboxRow.objects.set_aside().exists()


def test_a_right_of_its_own_lets_somebody_build(home, index):
    user = UserFactory()
    user.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", "view_indexwork"]))
    browser = browser_of("visitor", home)
    browser.force_login(user)

    page = StatePage(browser.get(STATE))

    assert page.buttons == []
    assert browser.post(REBUILD).status_code == 302
    assert not IndexWork.objects.exists()


@pytest.mark.parametrize("address", [REBUILD, ROLL_BACK, TRY_AGAIN])
def test_following_a_link_starts_nothing(editor, index, address):
    assert editor.get(address).status_code == 405
    assert not IndexWork.objects.exists()
