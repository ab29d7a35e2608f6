"""Who took part: counts of the roll beside a release.

Pure: a table of pupils and their status in, counts out. These are no answers, and the one who
reads them is assumed to know who took part; small numbers of opt-outs are hidden all the same.
"""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

TOOK_PART, OPTED_OUT, SHORT = "took_part", "opted_out", "short"
SMALLEST = 10


@dataclass(frozen=True)
class Participation:
    """`on_roll` is None where there is no roll (a wave collected elsewhere).

    `took_part` leaves out the pupils of a school who answered the short version where they are
    between one and nine.
    `opted_out` is None where it is between one and nine.
    """

    took_part: int
    on_roll: int | None
    opted_out: int | None

    @property
    def percent(self) -> float | None:
        return 100 * self.took_part / self.on_roll if self.on_roll else None

    def to_document(self) -> dict[str, Any]:
        return asdict(self)


def of(roll: "pd.DataFrame", *, has_roll: bool) -> Participation:
    """Participation of the pupils in a table with the columns school, status and edition."""
    took, out = _took_part(roll), int((roll["status"] == OPTED_OUT).sum())
    if not has_roll:
        return Participation(took, None, None)
    return Participation(took, len(roll), None if 0 < out < SMALLEST else out)


def _took_part(roll: "pd.DataFrame") -> int:
    # The tables speak of those who answered the whole questionnaire, so the difference would
    # count the others: school by school, so that the borough's figure tells no school's either.
    took = roll[roll["status"] == TOOK_PART]
    short = took[took["edition"] == SHORT].groupby("school").size()
    return int((took["edition"] != SHORT).sum() + short[short >= SMALLEST].sum())
