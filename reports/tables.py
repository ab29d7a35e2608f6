"""Released figures as plain rows, for files and the API. No Django."""

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.disclosure.released import Cell, ReleasedCube, ReleasedGroup

GROUP_COLUMNS = ("place_kind", "place", "year_group", "sex", "fsm", "sen")
COLUMNS = (
    *GROUP_COLUMNS, "pupils", "measure", "kind", "answer", "n", "value", "unit", "low", "high",
    "sd", "shown",
)  # fmt: skip
CHANGE_COLUMNS = (
    *GROUP_COLUMNS, "measure", "kind", "unit", "n", "value", "before_n", "before", "change", "low",
    "high", "schools", "verdict",
)  # fmt: skip
NON_ANSWER_WORDS = {-1: "skipped", -2: "not reached", -3: "not asked"}


def rows(cube: "ReleasedCube") -> Iterator[dict[str, Any]]:
    """One row a published number: a headline, a score, or one answer's share.

    `value` is empty where `shown` stands for it ("<5 %"). Withheld tables have no rows; the
    breakdowns of the cube say which they are and why.
    """
    for group in cube.groups:
        about = {**_about(group), "pupils": group.n}
        for measure, cell in cube.cells.get(group.id, {}).items():
            for number in _numbers(cell):
                yield {**dict.fromkeys(COLUMNS), **about, "measure": measure, **number}


def changes(cube: "ReleasedCube") -> Iterator[dict[str, Any]]:
    """One row a headline or score of a group beside the wave before (see `Since`).

    `schools` is empty but for the borough: there it is how many took part both times, and all
    figures of the row are theirs.
    """
    from reports.disclosure.released import HeadlineCell

    for group in cube.groups:
        for measure, found in cube.since.get(group.id, {}).items():
            share = isinstance(cube.cells[group.id][measure], HeadlineCell)
            yield {
                **_about(group), "measure": measure, "kind": "headline" if share else "score",
                "unit": "percent" if share else "score", "n": found.n, "value": found.value,
                "before_n": found.before_n, "before": found.before, "change": found.difference,
                "low": found.low, "high": found.high, "schools": found.schools,
                "verdict": found.verdict,
            }  # fmt: skip


def _about(group: "ReleasedGroup") -> dict[str, Any]:
    values = group.values
    return {
        "place_kind": group.place.kind,
        "place": group.place.key,
        "year_group": values.get("year_group", "all"),
        "sex": values.get("sex", "all"),
        "fsm": values.get("fsm", "all"),
        "sen": values.get("sen_detail") or values.get("sen", "all"),
    }


def to_csv(cube: "ReleasedCube") -> bytes:
    """The rows as a CSV with a header, in UTF-8."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(cube))
    return text.getvalue().encode()


def _numbers(cell: "Cell") -> Iterator[dict[str, Any]]:
    from reports.disclosure.released import AnswersCell, ScoreCell

    if isinstance(cell, AnswersCell):
        for share in (*cell.shares, *cell.missing):
            yield {
                "kind": "answer", "answer": NON_ANSWER_WORDS.get(share.code, share.code),
                "n": cell.n, "value": share.percent, "unit": "percent", "shown": share.label,
            }  # fmt: skip
    elif isinstance(cell, ScoreCell):
        yield {
            "kind": "score", "n": cell.n, "value": cell.mean, "unit": "score", "low": cell.low,
            "high": cell.high, "sd": cell.sd, "shown": f"{cell.mean:g}",
        }  # fmt: skip
    else:
        yield {
            "kind": "headline", "n": cell.n, "value": cell.percent, "unit": "percent",
            "low": cell.low, "high": cell.high, "shown": cell.label,
        }  # fmt: skip
