"""Responses with a mark of haste, and what would change without them. Nobody is left out. Pure."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from reports.disclosure.rules import RuleSet
from reports.quality.sections import NOT_SHOWN, Section, percent, points
from reports.quality.tables import FAST_SHARE
from reports.stats.sensitivity import ANY, Sensitivity, sensitivity

if TYPE_CHECKING:
    import pandas as pd

FAST, LINES, IMPOSSIBLE = "too fast", "straight lines", "answers that cannot both be true"
KEPT = "without flags"


def flags(quality: "pd.DataFrame", persons: "pd.Index") -> "pd.DataFrame":
    """Three flags for each of these persons, from a table of `surveys.frames.quality_frame`."""
    import pandas as pd

    rows = quality.set_index("person").reindex(persons)
    timed, fast = _number(rows, "pages_timed"), _number(rows, "pages_fast")
    return pd.DataFrame(
        {
            FAST: (timed > 0) & (fast >= FAST_SHARE * timed),
            LINES: _number(rows, "lines") > 0,
            IMPOSSIBLE: _number(rows, "impossible") > 0,
        },
        index=persons,
    )


def told_apart(marked: "pd.DataFrame", rules: RuleSet) -> list[str]:
    """The flags that may be told one by one; none where these would tell of fewer than k pupils.

    What can be made of the flags by adding and subtracting is made of the pupils who bear the
    same flags; so they may be told apart where each such kind of pupil has k or nobody.
    """
    kinds = marked.value_counts()
    return list(marked.columns) if int(kinds.min()) >= rules.k else []


def without_flags(marked: "pd.DataFrame", rules: RuleSet) -> "pd.Series[float] | None":
    """1 for pupils without any flag, for the certificate; None if too few are on either side."""
    kept = ~marked.any(axis=1)
    sizes = (int(kept.sum()), int((~kept).sum()))
    return kept.astype(float) if min(sizes) >= rules.k else None


def sensitivities(
    values: "pd.DataFrame", marked: "pd.DataFrame", names: Mapping[str, str], rules: RuleSet
) -> Section:
    """Every headline with all responses and without those that bear a flag.

    Args:
        values: a row a pupil, a column a headline (1, 0, NaN). names: what each is called.
    """
    key, title = "sensitivity", "What flagged responses change"
    if without_flags(marked, rules) is None:
        note = f"Fewer than {rules.k} responses bear a flag, so nothing is told of them."
        return Section(key, title, note)
    found = {(each.measure, each.flag): each for each in sensitivity(values, marked)}
    told = [*told_apart(marked, rules), ANY]
    return Section(
        key,
        title,
        f"About {percent(float(marked.any(axis=1).mean()), 0)} of the responses bear a flag. "
        "Nobody is left out of what is published: a pupil who answers fast or oddly has "
        "answered. Differences are in "
        "points, without the flagged less all."
        + ("" if len(told) > 1 else " Single flags would tell of too few pupils."),
        ("Pupils who", "All", *(f"Without: {flag}" for flag in told)),
        tuple(
            (
                names[measure],
                _value(found[measure, ANY], values[measure], rules),
                *_changes([found[measure, flag] for flag in told], values[measure], marked, rules),
            )
            for measure in values.columns
        ),
    )


def _changes(
    found: "list[Sensitivity]",
    values: "pd.Series[float]",
    marked: "pd.DataFrame",
    rules: RuleSet,
) -> list[str]:
    # Asked again for those who answered this question: they are fewer.
    apart = told_apart(marked[values.notna()], rules)
    return [
        _change(each, values, rules) if each.flag in (*apart, ANY) else NOT_SHOWN for each in found
    ]


def _change(found: Sensitivity, values: "pd.Series[float]", rules: RuleSet) -> str:
    """A difference tells of the flagged by subtraction, so they too must be k, and no few alike."""
    flagged = found.n - found.kept
    if not _spread(values, rules) or min(found.kept, flagged) < rules.k:
        return NOT_SHOWN
    met = round(found.n * found.value - found.kept * found.without)
    few = min(met, flagged - met) < rules.hidden_count
    return NOT_SHOWN if few else points(found.difference)


def _value(found: Sensitivity, values: "pd.Series[float]", rules: RuleSet) -> str:
    return percent(found.value) if _spread(values, rules) else NOT_SHOWN


def _spread(values: "pd.Series[float]", rules: RuleSet) -> bool:
    """Enough answers, and not nearly all alike."""
    known = values.dropna()
    met = int(known.sum())
    return len(known) >= rules.k and min(met, len(known) - met) >= rules.hidden_count


def _number(rows: "pd.DataFrame", name: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    return np.nan_to_num(rows[name].to_numpy(dtype=float, na_value=0.0))
