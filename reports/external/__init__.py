"""Figures of other people (region, statistical neighbours, country), to read beside our own.

They come as a table with source and year, are shown only where their definition is the same as
ours, and are never part of a test or a verdict. `reports.codebook.definitions` says what ours are.
"""

from reports.columns import FileError, Problem
from reports.external.figures import (
    COLUMNS,
    Figure,
    Reading,
    from_document,
    read,
    to_document,
)
from reports.external.matching import Definition, Match, Matches, match, matches

__all__ = [
    "COLUMNS",
    "Definition",
    "Figure",
    "FileError",
    "Match",
    "Matches",
    "Problem",
    "Reading",
    "from_document",
    "match",
    "matches",
    "read",
    "to_document",
]
