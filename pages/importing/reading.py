"""A spreadsheet that an editor sends, as rows of text; or, in Dutch, why it cannot be read."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from openpyxl import load_workbook

from cms.admin import BEGINS_FORMULA, harmless
from cms.archives import unpacks_too_large

LARGEST = 2 * 1024 * 1024
MOST_ROWS = 300
MOST_COLUMNS = 60
LONGEST_CELL = 5_000
DELIMITERS = ",;\t"
GUARDED = re.compile(f"'+[{re.escape(''.join(BEGINS_FORMULA))}]")

FORMULA = "Hier staat een formule. Plak de uitkomst erin als tekst."
TOO_LONG = f"Hier staan meer dan {LONGEST_CELL} tekens."


class UnreadableError(Exception):
    """What is wrong with the file, in words for who sent it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet, by heading in small letters; ``number`` is what spreadsheet programs show beside it."""

    number: int
    cells: dict[str, str]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that reckons."""


Cell = str | Formula


def read(upload: UploadedFile) -> list[Row]:
    """All rows with something in them. Raises UnreadableError."""
    if not upload.size:
        raise UnreadableError("Dit bestand is leeg.")
    if upload.size > LARGEST:
        raise UnreadableError("Dit bestand is groter dan 2 MB. Verdeel het over meer bestanden.")
    extension = PurePath(upload.name or "").suffix.lower()
    if extension not in (".csv", ".xlsx"):
        raise UnreadableError("Kies een bestand dat op .csv of .xlsx eindigt.")
    data = upload.read()
    lines = _lines_of_workbook(data) if extension == ".xlsx" else _lines_of_text(data)
    return _rows(lines)


def _rows(lines: Sequence[Sequence[Cell]]) -> list[Row]:
    if not lines:
        raise UnreadableError("Er staat niets in dit bestand.")
    if len(lines[0]) > MOST_COLUMNS:
        raise UnreadableError(f"Dit bestand heeft meer dan {MOST_COLUMNS} kolommen.")
    headings = [_heading(cell) for cell in lines[0]]
    named = [heading for heading in headings if heading]
    if twice := sorted({heading for heading in named if named.count(heading) > 1}):
        raise UnreadableError(f"Deze kolom staat er twee keer in: {', '.join(twice)}.")
    rows = [_row(number, headings, line) for number, line in enumerate(lines[1:], start=2)]
    filled = [row for row in rows if row.faults or any(row.cells.values())]
    if not filled:
        raise UnreadableError("Onder de kopjes staat geen enkele rij.")
    if len(filled) > MOST_ROWS:
        raise UnreadableError(f"Dit bestand heeft meer dan {MOST_ROWS} rijen. Verdeel het over meer bestanden.")
    return filled


def _heading(cell: Cell) -> str:
    return " ".join(cell.casefold().split()) if isinstance(cell, str) else "formule"


def _row(number: int, headings: Sequence[str], line: Sequence[Cell]) -> Row:
    cells, faults = {}, []
    for heading, cell in zip(headings, line, strict=False):
        if isinstance(cell, Formula):
            faults.append(f"{heading.capitalize()}: {FORMULA}")
        elif len(cell) > LONGEST_CELL:
            faults.append(f"{heading.capitalize()}: {TOO_LONG}")
        elif heading:
            cells[heading] = cell
        elif cell:
            faults.append(f"‘{cell[:40]}’ staat in een kolom zonder kopje.")
    if any(isinstance(cell, Formula) or cell for cell in line[len(headings) :]):
        faults.append("Deze rij heeft meer cellen dan er kopjes zijn.")
    return Row(number, cells, tuple(faults))


def _text(value: str) -> Cell:
    """A cell as it was meant: what we wrote ourselves to be harmless is read back as it was."""
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if value.startswith("="):
        return Formula()
    return value[1:] if GUARDED.match(value) else value


def guarded(text: str) -> str:
    """A text as it goes into a cell, for ``read`` to give back just so."""
    return f"'{text}" if GUARDED.match(text) else harmless(text)


def _lines_of_text(data: bytes) -> list[list[Cell]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError(
            "De letters in dit bestand zijn niet te lezen. Bewaar het in Excel als ‘CSV UTF-8’, of als .xlsx."
        ) from None
    if any(unicodedata.category(char) == "Cc" and char not in "\t\n\r" for char in text):
        raise UnreadableError("Dit is geen CSV-bestand. Open het in een rekenblad en bewaar het als CSV of .xlsx.")
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise UnreadableError(
            "Dit CSV-bestand is niet goed afgesloten: er staat ergens een aanhalingsteken te veel of te weinig."
        ) from None
    if len(lines) > 20 * MOST_ROWS:
        raise UnreadableError(f"Dit bestand heeft meer dan {MOST_ROWS} rijen. Verdeel het over meer bestanden.")
    return [[_text(value) for value in line] for line in lines]


def _lines_of_workbook(data: bytes) -> list[list[Cell]]:
    """The first sheet. Nothing is reckoned, fetched or run."""
    wrong = "Dit bestand is niet te openen als rekenblad. Bewaar het opnieuw als .xlsx en probeer het dan."
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if unpacks_too_large(archive, len(data)):
                raise UnreadableError("Dit bestand is te groot als het wordt uitgepakt.")
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        cells = sheet.iter_rows(max_row=20 * MOST_ROWS, max_col=MOST_COLUMNS + 1)
        return [_trimmed([_cell(cell) for cell in line]) for line in cells]
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl lets through whatever goes wrong below it
        raise UnreadableError(wrong) from error


def _cell(cell: Any) -> Cell:
    value = cell.value
    if getattr(cell, "data_type", "") == "f":
        return Formula()
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _text(str(value))


def _trimmed(line: list[Cell]) -> list[Cell]:
    """Without the empty cells at the end, which a sheet has many of."""
    while line and line[-1] == "":
        line.pop()
    return line


def headings_of(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(heading for row in rows for heading in row.cells))
