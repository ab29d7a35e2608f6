"""A section of the quality page: words and figures as they are shown, with nothing behind them."""

from dataclasses import asdict, dataclass
from math import isnan
from typing import Any

SMALLEST = 10
FEW = f"fewer than {SMALLEST}"
NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class Section:
    """One table. `head` names the columns; the first cell of each row is its name.

    `note` says how it is to be read, and why there is no row where there is none.
    """

    key: str
    title: str
    note: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    def to_document(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self)


def count(number: int) -> str:
    """A number of pupils, hidden from one to nine."""
    return FEW if 0 < number < SMALLEST else f"{number:,}"


def percent(share: float, decimals: int = 1) -> str:
    """A fraction as per cent."""
    return NOT_SHOWN if isnan(share) else f"{100 * share:.{decimals}f} %"


def points(difference: float) -> str:
    """A difference of fractions in points, signed; no "-0.0"."""
    return NOT_SHOWN if isnan(difference) else f"{round(100 * difference, 1) + 0.0:+.1f}"
