"""The words of the reports as data: a pattern for each kind of sentence, and a council's own.

Everything in a sentence that could be right or wrong is a locked slot, filled from released cells
alone (`reports/narrative.py`). What stands between the slots is words: ours, or a council's own
where `problems` finds nothing against them. No Django.
"""

from reports.words.kinds import KINDS, Kind, Measure, Slot
from reports.words.own import SHIPPED, OwnWords, Words
from reports.words.patterns import composed, gaps, split
from reports.words.rules import Problem, problems

__all__ = [
    "KINDS",
    "SHIPPED",
    "Kind",
    "Measure",
    "OwnWords",
    "Problem",
    "Slot",
    "Words",
    "composed",
    "gaps",
    "problems",
    "split",
]
