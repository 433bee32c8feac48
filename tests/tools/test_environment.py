import re
import subprocess
import sys

import pytest

from tools import environment
from tools.prepare import ROOT

PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ; (.+?))? \\$", re.MULTILINE)


def pins(name):
    return set(PIN.findall((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")))


@pytest.fixture
def project(tmp_path, monkeypatch):
    """An environment with Python in it and a lock file beside it; gives the calls of pip."""
    calls = []
    (tmp_path / "requirements").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    for name in ("production", "development"):
        (tmp_path / "requirements" / f"{name}.txt").write_text("django==5.2")

    def run(command, **options):
        calls.append([str(part) for part in command])
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(environment, "ROOT", tmp_path)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "bin" / "python")
    monkeypatch.setattr(environment.subprocess, "run", run)
    return calls


def test_packages_are_installed_by_hash_and_once(project):
    environment.ensure("production")
    environment.ensure("production")

    installs = [call for call in project if "install" in call]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]


def test_a_changed_lock_file_is_installed_again(project):
    environment.ensure("production")
    (environment.ROOT / "requirements" / "production.txt").write_text("django==5.2.1")
    project.clear()

    environment.ensure("production")

    assert any("install" in call for call in project)


def test_who_has_the_development_packages_need_not_install_those_of_production(project):
    environment.ensure("development")
    project.clear()

    environment.ensure("production")

    assert project == []


def test_the_development_packages_hold_those_of_production_at_the_same_versions():
    assert pins("production")
    assert pins("production") <= pins("development")


def test_an_installation_that_fails_is_tried_again_next_time(project, monkeypatch):
    def fail(command, **options):
        return subprocess.CompletedProcess(command, 1 if "install" in command else 0)

    monkeypatch.setattr(environment.subprocess, "run", fail)
    with pytest.raises(SystemExit, match="txt failed"):
        environment.ensure("production")

    assert not list(environment.ENVIRONMENT.glob("*.sha256"))


def test_an_old_python_is_refused_in_one_line():
    program = (
        "import sys; sys.version_info = (3, 10, 4); sys.version = '3.10.4 (main)'; "
        "import runpy; runpy.run_module('tools.environment', run_name='__main__')"
    )

    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "Python 3.11 or newer is needed, this is 3.10.4. Try: make PYTHON=python3.12 ..."
    ]
