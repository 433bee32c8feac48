"""A test that misses its part is skipped by name and reason, and fails where everything must be there."""

import pytest

from tests.fixtures import parts
from tools.parts import Part

PLUGIN = """
from tests.fixtures.parts import pytest_collection_modifyitems, pytest_runtest_setup, pytest_terminal_summary
"""
TESTS = """
import pytest

def test_without_any_part():
    pass

@pytest.mark.redis
def test_with_redis():
    pass

@pytest.mark.postgresql
@pytest.mark.redis
def test_with_two_parts():
    pass
"""


@pytest.fixture
def run_suite(pytester, monkeypatch):
    """Run a suite of three tests, of which two need servers; ``ci`` is what CI holds."""

    def run(ci, place=None):
        found = {name: Part(name, f"{name}-package", lambda: place) for name in parts.NEEDED}
        monkeypatch.setattr(parts, "PARTS", found)
        monkeypatch.setenv("CI", ci)
        pytester.makeconftest(PLUGIN)
        pytester.makepyfile(TESTS)
        pytester.makeini("[pytest]\nmarkers =\n    redis: needs Redis\n    postgresql: needs PostgreSQL")
        return pytester.runpytest("-p", "no:django", "-p", "no:playwright")

    return run


def test_a_missing_part_is_named_in_the_closing_summary(run_suite):
    result = run_suite(ci="")

    result.assert_outcomes(passed=1, skipped=2)
    result.stdout.fnmatch_lines(
        [
            "*what ran, and what was skipped*",
            "SQLite, no other part*1 passed",
            "redis*none",
            "skipped 1: postgresql: not on this machine (Debian: apt install postgresql-package)",
            "skipped 1: redis: not on this machine (Debian: apt install redis-package)",
            "*1 passed, 2 skipped*",
        ]
    )


def test_a_test_counts_for_every_part_that_it_ran_on(run_suite, monkeypatch, tmp_path):
    monkeypatch.setattr(parts, "version", lambda part: "")

    result = run_suite(ci="true", place=tmp_path)

    result.assert_outcomes(passed=3)
    result.stdout.fnmatch_lines(["SQLite, no other part*1 passed", "postgresql*1 passed", "redis*2 passed"])


def test_a_missing_part_is_a_failure_where_everything_must_be_there(run_suite):
    result = run_suite(ci="true")

    result.assert_outcomes(passed=1, errors=2)


def test_a_part_is_absent_only_when_it_is_not_found(tmp_path):
    assert Part("wrk", "wrk", lambda: tmp_path).absence == ""
    assert "apt install wrk" in Part("wrk", "wrk", lambda: None).absence
