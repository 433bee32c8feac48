"""Hostile text in every field of the forum, on every page that shows it: what was typed is read, nothing of it runs."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

from django.urls import reverse
from django.utils.html import escape
from lxml import etree, html
from machina.apps.forum_conversation.models import Topic

from forum_integration.services.writing import PollDraft
from tests.factories import UserFactory
from tests.forum_integration.factories import checked_pdf, make_reply, make_topic, topic_address
from tests.forum_integration.test_writing import create_address

HOSTILE = Path(__file__).parent.parent / "data" / "hostile"
# Without the null character, which no form takes and PostgreSQL refuses.
HTML = [json.loads(line).replace("\0", "") for line in (HOSTILE / "xss.txt").read_text(encoding="utf-8").splitlines()]
NAUGHTY = json.loads((HOSTILE / "naughty_strings.json").read_text(encoding="utf-8"))
OURS = {"script": {"src", "type"}, "svg": {"class", "aria-hidden", "focusable", "viewbox"}}


class OnlyOurs(HTMLParser):
    """Fails on what a page of ours never holds: handlers, styles, frames, scripts in the page, odd addresses."""

    def handle_starttag(self, tag, attrs):
        assert tag not in {"iframe", "object", "embed", "img", "math", "style", "base", "video", "audio", "template"}
        names = {name for name, _ in attrs}
        assert not any(name.startswith("on") or name == "style" or name == "srcdoc" for name in names)
        assert names <= OURS.get(tag, names)
        for name, value in attrs:
            if name in {"href", "src", "action", "formaction"}:
                assert re.match(r"(/|#|\?|https?://|mailto:|$)", value or "")


def test_hostile_html_in_any_field_is_text_on_every_page(home, conversations, moderator, member, browser_of):
    """All vectors together: one page then holds what would take two hundred to try one by one."""
    everything = "\n\n".join(HTML)
    browser = browser_of(moderator)
    addresses = ["/forum/", reverse("forum:forum", args=[conversations.slug, conversations.pk]), "/forum/ongelezen/"]
    for number, vector in enumerate(HTML):
        title = " ".join(f"{number} {vector}".split())[:150]
        poll = PollDraft(question=title, options=[title[:200], "gewoon"])
        topic = make_topic(conversations, member, title=title, text=vector, poll=poll if number % 10 == 0 else None)
        if number % 10 == 0:
            addresses.append(topic_address("topic", topic))
    mine = make_topic(
        conversations, moderator, title="Alles", text=everything, files=[checked_pdf(f"{HTML[0][:60]}.pdf")]
    )
    make_reply(mine, member, text=everything)
    addresses += [
        topic_address("topic", mine),
        topic_address("topic_update", mine),
        f"{topic_address('post_create', mine)}?citeer={mine.first_post_id}",
        reverse("forum_member:profile", args=[member.pk]),
    ]

    for address in addresses:
        response = browser.get(address)
        assert response.status_code == 200
        OnlyOurs().feed(response.content.decode())
    assert escape(" ".join(f"0 {HTML[0]}".split())[:150]) in browser.get(addresses[3]).content.decode()


def test_a_hostile_display_name_is_text(home, questions, browser_of):
    person = UserFactory(display_name="<img src=x onerror=alert(1)>", is_superuser=True)
    topic = make_topic(questions, person)

    for address in (
        "/forum/",
        topic_address("topic", topic),
        f"{topic_address('post_create', topic)}?citeer={topic.first_post_id}",
    ):
        OnlyOurs().feed(browser_of(person).get(address).content.decode())


def test_a_hostile_preview_is_harmless(home, questions, member, browser_of):
    browser = browser_of(member)

    for vector in HTML:
        sent = {"title": vector[:150], "text": vector, "poll_question": vector, "poll_options": vector, "preview": "1"}
        OnlyOurs().feed(browser.post(create_address(questions), sent).content.decode())


def test_odd_text_is_refused_or_can_be_read(home, questions, moderator, browser_of):
    browser = browser_of(moderator)

    for entry in NAUGHTY:
        sent = {"title": f"Titel {entry['value']}"[:150], "text": entry["value"] or "x"}
        response = browser.post(create_address(questions), sent)
        assert response.status_code < 500, entry
        if response.status_code == 302:
            assert browser.get(response.url).status_code == 200
    assert Topic.objects.count() > len(NAUGHTY) / 2
    etree.fromstring(browser.get("/forum/feed/").content)


def test_text_that_runs_the_other_way_turns_nothing_around_it(home, questions, browser_of):
    person = UserFactory(display_name="נועה כהן", is_superuser=True)
    topic = make_topic(questions, person, title="שאלה על toetsing (1)?")
    forum = reverse("forum:forum", args=[questions.slug, questions.pk])

    for address in ("/", "/forum/", forum, topic_address("topic", topic)):
        page = html.fromstring(browser_of().get(address).content)
        isolated = {element.text_content() for element in page.iter("bdi")}
        assert {topic.subject, person.display_name} <= isolated, address


def test_a_null_character_is_refused_in_every_field(home, questions, member, browser_of):
    for field in ("title", "text", "poll_question", "poll_options"):
        sent = {"title": "Titel", "text": "Tekst", "poll_question": "Wat?", "poll_options": "a\nb", field: "een\0twee"}

        assert browser_of(member).post(create_address(questions), sent).status_code == 400
    assert not Topic.objects.exists()
