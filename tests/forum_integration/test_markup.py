import json
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from machina.apps.forum_conversation.models import Post

from forum_integration import markup
from tests.forum_integration.factories import make_topic

HOSTILE = Path(__file__).parent.parent / "data" / "hostile"
VECTORS = json.loads((HOSTILE / "markdown_xss.json").read_text(encoding="utf-8"))
TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "h4", "h5", "h6"}
ATTRIBUTES = {"a": {"href", "rel"}, "ol": {"start"}}


class Strict(HTMLParser):
    """Fails on any element, attribute or address that rendered text may not hold."""

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, ())
            if name == "href":
                assert urlsplit(value or "").scheme in {"", "http", "https", "mailto"}

    def handle_comment(self, data):
        pytest.fail("a comment came through")


def of_kind(kind):
    return [
        pytest.param(vector, id=f"{vector['category']}-{vector['id']}") for vector in VECTORS if vector["kind"] == kind
    ]


def html_vectors():
    return [json.loads(line) for line in (HOSTILE / "xss.txt").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("vector", of_kind("hostile"))
def test_hostile_markdown_becomes_harmless_html(vector):
    Strict().feed(markup.render(vector["input"]))


@pytest.mark.parametrize("vector", html_vectors())
def test_html_that_is_typed_is_shown_as_text(vector):
    Strict().feed(markup.render(vector))


@pytest.mark.parametrize("vector", of_kind("slow"))
def test_no_text_of_the_longest_length_keeps_the_server_busy(vector):
    text = (vector["repeat"] * vector["times"])[: markup.LONGEST_TEXT]

    started = time.process_time()
    markup.render(text)

    assert time.process_time() - started < 1


@pytest.mark.parametrize("part", ["https://a.", "(http://", "http://a", "mailto:a@", "http://x.nl/ "])
def test_a_text_of_nothing_but_addresses_keeps_no_server_busy(part):
    started = time.process_time()
    markup.render((part * markup.LONGEST_TEXT)[: markup.LONGEST_TEXT])

    assert time.process_time() - started < 1


@pytest.mark.parametrize("vector", of_kind("benign"))
def test_ordinary_text_survives(vector):
    rendered = markup.render(vector["input"])

    assert all(part in rendered for part in vector["must_contain"])


def test_links_are_marked_as_written_by_users():
    assert 'rel="nofollow ugc noopener"' in markup.render("[voorbeeld](https://example.org)")


def test_an_address_in_the_text_becomes_a_link():
    assert '<a href="https://example.org/a?b=1"' in markup.render("Zie https://example.org/a?b=1.")


def test_pictures_from_elsewhere_are_not_fetched():
    assert "<img" not in markup.render("![volgpixel](https://example.org/pixel.gif)")


def test_headings_start_below_ours_and_skip_no_level():
    rendered = markup.render("# Een\n\n#### Twee\n\n## Drie\n\n# Vier")

    assert [tag for tag in ("<h4>Een", "<h5>Twee", "<h5>Drie", "<h4>Vier") if tag in rendered] == [
        "<h4>Een",
        "<h5>Twee",
        "<h5>Drie",
        "<h4>Vier",
    ]


def test_an_excerpt_is_plain_text_cut_between_words():
    rendered = markup.render("**Vet** & <script>alert(1)</script>, gevolgd door een heel lang verhaal")

    assert markup.plain(rendered) == "Vet & <script>alert(1)</script>, gevolgd door een heel lang verhaal"
    assert markup.excerpt(rendered, 48) == "Vet & <script>alert(1)</script>, gevolgd door…"


def test_a_stricter_renderer_reaches_old_posts(questions, member):
    post = make_topic(questions, member, text="**vet**").first_post
    Post.objects.filter(pk=post.pk).update(_content_rendered="<script>alert(1)</script>")
    post.details.markup_version = markup.VERSION - 1
    post.details.save()

    call_command("render_posts", verbosity=0)

    post = Post.objects.get(pk=post.pk)
    assert post.content.rendered == "<p><strong>vet</strong></p>"
    assert post.details.markup_version == markup.VERSION


def test_posts_of_this_version_are_left_alone(questions, member):
    post = make_topic(questions, member).first_post
    Post.objects.filter(pk=post.pk).update(_content_rendered="zoals het was")

    call_command("render_posts", verbosity=0)

    assert Post.objects.get(pk=post.pk).content.rendered == "zoals het was"
