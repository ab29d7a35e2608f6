"""What pupils were told is saved, what the database holds, and the difference between the two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

# What a pupil can ask for at the end, and the state of the response that then must be stored.
ENDINGS = {"send": "submitted", "keep": "stopped", "delete": "withdrawn"}


@dataclass(frozen=True)
class Save:
    """One page of answers under the client's own number."""

    page: str
    seq: int
    answers: dict[str, Any]


@dataclass
class Ledger:
    """One pupil's record: what was `sent` may be stored, what was `acknowledged` must be."""

    sent: list[Save] = field(default_factory=list)
    acknowledged: list[Save] = field(default_factory=list)
    ended: str = ""  # the acknowledged ending: a key of ENDINGS


@dataclass(frozen=True)
class StoredResponse:
    """What the database holds of one response, opened with the analysis key."""

    state: str
    pages: tuple[Save, ...]


@dataclass(frozen=True)
class Findings:
    """Each broken promise, one line each.

    lost       acknowledged, and not there
    stale      acknowledged, and something older or other is there
    duplicate  two responses of one pupil, or two rows of one page
    foreign    there, and the pupil never sent it, or had it deleted
    """

    lost: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    duplicate: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, kind.name) for kind in fields(self))


def compare(
    ledgers: Mapping[str, Ledger], database: Mapping[str, Sequence[StoredResponse]]
) -> Findings:
    """All findings; keys of both are access codes. Nothing found is false."""
    told = [
        finding
        for code in sorted({*ledgers, *database})
        for finding in _of_one(code, ledgers.get(code, Ledger()), database.get(code, ()))
    ]
    kinds = (kind.name for kind in fields(Findings))
    return Findings(**{name: tuple(line for kind, line in told if kind == name) for name in kinds})


def _of_one(
    code: str, ledger: Ledger, stored: Sequence[StoredResponse]
) -> Iterator[tuple[str, str]]:
    rows = [row for response in stored for row in response.pages]
    if len(stored) > 1:
        yield "duplicate", f"{code} has {len(stored)} responses"
    for page in sorted({row.page for row in rows}):
        if sum(row.page == page for row in rows) > 1:
            yield "duplicate", f"{code} has {page} more than once"
    for row in rows:
        if row not in ledger.sent:
            yield "foreign", f"{code} never sent {row}"
    yield from _ending(code, ledger, stored)
    if ledger.ended != "delete":
        for page in sorted({save.page for save in ledger.acknowledged}):
            saves = [save for save in ledger.acknowledged if save.page == page]
            yield from _page(code, saves, [row for row in rows if row.page == page])


def _ending(
    code: str, ledger: Ledger, stored: Sequence[StoredResponse]
) -> Iterator[tuple[str, str]]:
    if ledger.ended and [each.state for each in stored] != [ENDINGS[ledger.ended]]:
        yield "lost", f"{code}: its end ({ledger.ended})"
    if ledger.ended == "delete" and any(each.pages for each in stored):
        yield "foreign", f"{code}: answers that were deleted"


def _page(code: str, saves: list[Save], rows: list[Save]) -> Iterator[tuple[str, str]]:
    newest = max(save.seq for save in saves)
    if not rows:
        yield "lost", f"{code}: {saves[-1]}"
    for row in rows:
        same = [save.answers for save in saves if save.seq == row.seq]
        if row.seq < newest or any(answers != row.answers for answers in same):
            yield "stale", f"{code}: {row} stands for {newest}"
