"""Rounds past all addresses of the site: what is gathered, asked after, remembered and forgotten."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from cms import jobs
from cms.link_radar import rounds
from cms.models import CheckedLink, LinkAttempt, LinkUse, Organisation, OrganisationLink
from pages.models import EntryLink, EntryPerson
from pages.models.activities import ActivityLink
from tests.factories import (
    ActivityPageFactory,
    ArticlePageFactory,
    NetworkPageFactory,
    OrganisationFactory,
    ResourcePageFactory,
    SubjectFactory,
)
from tests.link_radar.stub import answer, to

State = CheckedLink.State


@pytest.fixture(autouse=True)
def only_these_jobs(monkeypatch):
    names = ("gather-links", "check-links")
    monkeypatch.setattr(jobs, "_jobs", {name: jobs._jobs[name] for name in names})


def state(url):
    return CheckedLink.objects.get(url=url).state


def test_every_address_of_the_site_is_gathered_with_where_it_stands(home):
    entry = NetworkPageFactory(
        website="https://a.example/1",
        linkedin_url="https://a.example/2",
        newsletter_url="https://a.example/3",
        contact_url="https://a.example/4",
        body=[
            ("text", '<p><a href="https://a.example/5?x=1&amp;y=2">hier</a></p>'),
            ("question", {"question": "Wat?", "answer": '<p><a href="https://a.example/6">dit</a></p>'}),
        ],
    )
    EntryLink.objects.create(entry=entry, title="Meer", url="https://a.example/7")
    EntryPerson.objects.create(entry=entry, name="Noor", url="https://a.example/8")
    ResourcePageFactory(website="https://a.example/9")
    ArticlePageFactory(body=[("callout", {"title": "x", "text": '<p><a href="https://a.example/10">x</a></p>'})])
    activity = ActivityPageFactory(website="https://a.example/11")
    ActivityLink.objects.create(activity=activity, title="Programma", url="https://a.example/12")
    organisation = OrganisationFactory(website="https://a.example/13")
    OrganisationLink.objects.create(organisation=organisation, title="Meer", url="https://a.example/14")
    SubjectFactory(intro='<p><a href="https://a.example/15">x</a></p>')

    rounds.gather()

    found = {int(url.removeprefix("https://a.example/").partition("?")[0]) for url in urls()}
    assert found == set(range(1, 16))
    assert "https://a.example/5?x=1&y=2" in urls()
    assert {use.title for use in LinkUse.objects.filter(link__url="https://a.example/1")} == {entry.title}


def urls():
    return set(CheckedLink.objects.values_list("url", flat=True))


def test_what_leads_nowhere_else_is_not_watched(home, settings):
    settings.SITE_URL = "https://platform.example"
    NetworkPageFactory(website="https://platform.example/netwerken/", linkedin_url="https://b.example/")
    NetworkPageFactory(website="https://concept.example/", live=False)
    OrganisationFactory(website="https://verborgen.example/", is_public=False)

    rounds.gather()

    assert urls() == {"https://b.example/"}


def test_what_leaves_the_site_is_forgotten_with_its_history(home):
    organisation = OrganisationFactory(website="https://b.example/")
    rounds.gather()
    LinkAttempt.objects.create(link=CheckedLink.objects.get(), outcome="mislukt")

    Organisation.objects.filter(pk=organisation.pk).update(website="https://c.example/")
    rounds.gather()

    assert urls() == {"https://c.example/"}
    assert not LinkAttempt.objects.exists()


def test_gathering_twice_changes_nothing(home):
    OrganisationFactory(website="https://b.example/")
    rounds.gather()
    before = list(LinkUse.objects.values()), list(CheckedLink.objects.values())

    rounds.gather()

    assert (list(LinkUse.objects.values()), list(CheckedLink.objects.values())) == before


def test_gathering_takes_no_more_queries_for_more_links(home, django_assert_max_num_queries):
    for number in range(3):
        OrganisationFactory(website=f"https://b.example/{number}")
    rounds.gather()
    for number in range(3, 30):
        OrganisationFactory(website=f"https://b.example/{number}")

    with django_assert_max_num_queries(30):
        rounds.gather()


def test_an_address_that_fails_on_three_days_is_broken_and_works_again_at_once(home, stub):
    url = f"{stub.url}/weg"
    NetworkPageFactory(website=url)
    seen = []
    for day in range(5):
        if day == 4:
            stub.answers["/weg"] = answer(200)
        with time_machine.travel(timezone.now() + timedelta(days=day, minutes=day), tick=True):
            call_command("run_jobs")
            call_command("run_jobs")
        seen.append(state(url))

    assert seen == [State.WAVERING, State.WAVERING, State.BROKEN, State.BROKEN, State.WORKS]
    assert LinkAttempt.objects.count() == 5


def test_what_works_is_left_alone_for_a_week(home, stub):
    stub.answers["/"] = answer(200)
    NetworkPageFactory(website=f"{stub.url}/")
    for day in range(8):
        with time_machine.travel(timezone.now() + timedelta(days=day, minutes=day), tick=True):
            call_command("run_jobs")

    assert LinkAttempt.objects.count() == 2


def test_a_website_is_asked_for_a_few_links_at_a_time_and_the_next_round_goes_on(home, stub):
    stub.answers.update({f"/{n}": answer(200) for n in range(5)})
    for number in range(5):
        OrganisationFactory(website=f"{stub.url}/{number}")
    rounds.gather()

    seen = []
    for _ in range(3):
        rounds.go_round()
        seen.append(CheckedLink.objects.filter(state=State.WORKS).count())

    assert seen == [2, 4, 5]
    assert stub.asked.count(("GET", "/robots.txt")) == 1


def test_what_another_round_is_busy_with_is_passed_by(home):
    OrganisationFactory(website="https://b.example/")
    rounds.gather()

    now = timezone.now()
    assert rounds._claim(now) == ["https://b.example/"]
    assert rounds._claim(now) == []
    assert rounds._claim(now + timedelta(minutes=11)) == ["https://b.example/"]


def test_what_could_not_be_asked_in_time_is_due_again_at_once(home, stub, monkeypatch):
    monkeypatch.setattr(rounds, "ROUND_SECONDS", 0.0)
    OrganisationFactory(website=f"{stub.url}/")
    rounds.gather()

    rounds.go_round()

    assert CheckedLink.objects.get().state == State.NEW
    assert CheckedLink.objects.get().next_check_at <= timezone.now()


def test_a_demo_asks_no_website(home, stub, settings):
    settings.DEMO = True
    OrganisationFactory(website=f"{stub.url}/")
    rounds.gather()

    rounds.go_round()

    assert stub.connections == 0


def test_what_moved_for_good_says_where_to(home, stub):
    stub.answers.update({"/oud": to(301, "/nieuw"), "/nieuw": answer(200)})
    OrganisationFactory(website=f"{stub.url}/oud")
    rounds.gather()

    rounds.go_round()

    link = CheckedLink.objects.get()
    assert (link.state, link.moved_to) == (State.MOVED, f"{stub.url}/nieuw")
