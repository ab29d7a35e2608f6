"""Question by question: who was reached, who skipped it, who preferred not to say.

From released cells alone, so nothing is told here that the rules have not let through. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from reports.disclosure.lattice import Group, Place, group_id
from reports.disclosure.released import AnswersCell, ReleasedCube, Share
from reports.quality.sections import NOT_SHOWN, Section, count
from reports.stats.measures import NOT_ASKED, NOT_REACHED, SKIPPED


@dataclass(frozen=True)
class Question:
    """A question, or one box of a tick-all question: its measure, its words, its refusals."""

    measure: str
    text: str
    refusals: frozenset[int] = frozenset()


def missing(cube: ReleasedCube, borough: Place, questions: Iterable[Question]) -> Section:
    """Answers and non-answers of every question over the whole borough."""
    return Section(
        "missing",
        "Questions without an answer",
        "“Preferred not to say” is a share of those who answered; the others are shares of all "
        "pupils. A question was reached if its page was.",
        ("Question", "Answers", "Preferred not to say", "Skipped", "Not reached", "Not asked"),
        tuple(_row(cube, group_id(Group(borough)), question) for question in questions),
    )


def _row(cube: ReleasedCube, group: str, question: Question) -> tuple[str, ...]:
    cell = cube.cell(group, question.measure)
    if not isinstance(cell, AnswersCell):
        return (question.text, *(NOT_SHOWN,) * 5)
    ends = {share.code: share.label for share in cell.missing}
    return (
        question.text,
        count(cell.n),
        _refused([share for share in cell.shares if share.code in question.refusals]),
        *(ends.get(code, "") for code in (SKIPPED, NOT_REACHED, NOT_ASKED)),
    )


def _refused(shares: list[Share]) -> str:
    return "; ".join(share.label for share in shares)
