"""A spreadsheet to take away: a cover, contents, notes, and one table a sheet.

By the UK government's guidance for spreadsheets: tables marked as tables, no merged cells, no
empty rows, every marker explained. The same book gives the same bytes. No Django.
"""

import io
from collections.abc import Iterable
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import xlsxwriter

from reports.presenters.imprint import MADE_UP
from reports.presenters.spreadsheet import Book, Column, Sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

HEAD = 3  # rows above each table: its title, what the sheet holds, where it comes from
WIDTHS = {"text": 22, "long": 60, "count": 12, "share": 12, "score": 12}
FORMATS = {"count": "#,##0", "share": "0.0", "score": "0.0##"}
# A name or an answer that begins with "=" is text; nothing in a file of ours is computed.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def to_xlsx(book: Book) -> bytes:
    """The book as an Excel workbook."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, OPTIONS) as made:
        made.set_properties(
            {
                "title": book.title,
                "author": book.imprint.council,
                "subject": book.imprint.citation,
                "created": datetime.combine(book.imprint.released, time()),
            }
        )
        _Writer(made, book).write()
    return target.getvalue()


class _Writer:
    def __init__(self, made: Any, book: Book) -> None:
        self.made, self.book = made, book
        self.title: Format = made.add_format({"bold": True, "font_size": 15})
        self.bold: Format = made.add_format({"bold": True, "valign": "top"})
        self.text: Format = made.add_format({"text_wrap": True, "valign": "top"})
        self.link: Format = made.add_format({"font_color": "#12436d", "underline": 1})
        self.head: Format = made.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.kinds: dict[str, Format] = {
            kind: made.add_format({"num_format": shape, "valign": "top", "align": "right"})
            for kind, shape in FORMATS.items()
        }

    def write(self) -> None:
        self._cover()
        self._contents()
        for sheet in (self.book.notes, *self.book.sheets):
            self._sheet(sheet)

    def _cover(self) -> None:
        page = self.made.add_worksheet("Cover")
        page.set_column(0, 0, WIDTHS["text"])
        page.set_column(1, 1, WIDTHS["long"] + 20)
        page.write_string(0, 0, self.book.title, self.title)
        for row, (name, value) in enumerate(self.book.cover, 1):
            page.write_string(row, 0, name, self.bold)
            page.write_string(row, 1, value, self.text)

    def _contents(self) -> None:
        tables = (self.book.notes, *self.book.sheets)
        rows = tuple((each.name, each.title, len(each.rows)) for each in tables)
        columns = (Column("Sheet"), Column("What it holds", "long"), Column("Rows", "count"))
        page = self._sheet(Sheet("Contents", "Contents", columns, rows))
        for row, each in enumerate(tables, HEAD + 1):
            page.write_url(row, 0, f"internal:'{each.name}'!A1", self.link, each.name)

    def _sheet(self, sheet: Sheet) -> "Worksheet":
        page: Worksheet = self.made.add_worksheet(sheet.name)
        for row, words in enumerate((sheet.title, "This sheet holds one table.", self._origin())):
            page.write_string(row, 0, words, self.title if row == 0 else None)
        for number, column in enumerate(sheet.columns):
            page.set_column(number, number, WIDTHS[column.kind])
        self._table(page, sheet)
        page.freeze_panes(HEAD + 1, 0)
        return page

    def _origin(self) -> str:
        warning = f"{MADE_UP} " if self.book.imprint.made_up else ""
        return f"{warning}{self.book.imprint.source}"

    def _table(self, page: "Worksheet", sheet: Sheet) -> None:
        # A table of Excel needs a row; a sheet without one says so.
        rows = sheet.rows or (("None", *("[z]",) * (len(sheet.columns) - 1)),)
        headers = [{"header": each.title, "header_format": self.head} for each in sheet.columns]
        place = (HEAD, 0, HEAD + len(rows), len(sheet.columns) - 1)
        options = {"name": sheet.name, "columns": headers, "style": "Table Style Light 1"}
        page.add_table(*place, options)
        formats = [self.kinds.get(each.kind, self.text) for each in sheet.columns]
        for number, row in enumerate(rows, HEAD + 1):
            _row(page, number, row, formats)


def _row(page: "Worksheet", number: int, row: Iterable[Any], formats: list["Format"]) -> None:
    for column, (value, form) in enumerate(zip(row, formats, strict=True)):
        if isinstance(value, str):
            page.write_string(number, column, value, form)
        else:
            page.write_number(number, column, value, form)
