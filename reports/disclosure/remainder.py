"""No remainder: a pupil whose demographic is unknown is counted with a pupil much like them.

Left unknown, such pupils are found by subtraction: ward total - "FSM no" - "FSM yes" = 1 pupil.
"""

import hashlib
import hmac
from collections.abc import Sequence

import pandas as pd

from reports.disclosure.rules import STANDARD, RuleSet

# Two forms of one fact: a donor of the one must agree on the other.
TWINS = {"sen": "sen_detail", "sen_detail": "sen"}


def fill_unknown(
    table: pd.DataFrame, dims: Sequence[str], key: bytes, rules: RuleSet = STANDARD
) -> tuple[pd.DataFrame, dict[str, int]]:
    """Give each unknown demographic the category of another pupil.

    The donor is of the same school and year (failing that the same school, then anybody), chosen
    by HMAC-SHA256 over the pupil's `person`, so the result owes nothing to the order of rows.

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
        unknown = filled[filled[dim].isna()]
        found = {row: _choice(filled.loc[row], dim, known, key) for row in unknown.index}
        counts[dim] = sum(value is not None for value in found.values())
        filled[dim] = filled[dim].astype(object).where(filled[dim].notna(), None)
        for row, value in found.items():
            filled.loc[row, dim] = value
    return filled.sort_index().set_axis(table.index), counts


def _donors(table: pd.DataFrame, dim: str, rules: RuleSet) -> pd.DataFrame:
    """Pupils whose category may be lent: known, and one that is shown as a part."""
    lendable = table[dim].notna()
    for name, value in rules.totals_only:
        if name == dim:
            lendable &= table[dim] != value
    return table[lendable]


def _choice(pupil: pd.Series, dim: str, known: pd.DataFrame, key: bytes) -> str | None:
    twin = TWINS.get(dim)
    if twin is not None and twin in pupil.index and pd.notna(pupil[twin]):
        known = known[known[twin] == pupil[twin]]
    same_school = known["school"] == pupil["school"]
    same_year = same_school
    if dim != "year_group" and "year_group" in known:
        same_year = same_school & (known["year_group"] == pupil["year_group"])
    for donors in (known[same_year], known[same_school], known):
        if len(donors):
            seed = hmac.new(key, f"{dim}\n{pupil['person']}".encode(), hashlib.sha256).digest()
            return str(donors[dim].iloc[int.from_bytes(seed[:8]) % len(donors)])
    return None
