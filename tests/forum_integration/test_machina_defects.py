"""What is wrong with django-machina, and is cured here.

The cures have their tests where their subject is; docs/security.md names them by defect. Here stands what keeps that
list honest: machina has every one of these defects to this day, and no defect is without a test.
"""

import json
import re
import subprocess
import sys

from django.conf import settings

from tools.prepare import ROOT

DEFECTS = [f"M{number}" for number in range(1, 20)]


def test_machina_as_it_comes_has_every_defect_that_is_cured_here():
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.forum_integration.machina_as_shipped"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(ran.stdout) == dict.fromkeys(DEFECTS, True)


def test_every_defect_has_a_cure_with_a_test():
    document = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (M\d+) \| [^|]+ \| (.+) \|$", document, re.MULTILINE))

    assert list(rows) == DEFECTS
    assert all("`tests/" in tests for tests in rows.values())


def test_nothing_of_machinas_search_is_loaded():
    """It would answer beside ours, and it does not ask who may read what."""
    ran = subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); import cms.urls, sys; print('haystack' in sys.modules)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )

    assert ran.stdout.strip() == "False"
    assert not [app for app in settings.INSTALLED_APPS if "haystack" in app or "forum_search" in app]
