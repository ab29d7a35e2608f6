"""The released cube: the only thing pages, papers, files and interfaces may read.

Built by `control.py` alone; `from_document` reads a stored one back.
"""

from reports.disclosure.released.cells import (
    AnswersCell,
    Cell,
    Comparison,
    Elsewhere,
    HeadlineCell,
    Hidden,
    ScoreCell,
    Share,
    Since,
)
from reports.disclosure.released.cube import (
    NOT_PUBLISHED,
    ReleasedBreakdown,
    ReleasedCube,
    ReleasedGroup,
)

__all__ = [
    "NOT_PUBLISHED",
    "AnswersCell",
    "Cell",
    "Comparison",
    "Elsewhere",
    "HeadlineCell",
    "Hidden",
    "ReleasedBreakdown",
    "ReleasedCube",
    "ReleasedGroup",
    "ScoreCell",
    "Share",
    "Since",
]
