"""Opening sealed responses, many at a time: two queries a batch, one parse a response."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import TextField
from django.db.models.functions import Cast

from surveys.coding import Sheet
from surveys.models import Link, Response, SealedPage, Wave
from surveys.models.response import page_context
from surveys.sealing import AnalysisKey, open_pages
from surveys.signs import PAGE as ABOUT
from surveys.signs import Signs, read_signs

if TYPE_CHECKING:
    from django.db.models import QuerySet

BATCH = 500  # responses; about 7 MB of sealed pages

# Of 49 pages a response, making a UUID of each one's identifier cost more than opening it.
_TEXT = Cast("response_id", TextField())
# What is asked of the database for each response, by our names.
_FIELDS = {
    "response": "text",
    "person": "person",
    "edition": "response__edition",
    "entered": "response__entered",
    "rotation": "response__rotation",
    "state": "response__state",
    "wrap": "response__analysis_wrap",
    "code": "response__code_id",
    "year_of_lesson": "response__code__lesson__year_group",
    "year_group": "year_group",
}


@dataclass(frozen=True)
class Opened:
    """One response with all that it holds, and the signs that lie beside its answers.

    reached: the pages of questions it reached; None where one sealed page holds them all.
    """

    person: str
    edition: str
    entered: str
    rotation: int
    finished: bool
    year_asked: int | None
    answers: dict[str, Any]
    reached: frozenset[str] | None
    signs: Signs

    @property
    def sheet(self) -> Sheet:
        """What is coded of it."""
        return Sheet(self.answers, self.year_asked, self.reached)


def linked(wave: Wave, school: str | None = None, edition: str | None = None) -> "QuerySet[Link]":
    """The linked responses of a wave, of one school or of one edition alone.

    By person, not by row: the same order whatever order the responses came in.
    """
    links = Link.objects.filter(response__wave=wave, outcome=Link.Outcome.LINKED)
    if school is not None:
        links = links.filter(school__key=school)
    if edition is not None:
        links = links.filter(response__edition=edition)
    return links.order_by("person")


def open_linked(links: "QuerySet[Link]", private_key: bytes) -> Iterator[Opened]:
    """Open responses in the order of their links. Raises `SealError` with a wrong key."""
    key = AnalysisKey(private_key)
    found = links.annotate(text=_TEXT).values_list(*_FIELDS.values())
    rows = [dict(zip(_FIELDS, row, strict=True)) for row in found]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        pages = _pages([row["response"] for row in batch])
        for row in batch:
            yield _opened(row, pages[row["response"]], key)


def year_asked(year_of_lesson: int | None, year_group: int | None) -> int | None:
    """The year group by which questions were chosen: the lesson's, whatever the roll says now."""
    return year_group if year_of_lesson is None else year_of_lesson


def _pages(responses: list[str]) -> dict[str, list[tuple[str, int, bytes]]]:
    """The sealed pages of responses: page, number of the save, what is sealed."""
    found: dict[str, list[tuple[str, int, bytes]]] = defaultdict(list)
    sealed = SealedPage.objects.filter(response__in=[uuid.UUID(each) for each in responses])
    rows = sealed.order_by().annotate(text=_TEXT)
    for response, page, seq, content in rows.values_list("text", "page", "seq", "sealed"):
        found[response].append((page, seq, bytes(content)))
    return found


def _opened(row: dict[str, Any], rows: list[tuple[str, int, bytes]], key: AnalysisKey) -> Opened:
    response = uuid.UUID(row["response"])
    data_key = key.unwrap(bytes(row["wrap"]), context=response.hex)
    sealed = ((page, page_context(response, name, seq)) for name, seq, page in rows)
    pages = dict(zip((name for name, _, _ in rows), open_pages(data_key, sealed), strict=True))
    signs = read_signs(pages.pop(ABOUT, {}))
    return Opened(
        person=row["person"],
        edition=row["edition"],
        entered=row["entered"],
        rotation=row["rotation"],
        finished=row["state"] == Response.State.SUBMITTED,
        year_asked=year_asked(row["year_of_lesson"], row["year_group"]),
        answers={key: answer for page in pages.values() for key, answer in page.items()},
        # Collected elsewhere: one sealed page holds the whole questionnaire.
        reached=frozenset(pages) if row["code"] else None,
        signs=signs,
    )
