import base64
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from machina.apps.forum_conversation.models import Topic
from PIL import Image

from forum_integration import uploads
from forum_integration.forms import LARGEST_DAY
from forum_integration.models import Attachment
from forum_integration.rights import ForumRights
from forum_integration.services import moderation, writing
from tests.forum_integration.factories import (
    checked_pdf,
    make_reply,
    make_topic,
    office_file,
    pdf,
    post_address,
    topic_address,
)
from tests.forum_integration.test_writing import create_address

HOSTILE = Path(__file__).parent.parent / "data" / "hostile"
UPLOADS = json.loads((HOSTILE / "uploads.json").read_text(encoding="utf-8"))
FILE_NAMES = [json.loads(line) for line in (HOSTILE / "filenames.txt").read_text(encoding="utf-8").splitlines()]
DOCX = uploads.CONTENT_TYPES["docx"]
WORD = {
    "[Content_Types].xml": f'<Types><Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>',
    "_rels/.rels": "<Relationships/>",
    "word/document.xml": "<document/>",
}
LINK = '<Relationship Type="http://schemas.openxmlformats.org/{}" Target="https://example.org" TargetMode="External"/>'


def stored_files(storage):
    root = Path(storage.location)
    return [path for path in root.rglob("*") if path.is_file()]


def download_address(attachment):
    return reverse("forum_conversation:attachment", args=[attachment.pk])


def docx(**changed):
    parts = {**WORD, **{name.replace("__", "/"): content for name, content in changed.items()}}
    return SimpleUploadedFile("tekst.docx", office_file(parts), DOCX)


@pytest.mark.parametrize(
    "upload", [pytest.param(upload, id=f"{upload['id']}-{upload['filename']}") for upload in UPLOADS]
)
def test_a_file_is_kept_only_when_name_type_and_content_agree(
    home, questions, member, browser_of, attachments_of_this_test, upload
):
    content = base64.b64decode(upload["base64"])
    sent = SimpleUploadedFile(upload["filename"], content, upload["declared_content_type"])

    response = browser_of(member).post(
        create_address(questions), {"title": "Titel", "text": "Mijn tekst", "attachments": sent}
    )

    kept = Attachment.objects.first()
    if kept is None:
        refused_with_reason = upload["expect"] == "reject" or "or the file is rejected" in upload["reason"]
        assert refused_with_reason
        assert "Mijn tekst" in response.content.decode()
        assert upload["filename"] in response.content.decode()
        assert not stored_files(attachments_of_this_test)
        assert not Topic.objects.exists()
    else:
        assert upload["expect"] == "accept"
        download = browser_of().get(download_address(kept))
        assert download["Content-Type"] == uploads.CONTENT_TYPES[kept.extension]


@pytest.mark.parametrize("name", FILE_NAMES)
def test_a_file_name_stays_a_name(home, questions, member, visitor, browser_of, attachments_of_this_test, name):
    sent = pdf()
    sent.name, sent._name = f"{name}.pdf", f"{name}.pdf"

    browser_of(member).post(create_address(questions), {"title": "Titel", "text": "Tekst", "attachments": sent})

    for kept in Attachment.objects.all():
        stored = Path(attachments_of_this_test.location, kept.file.name).resolve()
        assert stored.is_relative_to(Path(attachments_of_this_test.location).resolve() / "forum")
        assert stored.stem.isalnum()
        header = visitor.get(download_address(kept)).headers["Content-Disposition"]
        assert header.startswith("attachment; filename")
        assert not any(character in header for character in "\r\n\0")
        page = visitor.get(topic_address("topic", Topic.objects.get())).content.decode()
        assert "<script" not in page.partition('class="post__files"')[2].partition("</ul>")[0]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/verslag.pdf", "verslag.pdf"),
        ("C:\\Users\\jan\\verslag.pdf", "verslag.pdf"),
        ("verslag\u202efdp.exe.pdf", "verslagfdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        (f"{'lang' * 60}.pdf", f"{('lang' * 60)[:116]}.pdf"),
    ],
)
def test_the_name_that_is_shown_is_the_last_part_without_what_misleads(name, shown):
    assert uploads.shown_name(name) == shown


@pytest.mark.parametrize("declared", ["text/html", "image/png", "application/x-msdownload"])
def test_a_declared_type_that_does_not_fit_is_refused(declared):
    with pytest.raises(ValidationError):
        uploads.check(pdf(content_type=declared))


def test_a_browser_that_does_not_know_the_type_is_believed_on_the_content():
    assert uploads.check(pdf(content_type="application/octet-stream")).content_type == "application/pdf"


def test_an_ordinary_word_file_with_a_link_in_it_is_fine():
    assert uploads.check(docx(word___rels__document_xml_rels="<a/>")).extension == "docx"
    linked = docx(**{"word/_rels/document.xml.rels": f"<Relationships>{LINK.format('hyperlink')}</Relationships>"})
    assert uploads.check(linked).extension == "docx"


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/vbaProject.bin", "macro"),
        ("word/embeddings/programma.exe", "MZ"),
        ("../buiten.xml", "<a/>"),
        ("word/settings.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
        ("word/_rels/settings.xml.rels", f"<Relationships>{LINK.format('attachedTemplate')}</Relationships>"),
        ("word/groot.xml", "<a>" + " " * 5_000_000 + "</a>"),
        ("[Content_Types].xml", "<Types/>"),
    ],
)
def test_an_office_file_with_more_in_it_than_a_text_is_refused(part, content):
    with pytest.raises(ValidationError):
        uploads.check(docx(**{part: content}))


@pytest.mark.parametrize(("extension", "expected"), [("odt", True), ("ods", False)])
def test_an_opendocument_file_says_first_what_it_is(extension, expected):
    content = office_file({"mimetype": uploads.CONTENT_TYPES["odt"], "content.xml": "<a/>"})
    sent = SimpleUploadedFile(f"tekst.{extension}", content, uploads.CONTENT_TYPES[extension])

    if expected:
        assert uploads.check(sent).extension == "odt"
    else:
        with pytest.raises(ValidationError):
            uploads.check(sent)


@pytest.mark.parametrize(
    ("extension", "image_format"), [("jpg", "JPEG"), ("jpeg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")]
)
def test_a_picture_is_drawn_again_without_its_metadata(extension, image_format):
    image = Image.new("RGB", (8, 4), "navy")
    exif = image.getexif()
    exif[0x010E] = "thuisadres"
    original = io.BytesIO()
    image.save(original, format=image_format, exif=exif)
    content = original.getvalue() + b"<?php ?>"
    declared = uploads.CONTENT_TYPES[uploads.SAME_EXTENSION.get(extension, extension)]

    kept = uploads.check(SimpleUploadedFile(f"foto.{extension}", content, declared)).content.read()

    assert b"thuisadres" not in kept
    assert b"<?php" not in kept
    assert Image.open(io.BytesIO(kept)).size == (8, 4)


def test_a_file_over_ten_megabytes_is_a_413_that_keeps_the_text(home, questions, member, browser_of):
    sent = {"title": "Mijn titel", "text": "Mijn tekst", "attachments": pdf("groot.pdf", size=uploads.LARGEST_FILE + 1)}

    response = browser_of(member).post(create_address(questions), sent)

    page = response.content.decode()
    assert response.status_code == 413
    assert "‘groot.pdf’ is groter dan 10 MB." in page
    assert "Kies deze bijlagen opnieuw" in page
    assert "Mijn tekst" in page
    assert not Topic.objects.exists()


def test_five_files_at_a_post_and_no_more(home, questions, member, browser_of):
    browser = browser_of(member)
    six = {"title": "Titel", "text": "Tekst", "attachments": [pdf(f"{n}.pdf") for n in range(6)]}

    assert "hoogstens 5 bijlagen" in browser.post(create_address(questions), six).content.decode()
    browser.post(create_address(questions), {**six, "attachments": [pdf(f"{n}.pdf") for n in range(5)]})

    assert Attachment.objects.count() == 5
    more = {"title": "Titel", "text": "Tekst", "attachments": pdf()}
    address = topic_address("topic_update", Topic.objects.get())
    assert "hoogstens 5 bijlagen" in browser.post(address, more).content.decode()
    browser.post(address, {**more, "remove": Attachment.objects.first().pk})
    assert Attachment.objects.count() == 5


def test_fifty_megabytes_a_day_and_no_more(home, questions, member, browser_of):
    topic = make_topic(questions, member, files=[checked_pdf()])
    Attachment.objects.update(size=LARGEST_DAY)
    browser, address = browser_of(member), topic_address("post_create", topic)

    response = browser.post(address, {"text": "Nog een", "attachments": pdf()})
    assert response.status_code == 413
    assert "per dag hoogstens 50 MB" in response.content.decode()

    Attachment.objects.update(uploaded_on=timezone.now() - timedelta(hours=25))
    browser.post(address, {"text": "Nog een", "attachments": pdf()})
    assert topic.posts.count() == 2


def test_files_lie_outside_the_public_media_under_a_name_of_the_server(
    home, questions, member, visitor, settings, attachments_of_this_test
):
    make_topic(questions, member, files=[checked_pdf("notulen.pdf")])

    [stored] = stored_files(attachments_of_this_test)
    assert not stored.is_relative_to(settings.MEDIA_ROOT)
    assert "notulen" not in stored.name
    for path in (Attachment.objects.get().file.name, "machina/attachments/notulen.pdf", "forum/notulen.pdf"):
        assert visitor.get(f"/media/{path}").status_code == 404


def test_a_file_is_a_download_and_never_a_page(home, questions, member, visitor):
    make_topic(questions, member, files=[checked_pdf("één verslag.pdf")])

    response = visitor.get(download_address(Attachment.objects.get()))

    assert response["Content-Disposition"] == "attachment; filename*=utf-8''%C3%A9%C3%A9n%20verslag.pdf"
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert b"".join(response.streaming_content).startswith(b"%PDF-")


def test_whoever_may_read_a_post_but_not_download_gets_nothing(home, questions, member, visitor, set_right):
    make_topic(questions, member, files=[checked_pdf()])

    set_right("can_download_file", questions, granted=False, visitors=True)

    assert visitor.get(download_address(Attachment.objects.get())).status_code == 404


def test_only_where_attaching_is_allowed(home, questions, member, browser_of, set_right):
    set_right("can_attach_file", questions, granted=False)

    browser_of(member).post(create_address(questions), {"title": "Titel", "text": "Tekst", "attachments": pdf()})

    assert Topic.objects.count() == 1
    assert not Attachment.objects.exists()


@pytest.fixture
def theirs(home, forums, member):
    return make_topic(forums["vragen"], member, files=[checked_pdf("van-een-ander.pdf")]).first_post.files.get()


@pytest.mark.parametrize("delete", [{}, {"attachment-0-DELETE": "on"}])
def test_anothers_file_is_not_taken_over_or_deleted_by_its_id(theirs, questions, other_member, browser_of, delete):
    """machina's form set looked the id up among all attachments of the site."""
    mine = make_topic(questions, other_member, files=[checked_pdf()])
    form_set = {
        "attachment-TOTAL_FORMS": "1",
        "attachment-INITIAL_FORMS": "1",
        "attachment-0-id": theirs.pk,
        "attachment-0-comment": "van mij",
        **delete,
    }

    for field in ({}, {"remove": theirs.pk}):
        sent = {"title": "Titel", "text": "Tekst", **form_set, **field}
        browser_of(other_member).post(topic_address("topic_update", mine), sent)

        assert Attachment.objects.get(pk=theirs.pk).post_id == theirs.post_id


def test_a_file_is_only_removed_from_the_post_that_it_hangs_on(theirs, questions, other_member):
    mine = make_topic(questions, other_member)

    writing.edit_post(post=mine.first_post, by=ForumRights(other_member), text="Tekst", remove=[theirs])

    assert Attachment.objects.filter(pk=theirs.pk).exists()


def test_an_abandoned_upload_is_kept_nowhere(home, questions, member, browser_of, attachments_of_this_test):
    """machina kept uploads of a form with errors under one key for everybody without a session."""
    browser_of(member).post(create_address(questions), {"title": "", "text": "Tekst", "attachments": pdf()})

    assert not stored_files(attachments_of_this_test)
    assert "verslag.pdf" not in browser_of(member).get(create_address(questions)).content.decode()


@pytest.mark.parametrize("what", ["file", "answer", "topic"])
def test_a_deleted_file_leaves_the_disk_once_it_cannot_be_put_back(
    home, questions, moderator, browser_of, attachments_of_this_test, django_capture_on_commit_callbacks, what
):
    topic = make_topic(questions, moderator)
    answer = make_reply(topic, moderator, files=[checked_pdf()])
    address, sent = {
        "file": (post_address("post_update", answer), {"text": "Zonder", "remove": answer.files.get().pk}),
        "answer": (post_address("post_delete", answer), {}),
        "topic": (post_address("post_delete", topic.first_post), {}),
    }[what]

    with django_capture_on_commit_callbacks(execute=True):
        browser_of(moderator).post(address, sent)
        with time_machine.travel(timezone.now() + timedelta(days=31)):
            moderation.forget_deleted()

    assert not Attachment.objects.exists()
    assert not stored_files(attachments_of_this_test)


def test_a_file_that_is_gone_from_the_disk_is_not_found(home, questions, member, visitor, attachments_of_this_test):
    make_topic(questions, member, files=[checked_pdf()])
    attachment = Attachment.objects.get()

    attachments_of_this_test.delete(attachment.file.name)

    assert visitor.get(download_address(attachment)).status_code == 404
