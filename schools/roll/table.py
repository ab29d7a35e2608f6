"""Bytes of a text or spreadsheet file -> rows of text cells."""

import csv
import io
import itertools
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

MAX_BYTES = 64 * 1024 * 1024
MAX_UNPACKED = 512 * 1024 * 1024
MAX_ROWS = 500_000
MAX_COLUMNS = 500
SEPARATORS = ",;\t|"

ZIP = b"PK\x03\x04"
COMPOUND = b"\xd0\xcf\x11\xe0"  # old .xls, and any workbook with a password


class RollFileError(ValueError):
    """The file as a whole cannot be read; the message is one sentence for the person."""


@dataclass(frozen=True)
class Table:
    """All rows as text without surrounding blanks; row n of the file is ``rows[n - 1]``.

    ``ragged_is_wrong``: in a text file a short row means a damaged line, in a spreadsheet
    only that its last cells are empty.
    """

    rows: tuple[tuple[str, ...], ...]
    ragged_is_wrong: bool


def read_tables(content: bytes) -> Iterator[Table]:
    """The table of a text file, or one for each sheet. Raises RollFileError."""
    if not content.strip():
        raise RollFileError("The file is empty.")
    if len(content) > MAX_BYTES:
        raise RollFileError(f"The file is larger than {MAX_BYTES // 1024**2} MB.")
    if content.startswith(COMPOUND):
        raise RollFileError(
            "The file is an old spreadsheet (.xls) or has a password: "
            "save it as .xlsx or .csv without a password."
        )
    if content.startswith(ZIP):
        return _sheets(content)
    return iter([Table(_text_rows(decode(content)), ragged_is_wrong=True)])


def decode(content: bytes) -> str:
    """Text of a file in UTF-8, UTF-16 with a byte-order mark, or Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        # No text has control characters: this is a picture, a program or a broken file.
        if not any(sign < " " and sign not in "\t\r\n\f" for sign in text):
            return text
    raise RollFileError("The file is neither text nor a spreadsheet (.csv or .xlsx).")


def _text_rows(text: str) -> tuple[tuple[str, ...], ...]:
    separator = _separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        return _bounded(reader)
    except csv.Error as error:
        raise RollFileError(
            f"The file breaks off or has a stray quotation mark near line {reader.line_num}."
        ) from error


def _separator(text: str) -> str:
    """The sign that most often divides the first lines; the comma when none does."""
    lines = [line for line in itertools.islice(io.StringIO(text), 20) if line.strip()]
    return max(SEPARATORS, key=lambda sign: max((line.count(sign) for line in lines), default=0))


def _sheets(content: bytes) -> Iterator[Table]:
    from openpyxl import load_workbook

    _check_unpacked_size(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        for sheet in book.worksheets:
            # The size that a file claims for its sheet can be wrong.
            sheet.reset_dimensions()
            values = sheet.iter_rows(values_only=True)
            rows = ([_text(value) for value in row] for row in values)
            yield Table(_bounded(rows), ragged_is_wrong=False)
    except RollFileError:
        raise
    # A damaged workbook fails in many ways inside zip, XML and openpyxl: to the person one.
    except Exception as error:
        raise _broken_workbook() from error


def _check_unpacked_size(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except Exception as error:
        raise _broken_workbook() from error
    if size > MAX_UNPACKED:
        raise RollFileError(f"The spreadsheet unpacks to more than {MAX_UNPACKED // 1024**2} MB.")


def _broken_workbook() -> RollFileError:
    return RollFileError("The spreadsheet is damaged or cut off, or is no .xlsx file.")


def _bounded(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Rows as tuples of stripped text. Raises RollFileError for a file out of all measure."""
    kept: list[tuple[str, ...]] = []
    for row in rows:
        cells = tuple(cell.strip() for cell in row)
        if len(cells) > MAX_COLUMNS or len(kept) >= MAX_ROWS:
            raise RollFileError(f"More than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns.")
        kept.append(cells)
    return tuple(kept)


def _text(value: object) -> str:
    """A spreadsheet's cell as a person reads it: 8.0 is "8"."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
