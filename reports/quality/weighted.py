"""The borough's headlines weighted to the roll, beside the public unweighted ones. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports.disclosure.rules import RuleSet
from reports.quality.sections import NOT_SHOWN, Section, count, percent, points
from reports.quality.turnout import NO_ROLL
from reports.stats.design import Design, Draw
from reports.stats.estimation import Column
from reports.stats.nonresponse import side_by_side
from reports.stats.weighting import Weights, weigh

if TYPE_CHECKING:
    import pandas as pd

MARGINS = ("sex", "fsm", "sen")
LEAST_SCHOOLS = 2  # the spread between schools is what the error is made of
KEY, TITLE = "weighted", "Weighted to the roll"


@dataclass(frozen=True)
class Weighted:
    """Weights of the pupils counted, in their order; None with the reason where there are none."""

    weights: Weights | None
    why: str = ""


def weights(counted: "pd.DataFrame", roll: "pd.DataFrame | None", rules: RuleSet) -> Weighted:
    """Raked to school by year group, sex, free school meals and special needs.

    A category with fewer than k pupils on the roll or among those counted is joined to the
    largest of its margin.

    Args:
        counted: a row a pupil counted, nothing unknown. roll: the same of all who could have been.
    """
    if roll is None:
        return Weighted(None, NO_ROLL)
    mine, whole = _margins(counted), _margins(roll)
    for name in mine:
        mine[name], whole[name] = _joined(mine[name], whole[name], rules.k)
    targets = {name: each.value_counts().to_dict() for name, each in whole.items()}
    try:
        return Weighted(weigh({name: list(each) for name, each in mine.items()}, targets))
    except ValueError as error:
        return Weighted(None, f"No weights could be found: {error}.")


def beside(
    values: "pd.DataFrame",
    schools: "pd.Series[str]",
    found: Weighted,
    names: Mapping[str, str],
    rules: RuleSet,
) -> Section:
    """Every headline weighted and not, with what the weights change and its standard error."""
    if found.weights is None:
        return Section(KEY, TITLE, found.why)
    if schools.nunique() < LEAST_SCHOOLS:
        return Section(KEY, TITLE, "One school alone gives no error of what the weights change.")
    design = Design.of(Draw(schools.to_numpy()), weights=found.weights.weights)
    shown = [key for key in values.columns if _enough(values[key], rules)]
    rows = _rows(design, values[shown]) if shown else {}
    return Section(
        KEY,
        TITLE,
        f"Weights make those who answered look like the rolls of the schools that took part, by "
        f"school and year group, sex, free school meals and special educational needs; they cannot "
        f"speak for other schools. {len(values):,} pupils tell as much as "
        f"{found.weights.effective_n:,.0f} of a measure that the weights have nothing to do with. "
        f"Weights cut to the bounds: {count(found.weights.trimmed)} pupils. "
        "The unweighted figures are the public ones.",
        ("Pupils who", "Unweighted", "Weighted", "Difference in points", "Its standard error"),
        tuple((names[key], *rows.get(key, (NOT_SHOWN,) * 4)) for key in values.columns),
    )


def _rows(design: Design, values: "pd.DataFrame") -> dict[str, tuple[str, ...]]:
    both = side_by_side(design, {key: Column.of_values(values[key]) for key in values.columns})
    return {
        key: (
            percent(float(both.unweighted[place])),
            percent(float(both.weighted[place])),
            points(float(both.difference[place])),
            f"{100 * float(both.se[place]):.1f}",
        )
        for place, key in enumerate(both.names)
    }


def _margins(table: "pd.DataFrame") -> "dict[str, pd.Series[str]]":
    """Known of nearly everybody; what is not known is a category too."""
    year = table["school"].astype(str) + ", Year " + table["year_group"].astype(str)
    return {"school and year": year} | {dim: table[dim].fillna("unknown") for dim in MARGINS}


def _joined(
    mine: "pd.Series[str]", whole: "pd.Series[str]", fewest: int
) -> "tuple[pd.Series[str], pd.Series[str]]":
    sizes, there = whole.value_counts(), mine.value_counts()
    largest = str(there.idxmax())
    small = [
        str(name)
        for name in {*sizes.index, *there.index}
        if min(sizes.get(name, 0), there.get(name, 0)) < fewest
    ]
    return mine.replace(small, largest), whole.replace(small, largest)


def _enough(values: "pd.Series[float]", rules: RuleSet) -> bool:
    known = values.dropna()
    met = int(np.sum(known))
    return len(known) >= rules.k and min(met, len(known) - met) >= rules.hidden_count
