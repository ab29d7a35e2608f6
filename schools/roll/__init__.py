"""A council's roll file, read into checked rows without number or name. No Django here."""

from schools.roll.columns import Column
from schools.roll.reading import pseudonym, read_roll
from schools.roll.rows import Remark, RollContext, RollReading, RollRow
from schools.roll.table import RollFileError

__all__ = [
    "Column",
    "Remark",
    "RollContext",
    "RollFileError",
    "RollReading",
    "RollRow",
    "pseudonym",
    "read_roll",
]
