"""How many children of a place stood on a register of the council. Never a child."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

FEWEST = 10


@dataclass(frozen=True)
class Count:
    """How many children of a place a register held, out of how many there were.

    measure: key of the headline that it stands beside. as_of: the day, as in 2026-03-31.
    definition: who stands on the register, in words. known: None for fewer than ten.
    of: all children of these year groups in that place; by_roll: those on the council's roll,
    because no number was given. vintage: of a locality, as which it is counted.
    """

    register: str
    measure: str
    as_of: str
    source: str
    definition: str
    place_kind: str
    place: str
    year_groups: tuple[str, ...]
    known: int | None
    of: int
    by_roll: bool = False
    vintage: str = ""

    @property
    def identity(self) -> tuple[object, ...]:
        """What may stand in a table only once."""
        return self.measure, self.as_of, self.place_kind, self.place, self.year_groups


def to_document(count: Count) -> dict[str, Any]:
    """As JSON data."""
    return {**asdict(count), "year_groups": list(count.year_groups)}


def from_document(document: Mapping[str, Any]) -> Count:
    """A stored count, as it was."""
    return Count(**{**document, "year_groups": tuple(document["year_groups"])})
