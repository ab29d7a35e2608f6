"""What a spreadsheet is made of."""

from dataclasses import dataclass
from typing import Literal

from reports.presenters.imprint import Imprint

Kind = Literal["text", "long", "count", "share", "score"]
Value = str | float | int
Row = tuple[Value, ...]


@dataclass(frozen=True)
class Column:
    """`kind` says how wide it is and how its numbers are written."""

    title: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Sheet:
    """One table; no cell of it is empty."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Book:
    """`cover`: names and values. `notes`: what a marker or a number stands for."""

    title: str
    imprint: Imprint
    cover: tuple[tuple[str, str], ...]
    notes: Sheet
    sheets: tuple[Sheet, ...]
