"""A representative sends a logo: with the draft to the editors, and on the site only once it is published."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from wagtail.images.tests.utils import get_test_image_file

from cms.accounts.erasing import erase
from cms.models import PlatformImage
from pages.models import EntryPage, Logo, NetworkPage, Submission
from pages.representing import logos, representatives
from tests.factories import NetworkPageFactory, UserFactory
from tests.pages.browsing import browser_of, page

OLD = "Hier vinden opleiders elkaar. Ze delen wat werkt."
BLURB = {"blurb": OLD, "links-TOTAL_FORMS": "0", "links-INITIAL_FORMS": "0"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'


@pytest.fixture
def entry(home):
    entry = NetworkPageFactory(title="Netwerk Doen", blurb=OLD)
    entry.save_revision()
    return entry


def picture(image_format="PNG", size=(300, 120), mode="RGB"):
    drawn = io.BytesIO()
    Image.new(mode, size, "white" if mode != "CMYK" else 0).save(drawn, format=image_format)
    return drawn.getvalue()


def upload(user, entry, data=None, *, name="logo.png", alt="Logo van Netwerk Doen", browser=None):
    file = SimpleUploadedFile(name, picture() if data is None else data, content_type="image/png")
    return (browser or browser_of(user)).post(f"/mijn/paginas/{entry.pk}/logo/", {"file": file, "alt": alt})


def send(user, entry, **changes):
    return browser_of(user).post(f"/mijn/paginas/{entry.pk}/", BLURB | changes)


def publish(editor, entry):
    submission = Submission.objects.get(entry=entry.pk)
    revision = EntryPage.objects.get(pk=entry.pk).latest_revision_id
    return browser_of(editor).post(f"/beheer/nakijken/{submission.pk}/besluit/", {"revision": revision})


def statuses(logo, *people):
    return [browser_of(person).get(f"/logo/{logo.pk}/").status_code for person in people]


def test_a_logo_goes_with_the_draft_and_is_there_for_readers_once_it_is_published(entry, keeper, editor):
    stranger = UserFactory()
    assert upload(keeper, entry).url == f"/mijn/paginas/{entry.pk}/"
    logo = Logo.objects.get()
    form = page(browser_of(keeper), f"/mijn/paginas/{entry.pk}/")
    assert f'name="logo" value="{logo.pk}"' in form
    assert form.partition(f'name="logo" value="{logo.pk}"')[2].partition(">")[0].find("checked") > 0
    assert "Geen logo" in form
    assert statuses(logo, None, stranger, keeper, editor) == [404, 404, 200, 200]

    send(keeper, entry, logo=logo.pk)
    assert statuses(logo, None, stranger, keeper, editor) == [404, 404, 200, 200]
    assert f"/logo/{logo.pk}/" not in page(browser_of(), entry.url)
    assert "Logo van Netwerk Doen" in page(browser_of(editor), f"/beheer/nakijken/{Submission.objects.get().pk}/")
    publish(editor, entry)

    assert statuses(logo, None, stranger, keeper, editor) == [200, 200, 200, 200]
    shown = page(browser_of(), entry.url)
    assert f'src="/logo/{logo.pk}/" alt="Logo van Netwerk Doen" width="300" height="120"' in shown
    answer = browser_of().get(f"/logo/{logo.pk}/")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "public, max-age=3600")
    assert not answer.cookies


def test_no_file_of_it_lies_where_a_web_server_hands_it_out(entry, keeper, editor, settings):
    upload(keeper, entry, name="netwerk-doen.png")
    logo = Logo.objects.get()
    send(keeper, entry, logo=logo.pk)
    browser_of(editor).get(f"/beheer/nakijken/{Submission.objects.get().pk}/")
    browser_of(editor).get(f"/beheer/pages/{entry.pk}/view_draft/")

    assert logo.file.path.startswith(str(settings.PRIVATE_MEDIA_ROOT))
    assert "netwerk-doen" not in logo.file.name
    assert not PlatformImage.objects.exists()
    assert {browser_of().get(f"/media/{start}{logo.file.name}").status_code for start in ("", "images/")} == {404}


def test_the_preview_shows_it_to_the_writer_alone(entry, keeper):
    upload(keeper, entry)
    logo = Logo.objects.get()
    send(keeper, entry, logo=logo.pk, preview="1")

    assert f"/logo/{logo.pk}/" in page(browser_of(keeper), f"/mijn/paginas/{entry.pk}/voorbeeld/")
    answer = browser_of(keeper).get(f"/logo/{logo.pk}/")
    assert answer["Cache-Control"] == "private, no-store"


def test_another_who_keeps_the_entry_sees_it_once_it_is_in_the_draft(entry, keeper):
    second = UserFactory()
    representatives.add(entry=entry, user=second, by=second)
    upload(keeper, entry)
    logo = Logo.objects.get()

    assert statuses(logo, second) == [404]
    assert f"/logo/{logo.pk}/" not in page(browser_of(second), f"/mijn/paginas/{entry.pk}/")
    send(keeper, entry, logo=logo.pk)
    assert statuses(logo, second) == [200]
    assert f"/logo/{logo.pk}/" in page(browser_of(second), f"/mijn/paginas/{entry.pk}/")


def test_who_keeps_the_entry_no_more_sees_nothing_that_is_not_public(entry, keeper):
    upload(keeper, entry)
    representatives.remove(kept=entry.representations.get(), by=keeper)

    assert statuses(Logo.objects.get(), keeper) == [404]


def test_the_logo_of_another_entry_or_writer_cannot_be_named(entry, keeper, editor):
    other, theirs = NetworkPageFactory(title="Netwerk Anders"), UserFactory()
    representatives.add(entry=other, user=theirs, by=theirs)
    upload(theirs, other)

    answer = send(keeper, entry, logo=Logo.objects.get().pk)

    assert answer.status_code == 200
    assert not Submission.objects.exists()
    assert upload(keeper, other).status_code == 403


def test_a_logo_goes_when_the_writer_chooses_none_and_stays_when_nothing_is_said(entry, keeper, editor):
    upload(keeper, entry)
    logo = Logo.objects.get()
    NetworkPage.objects.filter(pk=entry.pk).update(logo=logo)
    NetworkPage.objects.get(pk=entry.pk).save_revision()

    send(keeper, entry, audience="Iedereen.")
    assert EntryPage.objects.get(pk=entry.pk).get_latest_revision_as_object().logo == logo
    send(keeper, entry, logo="")
    assert EntryPage.objects.get(pk=entry.pk).get_latest_revision_as_object().logo is None
    publish(editor, entry)

    assert statuses(logo, None) == [404]


def test_an_entry_that_leaves_the_site_takes_its_logo_along(entry, keeper, editor):
    upload(keeper, entry)
    logo = Logo.objects.get()
    send(keeper, entry, logo=logo.pk)
    publish(editor, entry)
    NetworkPage.objects.get(pk=entry.pk).unpublish()

    assert statuses(logo, None, UserFactory()) == [404, 404]


@pytest.mark.parametrize(
    ("data", "name", "problem"),
    [
        (SVG, "logo.svg", "Heb je een svg of pdf?"),
        (SVG, "logo.png", "Heb je een svg of pdf?"),
        (b"<html><script>alert(1)</script>", "logo.png", "Dit is geen png, jpg of webp."),
        (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "logo.png", "geen afbeelding die te openen is"),
        (b"", "logo.png", "Dit bestand is leeg"),
        (picture(size=(20, 20)), "logo.png", "te klein"),
        (picture() + b"x" * (2 * 1024 * 1024), "logo.png", "hoogstens 2 MB"),
        (picture(size=(8000, 6000), mode="1"), "logo.png", "te veel beeldpunten"),
    ],
    ids=["svg", "svg by another name", "html", "broken", "empty", "tiny", "heavy", "bomb"],
)
def test_what_is_no_logo_is_refused_in_words(entry, keeper, data, name, problem):
    answer = upload(keeper, entry, data, name=name)

    assert answer.status_code == 200
    assert problem in answer.content.decode()
    assert 'value="Logo van Netwerk Doen"' in answer.content.decode()
    assert not Logo.objects.exists()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (picture("JPEG"), "logo.png"),
        (picture("JPEG", mode="CMYK"), "logo.jpg"),
        (picture("WEBP"), "foto"),
        (picture() + b"<script>alert(1)</script>", "logo.svg"),
        (picture(size=(3000, 900)), "../../logo.png"),
    ],
)
def test_whatever_it_is_called_a_picture_is_drawn_again_as_a_small_png(entry, keeper, data, name):
    upload(keeper, entry, data, name=name)

    with Logo.objects.get().file.open() as file:
        kept = file.read()
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == "PNG"
        assert max(image.size) <= 480
    assert b"script" not in kept


def test_words_for_who_cannot_see_it_are_asked(entry, keeper):
    answer = upload(keeper, entry, alt="")

    assert "voor wie het niet kan zien" in answer.content.decode()
    assert not Logo.objects.exists()


def test_what_was_typed_is_kept_on_the_way_to_the_logo(entry, keeper):
    browser = browser_of(keeper)

    answer = browser.post(f"/mijn/paginas/{entry.pk}/", BLURB | {"audience": "Half af", "to_logo": "1"})
    assert answer.url == f"/mijn/paginas/{entry.pk}/logo/"
    upload(keeper, entry, browser=browser)

    assert "Half af" in page(browser, f"/mijn/paginas/{entry.pk}/")


def test_ten_a_day_is_enough(entry, keeper):
    for _ in range(logos.MOST_A_DAY):
        Logo.objects.create(entry=entry, file=get_test_image_file(), alt="Logo", uploaded_by=keeper)

    assert "Probeer het morgen weer" in upload(keeper, entry).content.decode()
    assert Logo.objects.count() == logos.MOST_A_DAY


def test_logos_that_nothing_shows_are_forgotten_with_their_files(
    entry, keeper, editor, django_capture_on_commit_callbacks
):
    upload(keeper, entry)
    used = Logo.objects.get()
    send(keeper, entry, logo=used.pk)
    upload(keeper, entry)
    unused = Logo.objects.exclude(pk=used.pk).get()

    logos.forget_old()
    assert Logo.objects.count() == 2
    with time_machine.travel(timezone.now() + timedelta(days=91)), django_capture_on_commit_callbacks(execute=True):
        logos.forget_old()

    assert list(Logo.objects.all()) == [used]
    assert used.file.storage.exists(used.file.name)
    assert not unused.file.storage.exists(unused.file.name)


def test_with_an_account_go_the_logos_that_nobody_sees(entry, keeper, editor):
    upload(keeper, entry)
    used = Logo.objects.get()
    send(keeper, entry, logo=used.pk)
    publish(editor, entry)
    upload(keeper, entry)

    erase(keeper)

    assert [(logo.pk, logo.uploaded_by) for logo in Logo.objects.all()] == [(used.pk, None)]


def test_no_image_of_the_site_is_within_reach_of_a_representative(entry, keeper, editor):
    image = PlatformImage.objects.create(title="Foto van de redactie", file=get_test_image_file())
    browser = browser_of(keeper)

    for address in (
        *("/beheer/images/", f"/beheer/images/{image.pk}/", "/beheer/images/chooser/", "/beheer/images/multiple/add/"),
        *("/beheer/images/chooser/upload/", f"/beheer/images/{image.pk}/preview/1/", "/beheer/documents/"),
        *("/beheer/documents/chooser/", "/beheer/api/main/images/", f"/beheer/images/chooser/{image.pk}/"),
    ):
        for answer in (browser.get(address), browser.post(address)):
            assert answer.status_code in {302, 403, 404}, address
    for address in (f"/mijn/paginas/{entry.pk}/", f"/mijn/paginas/{entry.pk}/logo/"):
        assert "Foto van de redactie" not in page(browser, address)
    assert send(keeper, entry, logo=image.pk).status_code == 200
    assert not Submission.objects.exists()
    assert browser.get(f"/logo/{image.pk}/").status_code == 404


def test_a_page_with_a_logo_asks_as_much_as_one_more_query(
    entry, keeper, editor, client, django_assert_max_num_queries
):
    client.get(entry.url)
    with django_assert_max_num_queries(60) as without:
        client.get(entry.url)
    for _ in range(5):
        upload(keeper, entry)
    NetworkPage.objects.filter(pk=entry.pk).update(logo=Logo.objects.first())
    client.get(entry.url)
    with django_assert_max_num_queries(60) as with_logo:
        client.get(entry.url)

    assert len(with_logo) <= len(without) + 1
