"""The demo content: all of it is there, once, and what editors did with it stays."""

import json
from io import StringIO

import pytest
import yaml
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import transaction
from django.test import Client, override_settings
from wagtail.models import Page, PageLogEntry, Site

from cms.demo import load_all
from cms.demo.fixtures import FOLDER, Fixture
from cms.models import Organisation, OrganisationLink, Region, Sector, Subject, User
from pages import models as pages
from pages.demo import entries
from pages.demo.entries import NetworkRecord

pytestmark = pytest.mark.django_db
MODELS = [pages.ResourcePage, pages.ActivityPage, pages.NetworkPage, pages.PartnershipPage, pages.ResearchGroupPage]


@pytest.fixture(scope="module")
def demo_site(django_db_setup, django_db_blocker):
    """The demo content, loaded once for all tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMO=True):
            load_all()
        yield
        transaction.set_rollback(True)


def records(file):
    return yaml.safe_load((FOLDER / file).read_text(encoding="utf-8"))


def everything():
    """All rows of all tables, without what a dump says differently each time."""
    out = StringIO()
    call_command("dumpdata", stdout=out)
    return {json.dumps(row, sort_keys=True) for row in json.loads(out.getvalue())}


@pytest.mark.parametrize(
    ("file", "model"),
    [
        ("subjects.yaml", Subject),
        ("sectors.yaml", Sector),
        ("regions.yaml", Region),
        ("organisations.yaml", Organisation),
        ("networks.yaml", pages.NetworkPage),
        ("partnerships.yaml", pages.PartnershipPage),
        ("research_groups.yaml", pages.ResearchGroupPage),
        ("articles.yaml", pages.ArticlePage),
        ("activities.yaml", pages.ActivityPage),
        ("cards.yaml", pages.CardPage),
    ],
)
def test_every_record_is_on_the_site_once_under_its_own_name(demo_site, file, model):
    field = "name" if hasattr(model, "name") else "title"
    expected = {(r["slug"], r.get("name") or r.get("title") or r["misconception"]) for r in records(file)}

    assert sorted(model.objects.values_list("slug", field)) == sorted(expected)


def test_every_resource_is_a_page_a_link_or_a_line_under_an_article(demo_site):
    shown = {*pages.ResourcePage.objects.values_list("title", flat=True)}
    for model in (pages.EntryLink, pages.ActivityLink, OrganisationLink, pages.ArticleReference):
        shown |= {*model.objects.values_list("title", flat=True)}

    assert {record["title"] for record in records("resources.yaml")} <= shown


def test_what_is_the_same_thing_as_an_entry_is_a_link_there_and_no_page(demo_site):
    link = pages.EntryLink.objects.get(entry__slug="ra-zon")

    assert (link.title, link.url) == ("Magazine Flexibilisering (september 2021)", "")
    assert link.source_text == "netwerkonderwijsprofessionals.nl"
    assert not pages.ResourcePage.objects.filter(title=link.title).exists()


def test_literature_without_an_address_is_a_line_under_its_article(demo_site):
    lines = pages.ArticleReference.objects.filter(article__slug="waarom-hoe-wie").values_list(
        "title", "authors", "year"
    )

    assert "Adekola, Dale, Gardiner" in [authors for _title, authors, _year in lines]
    assert not pages.ResourcePage.objects.filter(slug="adekola-2017").exists()


def test_no_address_was_guessed(demo_site):
    given = set()
    for file in ("resources.yaml", "networks.yaml"):
        given |= {record.get(key) for record in records(file) for key in ("url", "url_repaired")}
    for file in ("organisations.yaml", "partnerships.yaml", "research_groups.yaml", "activities.yaml"):
        given |= {record.get(key) for record in records(file) for key in ("url", "website")}
    used = {website for model in (*MODELS, Organisation) for website in model.objects.values_list("website", flat=True)}
    for model in (pages.EntryLink, pages.ActivityLink, OrganisationLink, pages.ArticleReference):
        used |= {*model.objects.values_list("url", flat=True)}

    assert used - {""} <= given


@pytest.mark.parametrize(
    ("slug", "note"),
    [
        ("opleidingsschool-den-haag", "De bron noemt geen naam."),
        ("surf-sharekit-document", "vul titel en maker in"),
        ("wat-is-werkplekleren", "Niet publiceren"),
        ("embed-zelfscan", "Controleer ze bij EMBED"),
    ],
)
def test_what_an_editor_must_look_into_is_a_draft_with_a_note(demo_site, slug, note):
    page = Page.objects.get(slug=slug).specific

    assert not page.live
    assert note in page.editor_note
    assert Client().get(page.get_url()).status_code == 404


def test_all_else_is_published(demo_site):
    assert Page.objects.filter(live=False).count() == 4


def test_facts_of_2023_are_never_called_checked(demo_site):
    for model in (pages.EntryPage, pages.ResourcePage):
        assert not model.objects.exclude(data_from=2023).exists()
        assert not model.objects.exclude(checked_on=None).exists()


def test_an_intended_successor_ends_nothing(demo_site):
    raps = pages.PartnershipPage.objects.get(slug="raps-po")

    assert raps.intended_successor.slug == "onderwijsregios"
    assert not raps.has_ended


def test_a_region_of_several_provinces_is_said_in_both_ways(demo_site):
    ra_zon = pages.PartnershipPage.objects.get(slug="ra-zon")

    assert {region.slug for region in ra_zon.regions.all()} == {"noord-brabant", "limburg"}
    assert ra_zon.region_text == "Zuidoost-Nederland"


def test_every_page_has_a_first_version_in_its_history(demo_site):
    for page in Page.objects.filter(depth__gt=1).specific():
        actions = {entry.action for entry in PageLogEntry.objects.for_instance(page)}
        assert page.latest_revision_id
        assert actions == ({"wagtail.create", "wagtail.publish"} if page.live else {"wagtail.create"})


def test_home_takes_the_place_of_wagtails_welcome_page(demo_site, settings):
    site = Site.objects.get()

    assert site.root_page.specific == pages.HomePage.objects.get()
    assert f"{site.hostname}:{site.port}" in settings.SITE_URL
    assert Page.objects.filter(depth=2).count() == 1


def test_the_demo_accounts_can_sign_in(demo_site):
    names = ["beheerder", "redacteur", "moderator", "vertegenwoordiger", "expert", "lid", "nieuwkomer"]

    for name in names:
        user = User.objects.get(email=f"{name}@example.org")
        assert user.check_password("demo-flexibel")
        assert EmailAddress.objects.get(user=user).verified
    assert User.objects.get(email="beheerder@example.org").is_superuser
    assert User.objects.get(email="redacteur@example.org").groups.get().name == "Redacteuren"
    assert User.objects.get(email="moderator@example.org").groups.get().name == "Moderatoren"
    entry = User.objects.get(email="vertegenwoordiger@example.org").representations.get().entry
    assert entry.slug == "netwerk-toetsbekwaamheid"


def test_a_second_run_changes_nothing(demo_site):
    before = everything()

    with override_settings(DEMO=True):
        call_command("load_demo", verbosity=0)

    assert everything() == before


def test_what_an_editor_changed_stays(demo_site):
    page = pages.NetworkPage.objects.get(slug="surf")
    page.blurb = "Zo is het nu."
    page.save_revision().publish()
    Subject.objects.filter(slug="krimp").update(scope="Anders gezegd.")

    call_command("load_demo", verbosity=0)

    assert pages.NetworkPage.objects.get(slug="surf").blurb == "Zo is het nu."
    assert Subject.objects.get(slug="krimp").scope == "Anders gezegd."


@pytest.fixture
def change_network(monkeypatch, tmp_path):
    """Change one record of networks.yaml, as a contributor might."""

    def change(**fields):
        found = records("networks.yaml")
        found[1] = {key: value for key, value in {**found[1], **fields}.items() if value is not ...}
        (tmp_path / "networks.yaml").write_text(yaml.safe_dump(found, allow_unicode=True), encoding="utf-8")
        monkeypatch.setattr(entries, "NETWORKS", Fixture("networks.yaml", NetworkRecord))
        monkeypatch.setattr("cms.demo.fixtures.FOLDER", tmp_path)

    return change


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"subjects": ["toetsng"]}, "subjects: there is no onderwerp 'toetsng'"),
        ({"sectors": ["hbo", "xyz"]}, "sectors: there is no sector 'xyz'"),
        ({"kind": "clubje"}, "kind: 'clubje' is none of netwerk, themagroep"),
        ({"blurb": ...}, "blurb: is missing"),
        ({"blub": "Tekst"}, "blub: is not a field of this record"),
        ({"subjects": "toetsing"}, "subjects: expected a list, not 'toetsing'"),
        ({"in_source_table": "ja"}, "in_source_table: expected bool, not 'ja'"),
        ({"linkedin": {"name": "Groep"}}, "linkedin.kind: is missing"),
        ({"url_repaired": "geen adres"}, "website: Voer een geldige URL in."),
        ({"source": ["boek"]}, "source: 'boek' is none of visie, voorstel, kaarten, review"),
        ({"slug": "themagroep-flexibel-opleiden"}, "slug: occurs twice in this file"),
    ],
)
def test_a_wrong_record_stops_the_loading_and_is_named(demo_site, change_network, fields, complaint):
    pages.NetworkPage.objects.get(slug="platform-samen-opleiden-en-professionaliseren").delete()
    change_network(**fields)
    slug = fields.get("slug", "platform-samen-opleiden-en-professionaliseren")

    with pytest.raises(CommandError) as stopped:
        call_command("load_demo", verbosity=0)

    assert str(stopped.value).startswith(f"fixtures/networks.yaml, record '{slug}', {complaint}")
