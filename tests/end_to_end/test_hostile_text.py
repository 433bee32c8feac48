"""Hostile text in a real browser: with its policy switched off, so that only how pages are written protects them."""

import shutil

import pytest

from tests.data import lines_of
from tests.end_to_end.signing_in import sign_in
from tests.fixtures.servers import Site

# Makes topics called after the vectors, and posts, polls, files, ideas, profiles and personal messages with them, over
# the data of a site of its own.
CONTENT = """
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile

from cms.models import User
from forum_integration import uploads
from forum_integration.models import PersonalMessage, Profile
from forum_integration.rights import ForumRights
from forum_integration.services import ideas, writing
from forum_integration.services.writing import PollDraft
from forum_integration.setup import ensure_forums
from forum_integration.topics import topic_url
from tests.data import entries_of, lines_of

by = ForumRights(User.objects.get(email="beheerder@example.org"))
forums = ensure_forums()
forum = forums["gesprekken"]
scripts = lines_of("xss.txt")
markdown = [entry["input"] for entry in entries_of("markdown_xss.json") if entry["kind"] == "hostile"]
for number, text in enumerate([*scripts[::5], *markdown]):
    title = " ".join(f"Proef {number} {text}".replace(chr(0), "").split())[:150]
    if number % 10 == 0:
        topic = writing.start_topic(forum=forum, by=by, title=title, text=text.replace(chr(0), ""))
        print(topic_url(topic))
    else:
        writing.reply(topic=topic, by=by, text=text.replace(chr(0), ""))
short = [text.replace(chr(0), "")[:190] for text in scripts]
pdf = b"%PDF-1.4\\n1 0 obj<</Type/Catalog>>endobj\\ntrailer<</Root 1 0 R>>\\n%%EOF\\n"
for start in range(0, 100, 10):
    part = short[start : start + 10]
    poll = PollDraft(question=part[0], options=part)
    names = [name.replace("/", "") + ".pdf" for name in part[:5]]
    files = [uploads.check(SimpleUploadedFile(name, pdf, "application/pdf")) for name in names]
    print(topic_url(writing.start_topic(forum=forum, by=by, title=f"Proefpeiling {start}", text="Stem", poll=poll)))
    idea = writing.start_topic(
        forum=forums["ideeen-en-feedback"], by=by, title=f"Proefidee {start}", text="Idee", asks=part[1], files=files
    )
    ideas.close(topic=idea, by=by, text=part[2])
    print(topic_url(idea))
for number, text in enumerate(scripts[::5]):
    who = User.objects.create_user(f"proef{number}@example.org", display_name=f"Proef {number}")
    EmailAddress.objects.create(user=who, email=who.email, verified=True)
    opened = {"shows_institution": True, "shows_role": True}
    text = text.replace(chr(0), "")
    Profile.objects.create(member=who, institution=text[:120], role=text[-120:], **opened)
    PersonalMessage.objects.create(sender=by.user, recipient=User.objects.get(email="lid@example.org"), text=text)
    print(f"/forum/lid/{who.pk}/")
print(f"/mijn/berichten/{by.user.pk}/")
"""
# What a moderator can fill in: the addresses of forms, and the buttons that send them.
FORMS = """
from django.urls import reverse

idea = writing.start_topic(forum=forums["ideeen-en-feedback"], by=by, title="Proefidee", text="Idee", asks="Wat?")
moderator = User.objects.get(email="moderator@example.org")
PersonalMessage.objects.create(sender=by.user, recipient=moderator, text="Hoi")
in_topic = [forum.slug, forum.pk, topic.slug, topic.pk]
for some in (forums["vragen"], forum, forums["ideeen-en-feedback"]):
    print("Plaats", reverse("forum_conversation:topic_create", args=[some.slug, some.pk]), sep="|")
print("Plaats je antwoord", topic_url(topic), sep="|")
print("Meld dit bericht", reverse("forum_conversation:post_report", args=[*in_topic, topic.first_post_id]), sep="|")
print("Bekijk eerst", reverse("forum_moderation:topic_merge", args=[topic.slug, topic.pk]), sep="|")
print("Rond af", reverse("forum_ideas:close", args=[idea.pk]), sep="|")
print("Verstuur", reverse("correspondence", args=[by.user.pk]), sep="|")
print("Bewaar mijn profiel", reverse("edit_profile"), sep="|")
"""
# Writes more than fits into every field of the form with this button, and sends it past the checks of the browser.
OVERFILL = """(button, text) => {
    const form = button.form;
    for (const field of form.querySelectorAll("input[type=text], input:not([type]), input[type=url], textarea"))
        field.value = text.repeat(Math.ceil((field.tagName === "TEXTAREA" ? 70000 : 700) / text.length));
    HTMLFormElement.prototype.submit.call(form);
}"""
# What a visitor fills in, and what the moderator who signed in does: the addresses of forms, and their fields.
ACCOUNT_FORMS = {
    "": {
        "/account/inloggen/": ["login"],
        "/account/registreren/": ["display_name", "email"],
        "/account/wachtwoord/vergeten/": ["email"],
    },
    "moderator": {"/account/e-mailadres/": ["email"], "/mijn/": ["display_name"]},
}
FILL = """(fields, text) => {
    for (const field of fields) field.value = field.name === "display_name" ? text.repeat(200) : text;
    fields[0].form.noValidate = true;
    fields[0].form.requestSubmit(fields[0].form.querySelector("[type=submit]"));
}"""

COUNT_WINDOWS = """
window.opened = 0;
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => { window.opened += 1; };
"""
TOUCH_EVERYTHING = """() => {
    const main = document.querySelector("main");
    for (const element of main.querySelectorAll("*"))
        for (const event of ["mouseover", "mouseenter", "focus", "focusin", "pointerdown", "toggle", "animationstart"])
            element.dispatchEvent(new Event(event, {bubbles: true}));
    for (const link of main.querySelectorAll("a"))
        link.addEventListener("click", event => { if (/^https?:|^mailto:/.test(link.href)) event.preventDefault(); });
    for (const link of main.querySelectorAll("a")) link.click();
    return window.opened;
}"""


TYPED = "forms => forms.flatMap(form => [...form.elements].map(field => field.value)).join(' ')"


@pytest.fixture(scope="module")
def hostile_site(demo_data, tmp_path_factory):
    """The demo site with hostile topics and profiles; gives it, their addresses and that of hostile messages."""
    data = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(demo_data, data)
    site = Site(data, DJANGO_SETTINGS_MODULE="cms.settings.dev")
    said = site.manage("shell", "--verbosity=0", "-c", CONTENT + FORMS).splitlines()
    site.forms = [line.split("|") for line in said if "|/" in line]
    *public, messages = [line for line in said if line.startswith(("/forum/", "/mijn/"))]
    with site.running():
        yield site, public, messages


def test_nothing_that_was_typed_runs_in_a_browser(hostile_site, new_context):
    site, topics, _messages = hostile_site
    assert len(topics) > 45
    context = new_context(bypass_csp=True)
    context.add_init_script(COUNT_WINDOWS)
    page = context.new_page()
    others = ["/", "/forum/", "/zoeken/?q=proef+alert", "/zoeken/?q=script&soort=forumonderwerp", "/onderwerpen/"]

    for address in [*topics, *others]:
        page.goto(site.url + address)
        assert page.evaluate(TOUCH_EVERYTHING) == 0, address
        assert page.url == site.url + address

    page.goto(site.url + topics[0])
    assert "Proef 0" in page.get_by_role("heading", level=1).inner_text()


def test_nothing_that_a_member_got_from_another_runs(hostile_site, new_context):
    site, _topics, messages = hostile_site
    context = new_context(bypass_csp=True)
    context.add_init_script(COUNT_WINDOWS)
    page = context.new_page()
    page.goto(site.url + messages)
    sign_in(page, "lid")

    for number in (1, 2):
        page.goto(f"{site.url}{messages}?pagina={number}")
        assert page.locator("main .list > li").count() > 10
        assert page.evaluate(TOUCH_EVERYTHING) == 0


def test_a_suggestion_is_text_too(hostile_site, new_context):
    site, _topics, _messages = hostile_site
    context = new_context(bypass_csp=True)
    context.add_init_script(COUNT_WINDOWS)
    page = context.new_page()
    page.goto(site.url + "/")

    page.get_by_role("combobox").press_sequentially("proef 0")
    page.get_by_role("option").first.wait_for()

    assert page.evaluate("window.opened") == 0
    assert page.get_by_role("option").filter(has_text="Proef 0").count() == 1


def test_a_form_that_shows_again_what_was_typed_runs_none_of_it(hostile_site, new_context):
    site, _topics, _messages = hostile_site
    context = new_context(bypass_csp=True)
    context.add_init_script(COUNT_WINDOWS)
    page = context.new_page()
    page.goto(site.url + "/account/inloggen/")
    sign_in(page, "moderator")
    page.locator(".messages").wait_for()
    assert len(site.forms) == 9

    for button, address in site.forms:
        for text in lines_of("xss.txt")[::40]:
            page.goto(site.url + address)
            with page.expect_navigation():
                page.get_by_role("main").get_by_role("button", name=button, exact=True).evaluate(OVERFILL, text)
            page.locator(".error-summary").wait_for()
            assert text[:10].strip() in page.locator("main form").evaluate_all(TYPED), (address, text)
            assert page.evaluate(TOUCH_EVERYTHING) == 0, (address, text)


@pytest.mark.parametrize("name", ACCOUNT_FORMS)
def test_a_form_of_an_account_that_is_shown_again_runs_none_of_it(hostile_site, new_context, name):
    site, _topics, _messages = hostile_site
    context = new_context(bypass_csp=True)
    context.add_init_script(COUNT_WINDOWS)
    page = context.new_page()
    if name:
        page.goto(site.url + "/account/inloggen/")
        sign_in(page, name)
        page.locator(".messages").wait_for()

    for address, fields in ACCOUNT_FORMS[name].items():
        named = ", ".join(f"main form [name={field}]" for field in fields)
        for text in lines_of("xss.txt")[5::60]:
            page.goto(site.url + address)
            with page.expect_navigation():
                page.locator(named).evaluate_all(FILL, text)
            page.locator(".error-summary").wait_for()
            assert text[:10].strip() in page.locator("main form").evaluate_all(TYPED), (address, text)
            assert page.evaluate(TOUCH_EVERYTHING) == 0, (address, text)
