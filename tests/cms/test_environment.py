import os
import subprocess
import sys

import pytest

from tools.prepare import ROOT

PUBLIC = {
    "ALLOWED_HOSTS": "www.example.org",
    "SITE_URL": "https://www.example.org",
    "SECRET_KEY": "k" * 50,
}
WRONG_ANYWHERE = [
    ("ALLOWED_HOSTS", "https://www.example.org"),
    ("ALLOWED_HOSTS", "*"),
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "mysql://user@host/name"),
    ("DATABASE_URL", "postgres://user:password@host:port/name"),
    ("DATABASE_URL", "postgres://user:password@host/"),
    ("DATABASE_URL", "sqlite:///"),
    ("DATA_DIR", "/proc/nowhere"),
    ("DEFAULT_FROM_EMAIL", "platform"),
    ("DEMO", "ja"),
    ("ELASTICSEARCH_CA_CERTS", "/nowhere/ca.pem"),
    ("ELASTICSEARCH_URL", "es1:9200,es2:9200"),
    ("ELASTICSEARCH_URL", "http://es1:port"),
    ("EMAIL_URL", "http://mail.example.org"),
    ("EMAIL_URL", "smtp://"),
    ("PORT", "²"),
    ("PORT", "70000"),
    ("REDIS_URL", "http://redis:6379"),
    ("REDIS_URL", "redis://redis:port/0"),
    ("SITE_URL", "www.example.org"),
    ("SITE_URL", "https://www.example.org/platform"),
    ("SITE_URL", "http://[::1"),
]
WRONG_IN_PUBLIC = [
    ("ALLOWED_HOSTS", ""),
    ("DEMO", "1"),
    ("SECRET_KEY", ""),
    ("SECRET_KEY", "changeme"),
    ("SITE_URL", ""),
]


@pytest.fixture
def start(tmp_path):
    """Read the settings as the start of the site does; gives the exit code and what it says about it."""

    def read(settings, environment):
        known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(
            [sys.executable, "-c", f"import cms.settings.{settings}"],
            cwd=ROOT,
            env={**known, "DATA_DIR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
        )
        return done.returncode, done.stdout + done.stderr

    return read


def test_the_site_starts_without_any_variable_and_with_all_that_a_public_site_needs(start):
    assert start("dev", {}) == (0, "")
    assert start("production", PUBLIC) == (0, "")


def test_a_variable_that_is_set_to_nothing_counts_as_unset(start):
    names = ("DATABASE_URL", "DEMO", "PORT", "REDIS_URL", "EMAIL_URL", "ELASTICSEARCH_URL", "SITE_URL")
    empty = dict.fromkeys(names, "")

    assert start("dev", empty) == (0, "")


@pytest.mark.parametrize(("name", "value"), WRONG_ANYWHERE)
def test_a_wrong_value_stops_the_start_with_one_line_that_names_it(start, name, value):
    code, said = start("dev", {name: value})

    assert code == 1
    assert said.startswith(f"{name}: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(("name", "value"), WRONG_IN_PUBLIC)
def test_a_public_site_does_not_start_half_configured(start, name, value):
    code, said = start("production", {**PUBLIC, name: value})

    assert code == 1
    assert said.startswith(f"{name}: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("settings", ["dev", "production"])
def test_demo_accounts_are_never_on_a_public_host(start, settings):
    code, said = start(settings, {**PUBLIC, "DEMO": "1"})

    assert code == 1
    assert said.startswith("DEMO: ")


def test_a_demo_never_shows_the_error_pages_of_developers(start):
    code, said = start("dev", {"DEMO": "1", "DEBUG": "1"})

    assert code == 1
    assert said.startswith("DEBUG: ")
