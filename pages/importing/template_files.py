"""The file that editors fill in: with only headings, or with all entries of a category as they are now."""

import csv
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from pages.importing.columns import columns_of
from pages.importing.reading import guarded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def lines_for(index: Any, *, filled: bool) -> list[list[str]]:
    """The headings, and with ``filled`` a line per entry that carrying out would leave as it is."""
    model = index.entry_model()
    columns = columns_of(model)
    lines = [[column.heading.capitalize() for column in columns]]
    if filled:
        for entry in model.objects.child_of(index).order_by("title").prefetch_related("subjects", "sectors", "regions"):
            page = entry.get_latest_revision_as_object() if entry.has_unpublished_changes else entry
            lines.append([guarded(ILLEGAL_CHARACTERS_RE.sub("", column.text_of(page))) for column in columns])
    return lines


def as_csv(lines: list[list[str]]) -> bytes:
    """With a mark by which spreadsheet programs know that it is UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(lines)
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(lines: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - for the types; a new book has a sheet
    for line in lines:
        sheet.append(line)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
