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
"""


@pytest.fixture
def run_suite(pytester, monkeypatch):
    """Run a suite of two tests, of which one needs a Redis that is not there; ``ci`` is what CI holds."""

    nowhere = {name: Part(name, f"{name}-package", lambda: None) for name in parts.NEEDED}
    monkeypatch.setattr(parts, "PARTS", nowhere)

    def run(ci):
        monkeypatch.setenv("CI", ci)
        pytester.makeconftest(PLUGIN)
        pytester.makepyfile(TESTS)
        pytester.makeini("[pytest]\nmarkers =\n    redis: needs Redis")
        return pytester.runpytest("-p", "no:django", "-p", "no:playwright")

    return run


def test_a_missing_part_is_named_in_the_closing_summary(run_suite):
    result = run_suite(ci="")

    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(
        [
            "*what ran, and what was skipped*",
            "SQLite, no other part*1 passed",
            "redis*none",
            "skipped 1: redis: not on this machine (Debian: apt install redis-package)",
            "*1 passed, 1 skipped*",
        ]
    )


def test_a_missing_part_is_a_failure_where_everything_must_be_there(run_suite):
    result = run_suite(ci="true")

    result.assert_outcomes(passed=1, errors=1)


def test_a_part_is_absent_only_when_it_is_not_found(tmp_path):
    assert Part("wrk", "wrk", lambda: tmp_path).absence == ""
    assert "apt install wrk" in Part("wrk", "wrk", lambda: None).absence
