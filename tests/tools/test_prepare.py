import pytest

from tools import prepare


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """Prepare over an empty data folder and code of one file; gives the management commands that ran."""
    ran = []

    def manage(*commands):
        ran.extend(command.split()[0] for command in commands)
        for made in ("db.sqlite3", "search", "static"):
            (tmp_path / "data" / made).touch()

    for folder in ("cms", "requirements"):
        (tmp_path / folder).mkdir()
    (tmp_path / "cms" / "models.py").write_text("first")
    (tmp_path / "requirements" / "production.txt").write_text("django==5.2")
    monkeypatch.setattr(prepare, "ROOT", tmp_path)
    monkeypatch.setattr(prepare, "manage", manage)
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "DEMO"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    return ran


def test_a_first_start_makes_the_tables_the_content_the_index_and_the_static_files(commands):
    prepare.prepare()

    assert commands == ["migrate", "rebuild_search", "load_demo", "collectstatic"]


def test_a_second_start_does_nothing(commands):
    prepare.prepare()
    commands.clear()

    prepare.prepare()

    assert commands == []


def test_a_start_after_the_code_changed_keeps_what_people_wrote(commands):
    prepare.prepare()
    commands.clear()
    (prepare.ROOT / "cms" / "models.py").write_text("second")

    prepare.prepare()

    assert commands == ["migrate", "rebuild_search", "collectstatic"]


def test_the_fingerprint_can_leave_out_what_leaves_no_trace(commands):
    (prepare.ROOT / "cms" / "views.py").write_text("first")
    code, content = prepare.fingerprint(), prepare.fingerprint(without=["views"])

    (prepare.ROOT / "cms" / "views.py").write_text("second")

    assert prepare.fingerprint() != code
    assert prepare.fingerprint(without=["views"]) == content


def test_a_start_without_its_database_begins_anew(commands):
    data = prepare.prepare()
    commands.clear()
    (data / "db.sqlite3").unlink()

    prepare.prepare()

    assert commands == ["migrate", "rebuild_search", "load_demo", "collectstatic"]


def test_a_start_that_failed_is_made_up_for(commands, monkeypatch):
    working = prepare.manage

    def fail(*commands):
        working(*commands)
        raise SystemExit

    monkeypatch.setattr(prepare, "manage", fail)
    with pytest.raises(SystemExit):
        prepare.prepare()
    monkeypatch.setattr(prepare, "manage", working)
    commands.clear()

    prepare.prepare()

    assert commands == ["migrate", "rebuild_search", "load_demo", "collectstatic"]
