"""No remainder: a pupil whose demographic is unknown is counted with a pupil much like them.

Left unknown, such pupils are found by subtraction: ward total - "FSM no" - "FSM yes" = 1 pupil.
"""

import hmac
from collections.abc import Sequence

import numpy as np
import pandas as pd

from reports.disclosure.rules import STANDARD, RuleSet

# Two forms of one fact: a donor of the one must agree on the other.
TWINS = {"sen": "sen_detail", "sen_detail": "sen"}


def fill_unknown(
    table: pd.DataFrame, dims: Sequence[str], key: bytes, rules: RuleSet = STANDARD
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Give each unknown demographic the category of another pupil.

    The donor is of the same school and year (failing that the same school, then anybody), chosen
    by HMAC-SHA256: of all donors the one whose mark beside the pupil's `person` is the largest. So
    the result owes nothing to the order of rows, and one more pupil in the school seldom changes
    another's donor: a correction touches few pupils' groups besides its own.

    Args:
        table: one row a pupil with `person` (unique text), `school` and the dims.
        dims: demographics to fill; home areas are not among them, outside is a place too.

    Returns:
        A new table, and how many were filled for each dim.
    """
    filled = table.reset_index(drop=True).sort_values("person", kind="stable")
    counts = {}
    for dim in sorted(dims, key=lambda name: name != "year_group"):
        known = _donors(filled, dim, rules)
        # Looked up, not searched for: few donors come from elsewhere, and pupils may be many.
        schools = dict(iter(known.groupby("school")))
        unknown = filled[filled[dim].isna()]
        found = [
            _choice(pupil, dim, schools.get(pupil["school"], known.iloc[:0]), known, key)
            for _, pupil in unknown.iterrows()
        ]
        counts[dim] = sum(value is not None for value in found)
        filled[dim] = filled[dim].astype(object).where(filled[dim].notna(), None)
        filled.loc[unknown.index, dim] = np.array(found, dtype=object)
    return filled.sort_index().set_axis(table.index), counts


def _donors(table: pd.DataFrame, dim: str, rules: RuleSet) -> pd.DataFrame:
    """Pupils whose category may be lent: known, and one that is shown as a part."""
    lendable = table[dim].notna()
    for name, value in rules.totals_only:
        if name == dim:
            lendable &= table[dim] != value
    return table[lendable]


def _choice(
    pupil: pd.Series, dim: str, school: pd.DataFrame, everybody: pd.DataFrame, key: bytes
) -> str | None:
    """From those of the pupil's year, else those of the school, else from everybody."""
    twin = TWINS.get(dim)
    for known in (school, everybody):
        donors = known
        if twin is not None and twin in pupil.index and pd.notna(pupil[twin]):
            donors = known[known[twin] == pupil[twin]]
        if known is school and dim != "year_group" and "year_group" in donors:
            same_year = donors[donors["year_group"] == pupil["year_group"]]
            donors = same_year if len(same_year) else donors
        if len(donors):
            marks = [_mark(key, dim, pupil["person"], other) for other in donors["person"]]
            return str(donors[dim].iloc[marks.index(max(marks))])
    return None


def _mark(key: bytes, dim: str, pupil: str, donor: str) -> bytes:
    return hmac.digest(key, f"{dim}\n{pupil}\n{donor}".encode(), "sha256")
