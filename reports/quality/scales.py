"""How well each scale hangs together, from sums over all who answered it whole. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reports.quality.sections import NOT_SHOWN, Section, count
from reports.stats.proportions import Floats
from reports.stats.reliability import alpha, from_sums, omega

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Sums:
    """Of a scale's k questions, over pupils who answered all: n, (k,) totals, (k, k) products."""

    n: int
    totals: Floats
    products: Floats

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.n + other.n, self.totals + other.totals, self.products + other.products)


def sums(parts: "pd.DataFrame") -> Sums:
    """From the questions of one scale, a row a pupil, NaN where there is no answer."""
    whole = parts.dropna().to_numpy(float)
    return Sums(len(whole), whole.sum(axis=0), whole.T @ whole)


def reliability(scales: Mapping[str, Sums], titles: Mapping[str, str], fewest: int) -> Section:
    """Alpha with its interval, and omega, of every scale that `fewest` pupils answered whole."""
    return Section(
        "reliability",
        "Reliability of the scales",
        "Of pupils who answered every question of the scale. Omega supposes one common factor; "
        "it needs three questions.",
        ("Scale", "Questions", "Pupils", "Alpha", "Likely range", "Omega"),
        tuple(_row(titles[key], found, fewest) for key, found in scales.items()),
    )


def _row(title: str, found: Sums, fewest: int) -> tuple[str, ...]:
    size = len(found.totals)
    if found.n < fewest:
        return (title, str(size), f"fewer than {fewest}", NOT_SHOWN, NOT_SHOWN, NOT_SHOWN)
    matrix = from_sums(found.n, found.totals, found.products)
    inner = alpha(matrix, found.n)
    ends = "" if np.isnan(inner.low) else f"{inner.low:.2f} to {inner.high:.2f}"
    return (title, str(size), count(found.n), _two(float(inner.value)), ends, _two(omega(matrix)))


def _two(value: float) -> str:
    return NOT_SHOWN if np.isnan(value) else f"{value:.2f}"
