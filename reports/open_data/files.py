"""One file of the data package, and what its columns mean."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Field:
    """A column: its name, its type by the Table Schema, and what it means."""

    name: str
    type: str
    meaning: str


@dataclass(frozen=True)
class Resource:
    """A file. `fields` is empty where it is no table, `vintage` where it holds no boundaries."""

    path: str
    title: str
    mediatype: str
    content: bytes
    fields: tuple[Field, ...] = ()
    vintage: str = ""

    @property
    def media(self) -> str:
        """The ending of the file's name."""
        return self.path.rpartition(".")[2]

    @property
    def name(self) -> str:
        """The file's name without its ending."""
        return self.path.rpartition(".")[0]

    @property
    def sha256(self) -> str:
        """The mark by which a reader sees that a copy is whole."""
        return hashlib.sha256(self.content).hexdigest()


def table(
    path: str, title: str, fields: tuple[Field, ...], rows: Iterable[Mapping[str, Any]]
) -> Resource:
    """A CSV in UTF-8 with a header; the same rows give the same bytes."""
    text = io.StringIO()
    names = [each.name for each in fields]
    writer = csv.DictWriter(text, names, lineterminator="\n", extrasaction="raise")
    writer.writeheader()
    writer.writerows(rows)
    return Resource(path, title, "text/csv", text.getvalue().encode(), fields)
