import fnmatch
import re
import tomllib

from tools.prepare import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def names(requirements):
    return {re.match(r"[\w.-]+", requirement).group() for requirement in requirements}


def test_every_direct_dependency_says_why_it_is_here():
    direct = names(PROJECT["project"]["dependencies"]) | names(PROJECT["dependency-groups"]["dev"])
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    explained = text.partition("## Worth knowing")[0]

    assert set(re.findall(r"^\| ([\w.-]+) \|", explained, re.MULTILINE)) - {"package", "---"} == direct


def test_every_file_that_the_readme_shows_exists():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"\]\(([\w./-]+)\)", text) + re.findall(r"`([\w.-]+/)`", text)

    assert [path for path in shown if path != "var/" and not (ROOT / path).exists()] == []


def test_every_test_that_the_security_document_names_exists():
    named = re.findall(
        r"`(tests/[\w/]+\.py)::(test_[\w*]+)`", (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    )
    assert len(named) > 40

    for path, pattern in named:
        tests = re.findall(r"^def (test_\w+)\(", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
        assert fnmatch.filter(tests, pattern), (path, pattern)
