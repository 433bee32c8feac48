"""Text that is nothing but near misses for our own patterns keeps nobody waiting.

A pattern that goes back over its text again and again would take minutes here, or for ever: the test then ends the
process that tries it. How long the rest takes depends on the machine and is not looked at.
"""

import json
import subprocess
import sys

import pytest

from tests.fixtures.databases import embedded_environment
from tools.prepare import ROOT

LENGTH = 50_000
PATIENCE_SECONDS = 60
NEAR_MISSES = [
    *("a", "A", "1", " ", "-", "a-", "a.", "a.b", "(", "(a", "a)-", "a'", "aa&", "_", "@", "www", "www.", "a@", "://"),
    *("samen", "werkings", "samenwerkings", "ge", "opge", "onderzoeks", "<", "<a ", "&", "&lt", "é", "e\u0301", "ij"),
]
PATTERNS = """
import json
import sys
import django
django.setup()
from cms.accounts.names import ADDRESS, skeleton
from cms.templatetags.components import initials, soft_hyphens
from cms.admin_search import words_of
from forum_integration import markup
from forum_integration.uploads import shown_name
from search.language.words import chains, index_tokens, name_key

for text in json.loads(sys.stdin.read()):
    soft_hyphens(text)
    initials(text)
    ADDRESS.search(text)
    skeleton(text)
    words_of(text)
    markup.excerpt(text)
    shown_name(text)
    list(chains(text))
    index_tokens(text)
    name_key(text)
print("done")
"""


@pytest.mark.parametrize("ending", ["", "!"])
def test_no_text_makes_our_patterns_go_round_in_circles(ending):
    environment = embedded_environment() | {"DJANGO_SETTINGS_MODULE": "cms.settings.test"}
    texts = json.dumps([(part * LENGTH)[:LENGTH] + ending for part in NEAR_MISSES])
    command, options = [sys.executable, "-c", PATTERNS], {"capture_output": True, "text": True, "cwd": ROOT}

    done = subprocess.run(command, input=texts, timeout=PATIENCE_SECONDS, env=environment, **options)

    assert done.stdout == "done\n", done.stderr
