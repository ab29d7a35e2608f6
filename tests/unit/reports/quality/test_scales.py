"""Reliability from sums that are added school by school."""

import numpy as np
import pandas as pd

from reports.quality.scales import Sums, reliability, sums
from reports.stats.reliability import alpha, covariance, omega


def parts(seed: int = 5, pupils: int = 200) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    common = rng.normal(size=(pupils, 1))
    table = np.clip(np.round(3 + common + rng.normal(size=(pupils, 4))), 1, 5)
    table[rng.random(table.shape) < 0.05] = np.nan
    return pd.DataFrame(table, columns=list("abcd"))


def added(table: pd.DataFrame, cuts: list[int]) -> Sums:
    ends = zip([0, *cuts], [*cuts, len(table)], strict=True)
    pieces = [sums(table.iloc[low:high]) for low, high in ends]
    total = pieces[0]
    for piece in pieces[1:]:
        total = total + piece
    return total


def test_schools_add_up_to_the_whole() -> None:
    table = parts()
    found = added(table, [13, 90, 91])
    matrix, n = covariance(table)
    inner = alpha(matrix, n)
    row = reliability({"mood": found}, {"mood": "Mood"}, 30).rows[0]
    assert row == (
        "Mood",
        "4",
        str(n),
        f"{inner.value:.2f}",
        f"{inner.low:.2f} to {inner.high:.2f}",
        f"{omega(matrix):.2f}",
    )
    assert n == len(table.dropna()) < len(table)


def test_too_few_whole_answers_are_not_told() -> None:
    table = parts(pupils=80).dropna()[:29]
    row = reliability({"mood": sums(table)}, {"mood": "Mood"}, 30).rows[0]
    assert row[2:] == ("fewer than 30", "not shown", "not shown", "not shown")


def test_two_questions_have_no_omega() -> None:
    row = reliability({"mood": sums(parts()[["a", "b"]])}, {"mood": "Mood"}, 30).rows[0]
    assert row[3] != "not shown"
    assert row[5] == "not shown"
