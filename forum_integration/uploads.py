"""Checking a file that somebody attaches: its name, declared type and content must say the same, and nothing more.

What comes out has a name for show only; pictures are drawn again, so that nothing hides in them.
"""

import codecs
import io
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any
from xml.etree.ElementTree import ParseError

import filetype
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile

from cms import pictures
from cms.archives import unpacks_too_large
from forum_integration.models.attachments import KeptFile

MEBIBYTE = 1024 * 1024
LARGEST_FILE = 10 * MEBIBYTE
LONGEST_NAME = 120

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
CONTENT_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": f"{OOXML}wordprocessingml.document",
    "pptx": f"{OOXML}presentationml.presentation",
    "xlsx": f"{OOXML}spreadsheetml.sheet",
    "odt": f"{ODF}text",
    "ods": f"{ODF}spreadsheet",
    "odp": f"{ODF}presentation",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "webp": "image/webp",
}
SAME_EXTENSION = {"jpeg": "jpg"}
UNKNOWN_TO_BROWSER = {"", "application/octet-stream"}
MAIN_PARTS = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
# What an office file may hold: no archives, no programs, no macros (those are .bin with a name of their own).
PARTS = {"xml", "rels", "vml", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "wdp", "svg", "webp"}
PARTS |= {"odttf", "ttf", "otf", "fntdata", "mp3", "mp4", "wav", "rdf", "bin", ""}
MACRO_PARTS = {"vbaproject.bin", "vbaprojectsignature.bin", "vbadata.xml"}
MACRO_FOLDERS = {"basic", "scripts"}
HYPERLINK = "/hyperlink"

NAMES_OF_TYPES = "pdf, Word, PowerPoint, Excel, OpenDocument, txt, png, jpg of webp"


class TooLargeError(ValidationError):
    """The file is larger than anyone may send; the answer to the request is a 413."""


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept; ``name`` is what the uploader called it."""

    name: str
    extension: str
    content_type: str
    content: File[bytes]

    @classmethod
    def kept(cls, file: KeptFile) -> "CheckedFile":
        """One that was checked and kept before, to be kept elsewhere."""
        with file.file.open() as content:
            return cls(file.name, file.extension, file.content_type, ContentFile(content.read(), name=file.name))

    def as_fields(self) -> dict[str, Any]:
        """The fields of a KeptFile."""
        return {
            "file": self.content,
            "name": self.name,
            "extension": self.extension,
            "content_type": self.content_type,
            "size": self.content.size,
        }


def check(upload: UploadedFile) -> CheckedFile:
    """The file as it may be kept. Raises ValidationError, in words for the uploader, when it may not."""
    name = shown_name(upload.name or "")
    extension = PurePosixPath(name).suffix.lower().removeprefix(".")
    extension = SAME_EXTENSION.get(extension, extension)
    if extension not in CONTENT_TYPES:
        raise ValidationError(f"‘{name}’ is geen bestand van een soort die hier mag: {NAMES_OF_TYPES}.")
    if not upload.size:
        raise ValidationError(f"‘{name}’ is leeg.")
    if upload.size > LARGEST_FILE:
        raise TooLargeError(f"‘{name}’ is groter dan 10 MB.")
    content_type = CONTENT_TYPES[extension]
    declared = (upload.content_type or "").partition(";")[0].strip().lower()
    if declared != content_type and declared not in UNKNOWN_TO_BROWSER:
        raise _not_what_it_says(name)
    data = upload.read()
    if extension == "txt":
        _check_text(name, data)
    elif content_type in pictures.FORMATS:
        data = _drawn_again(name, data, extension)
    elif extension == "pdf":
        if filetype.guess_mime(data) != content_type or not data.startswith(b"%PDF-"):
            raise _not_what_it_says(name)
    else:
        _check_office(name, data, extension)
    return CheckedFile(name, extension, content_type, ContentFile(data, name=name))


def shown_name(name: str) -> str:
    """The last part of the name that was sent, without what could mislead a reader or a header."""
    name = PureWindowsPath(PurePosixPath(name).name).name
    visible = "".join(char for char in name if unicodedata.category(char)[0] != "C")
    stem, dot, extension = " ".join(visible.split()).rpartition(".")
    return f"{stem[: LONGEST_NAME - len(extension) - 1]}{dot}{extension}"[-LONGEST_NAME:]


def _not_what_it_says(name: str) -> ValidationError:
    return ValidationError(
        f"De inhoud van ‘{name}’ past niet bij de naam. Sla het bestand opnieuw op en probeer het dan."
    )


def _check_text(name: str, data: bytes) -> None:
    encoding = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise ValidationError(f"‘{name}’ is geen gewone tekst. Sla het op als tekst met UTF-8.") from None
    if any(unicodedata.category(char) == "Cc" and char not in "\t\n\r\f" for char in text):
        raise _not_what_it_says(name)


def _drawn_again(name: str, data: bytes, extension: str) -> bytes:
    """The same picture without its metadata or anything behind it."""
    content_type = CONTENT_TYPES[extension]
    if pictures.kind_of(data) != content_type:
        raise _not_what_it_says(name)
    kept = io.BytesIO()
    image_format = pictures.FORMATS[content_type]
    pictures.opened(data, name=name).save(
        kept, format=image_format, **({"quality": 88} if extension != "png" else {"optimize": False})
    )
    return kept.getvalue()


def _check_office(name: str, data: bytes, extension: str) -> None:
    """Look into the archive that an office file is, without trusting anything it says about itself."""
    wrong = _not_what_it_says(name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if unpacks_too_large(archive, len(data)):
                raise ValidationError(f"‘{name}’ is te groot als het wordt uitgepakt.")
            for part in parts:
                _check_part(name, part)
            if extension in MAIN_PARTS:
                _check_ooxml(archive, extension, wrong)
            elif archive.namelist()[0] != "mimetype" or archive.read("mimetype") != CONTENT_TYPES[extension].encode():
                raise wrong
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml", ".rdf")):
                    _check_xml(name, part.filename, archive.read(part))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, KeyError, IndexError) as error:
        raise wrong from error


def _check_part(name: str, part: zipfile.ZipInfo) -> None:
    path = PurePosixPath(part.filename.replace("\\", "/"))
    lowered = [step.lower() for step in path.parts]
    if ".." in lowered or path.is_absolute() or part.flag_bits & 1:
        raise _not_what_it_says(name)
    if path.name.lower() in MACRO_PARTS or (lowered and lowered[0] in MACRO_FOLDERS):
        raise ValidationError(f"In ‘{name}’ zitten macro’s. Sla het op zonder macro’s en probeer het dan.")
    if path.suffix.lower().removeprefix(".") not in PARTS:
        raise ValidationError(f"In ‘{name}’ zit een ander bestand ({path.name}). Haal dat eruit en probeer het dan.")


def _check_ooxml(archive: zipfile.ZipFile, extension: str, wrong: ValidationError) -> None:
    if MAIN_PARTS[extension] not in archive.namelist():
        raise wrong
    types = archive.read("[Content_Types].xml")
    if b"macroEnabled" in types or CONTENT_TYPES[extension].encode() not in types:
        raise wrong


def _check_xml(name: str, part: str, data: bytes) -> None:
    """No entities, and no relation that fetches something from elsewhere; a link in the text is no such relation."""
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise _not_what_it_says(name) from error
    if not part.endswith(".rels"):
        return
    for relation in root:
        if relation.get("TargetMode") == "External" and not relation.get("Type", "").endswith(HYPERLINK):
            raise ValidationError(
                f"‘{name}’ haalt iets op van een andere plek. Zet dat in het bestand zelf en probeer het dan."
            )
