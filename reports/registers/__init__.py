"""Counts of the council's own registers (known young carers, say), to read beside the survey.

They come as a table of counts, never of people, and are for officers alone. What is kept of them
tells of no fewer than ten children, by itself or by subtraction (`reports.registers.few`).
"""

from reports.columns import FileError, Problem
from reports.registers.beside import Estimate, Series, estimate, for_wave, match, series
from reports.registers.counts import FEWEST, Count, from_document, to_document
from reports.registers.reading import COLUMNS, Council, Reading, read

__all__ = [
    "COLUMNS",
    "FEWEST",
    "Council",
    "Count",
    "Estimate",
    "FileError",
    "Problem",
    "Reading",
    "Series",
    "estimate",
    "for_wave",
    "from_document",
    "match",
    "read",
    "series",
    "to_document",
]
