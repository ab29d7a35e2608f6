"""What is served of a wave, fetched in process through the addresses that everybody uses.

For the attack: it reads what people can get, not what we believe we have published.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from rest_framework.test import force_authenticate

from schools.models import User

NUMBERS = ("n", "value", "low", "high", "sd")


class NotServed(Exception):
    """An address did not answer as it should."""


@dataclass(frozen=True)
class Served:
    """documents: one a place. strays: numbers that stand in a file but in no document.

    papers: how many PDFs were read; None where no reader is installed.
    """

    documents: tuple[Mapping[str, Any], ...]
    strays: tuple[str, ...]
    files: int
    papers: int | None


def served(wave: str, by: User) -> Served:
    """All places of the published build of a wave, with their tables and papers.

    Reading a school's files is recorded like any reading. Raises `NotServed`.
    """
    places = _api(reverse("api-places", args=[wave]), by)
    documents, strays, files, papers = [], [], 1, 0
    public: set[tuple[Any, ...]] = set()
    for place in places:
        where = [wave, place["kind"], place["key"]]
        document = _api(reverse("api-place", args=where), by)["cube"]
        documents.append(document)
        stated = set(_stated(document))
        tables = [_api(reverse("api-cells", args=where), by), _table(where, by)]
        files += len(tables)
        for rows in tables:
            strays += [
                f"{where[1]} {where[2]}: {row}" for row in map(_row, rows) if row not in stated
            ]
        if place["kind"] == "school":
            paper = _paper(where, by)
            papers += paper is not None
            strays += _unstated(paper or "", document, f"PDF of {where[2]}")
        else:
            public |= stated
    strays += [f"open data: {row}" for row in map(_row, _open(wave, by)) if row not in public]
    read = papers if papers or not any(p["kind"] == "school" for p in places) else None
    return Served(tuple(documents), tuple(strays), files, read)


def _get(address: str, by: User) -> HttpResponse:
    request = RequestFactory().get(address, secure=True)
    request.user = by
    force_authenticate(request, user=by)
    view, args, kwargs = resolve(address)
    response = view(request, *args, **kwargs)
    if response.status_code != 200:
        raise NotServed(f"{address} answered {response.status_code}.")
    return response


def _api(address: str, by: User) -> Any:
    return _get(address, by).data  # type: ignore[attr-defined]


def _file(where: Sequence[str], by: User, form: str) -> bytes:
    wave, kind, key = where
    if kind == "school":
        return _get(reverse(f"school-report-{form}", args=[wave, key]), by).content
    return _get(reverse(f"area-{form}", args=[wave, kind, key]), by).content


def _table(where: Sequence[str], by: User) -> list[dict[str, str]]:
    return _read(_file(where, by, "csv"))


def _open(wave: str, by: User) -> list[dict[str, str]]:
    """The open data's one table of all public places."""
    return _read(_get(reverse("open-data-file", args=[wave, "results.csv"]), by).content)


def _read(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def _paper(where: Sequence[str], by: User) -> str | None:
    """The words of a PDF; None where there is nothing to read it with."""
    try:
        from pypdf import PdfReader
    except ImportError:
        return None
    pages = PdfReader(io.BytesIO(_file(where, by, "pdf"))).pages
    return "\n".join(page.extract_text() for page in pages)


def _row(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """A row of a table as `_stated` has it: its place, its measure and its numbers."""
    numbers = (None if row[name] in {None, ""} else float(row[name]) for name in NUMBERS)
    return (f"{row['place_kind']}:{row['place']}", row["measure"], *numbers, row["shown"])


def _stated(document: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """Every number of a document as a row."""
    for group, cells in document["cells"].items():
        place = group.split("|")[0]
        for measure, (kind, n, *rest) in cells.items():
            base = (place, measure, float(n))
            if kind == "h":
                _, percent, low, high, label = rest
                yield (*base, percent, low, high, None, label)
            elif kind == "s":
                mean, sd, low, high = rest
                yield (*base, mean, low, high, sd, f"{mean:g}")
            else:
                for _, percent, label in (*rest[0], *rest[1]):
                    yield (*base, percent, None, None, None, label)


def _unstated(words: str, document: Mapping[str, Any], name: str) -> list[str]:
    """Shares to a decimal in the words of a paper that the document does not state."""
    known = {
        f"{number:.1f}"
        for part in ("cells", "comparisons", "since")
        for row in document.get(part, {}).values()
        for cell in row.values()
        for number in _numbers(cell)
    }
    found = dict.fromkeys(re.findall(r"\d+\.\d(?=\s?%)", words))
    return [f"{name}: {number} %" for number in found if number not in known]


def _numbers(cell: Any) -> Iterator[float]:
    if isinstance(cell, list):
        for each in cell:
            yield from _numbers(each)
    elif isinstance(cell, int | float):
        yield abs(float(cell))
